"""What a programme file says of sessions, action learning sets and coaching: what is wrong with it, and its values."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from cohorts.rules.dates import london_moment
from cohorts.rules.problems import Problem
from cohorts.rules.tables import Key, flag, moment, one_of, table_problems, text, whole_number
from sessions_app.enums import SessionKind
from sessions_app.rules.slots import slots_in
from sessions_app.rules.timetable import Span

LONGEST_SLOT = 24 * 60


def _web_address(value: Any) -> str | None:
    wrong = text()(value)
    return wrong or (None if value.startswith(("https://", "http://")) else "This must be a web address.")


SESSION_KEYS = {
    "kind": Key(one_of(SessionKind.values), required=True),
    "number": Key(whole_number(lowest=1), required=True),
    "title": Key(text(), required=True),
    "starts": Key(moment, required=True),
    "ends": Key(moment, required=True),
    "block": Key(text(60)),
    "description": Key(text(10_000)),
    "venue": Key(text()),
    "joining_link": Key(_web_address),
    "delivered_by": Key(text()),
    "hosts_qip_presentations": Key(flag),
}
ACTION_LEARNING_KEYS = {
    "slot_minutes": Key(whole_number(lowest=1, highest=LONGEST_SLOT), required=True),
    "group_size": Key(whole_number(lowest=1), required=True),
    "largest_group": Key(whole_number(lowest=1)),
    "venue": Key(text()),
}
TOPIC_KEYS = {"number": Key(whole_number(lowest=1), required=True), "title": Key(text(), required=True)}
WINDOW_KEYS = {"starts": Key(moment, required=True), "ends": Key(moment, required=True)}
COACHING_KEYS: Mapping[str, Key] = {
    "title": Key(text(), required=True),
    "sessions_per_fellow": Key(whole_number(lowest=1)),
}


def session_problems(data: Any) -> list[Problem]:
    """What is wrong with the list of a cohort's sessions."""
    if not isinstance(data, list):
        return [Problem("", "This must be a list of sessions.")]
    problems = _each(data, lambda entry: _timed_problems(entry, SESSION_KEYS, "The session ends before it starts."))
    numbers = [(entry.get("kind"), entry.get("number")) if isinstance(entry, Mapping) else None for entry in data]
    return problems + [
        Problem(f"[{index}].number", "Another session of this kind has this number.") for index in _repeated(numbers)
    ]


def session_fields(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a faultless entry says of a session, by field; moments are in UTC."""
    fields = {key: value for key, value in entry.items() if key not in {"starts", "ends"}}
    return {**fields, "starts_at": london_moment(entry["starts"]), "ends_at": london_moment(entry["ends"])}


def action_learning_problems(data: Any) -> list[Problem]:
    """What is wrong with the terms, topics and windows of a cohort's action learning sets."""
    problems = table_problems(data, ACTION_LEARNING_KEYS, ["topics"])
    if not isinstance(data, Mapping):
        return problems
    sizes = [data.get("group_size"), data.get("largest_group")]
    if not problems and None not in sizes and sizes[1] < sizes[0]:  # type: ignore[operator]
        problems.append(Problem("largest_group", "The largest group is smaller than the group size."))
    minutes = 1 if problems else data["slot_minutes"]
    return problems + [problem.under("topics") for problem in _topics_problems(data.get("topics"), minutes)]


def _topics_problems(topics: Any, slot_minutes: int) -> list[Problem]:
    if not isinstance(topics, list) or not topics:
        return [Problem("", "There must be at least one topic.")]
    problems = _each(topics, lambda topic: _topic_problems(topic, slot_minutes))
    numbers = [topic.get("number") if isinstance(topic, Mapping) else None for topic in topics]
    return problems + [Problem(f"[{index}].number", "Another topic has this number.") for index in _repeated(numbers)]


def _topic_problems(topic: Any, slot_minutes: int) -> list[Problem]:
    problems = table_problems(topic, TOPIC_KEYS, ["windows"])
    if not isinstance(topic, Mapping):
        return problems
    windows = topic.get("windows")
    if not isinstance(windows, list) or not windows:
        return [*problems, Problem("windows", "There must be at least one window.")]
    found = _each(windows, lambda one: _timed_problems(one, WINDOW_KEYS, "The window ends before it starts."))
    return problems + [problem.under("windows") for problem in found or _spans_problems(windows, slot_minutes)]


def _spans_problems(windows: Sequence[Mapping[str, Any]], slot_minutes: int) -> list[Problem]:
    """Windows that are faultless by themselves: none overlaps an earlier one, and each holds a slot."""
    spans = [window_span(window) for window in windows]
    return [
        Problem(f"[{index}].starts", "This window overlaps another one of the topic.")
        for index, span in enumerate(spans)
        if any(span.overlaps(other) for other in spans[:index])
    ] + [
        Problem(f"[{index}].ends", f"This window is shorter than one slot of {slot_minutes} minutes.")
        for index, span in enumerate(spans)
        if not slots_in(span, slot_minutes)
    ]


def window_span(window: Mapping[str, Any]) -> Span:
    return Span(london_moment(window["starts"]), london_moment(window["ends"]))


def coaching_problems(data: Any) -> list[Problem]:
    """What is wrong with the terms of a cohort's coaching."""
    return table_problems(data, COACHING_KEYS)


def _each(entries: Sequence[Any], problems_of: Callable[[Any], list[Problem]]) -> list[Problem]:
    return [problem.under(f"[{index}]") for index, entry in enumerate(entries) for problem in problems_of(entry)]


def _timed_problems(entry: Any, keys: Mapping[str, Key], sentence: str) -> list[Problem]:
    problems = table_problems(entry, keys)
    wrong = {problem.key for problem in problems}
    if not wrong & {"", "starts", "ends"} and london_moment(entry["ends"]) <= london_moment(entry["starts"]):
        problems.append(Problem("ends", sentence))
    return problems


def _repeated(values: Iterable[Hashable]) -> list[int]:
    """Where a value stands that stood earlier already; nothing and parts of nothing do not count."""
    seen: set[Hashable] = set()
    found = []
    for index, value in enumerate(values):
        parts = value if isinstance(value, tuple) else (value,)
        if not all(isinstance(part, int | str) for part in parts):
            continue
        if value in seen:
            found.append(index)
        seen.add(value)
    return found
