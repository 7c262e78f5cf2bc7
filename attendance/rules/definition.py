"""What a programme file says of attendance: what is wrong with it, and its values."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from attendance.rules.requirements import MINIMUM_RULES
from cohorts.rules.problems import Problem
from cohorts.rules.tables import Key, one_of, table_problems
from sessions_app.enums import SessionKind

SHARE = "share"


def _minimum(value: Any) -> str | None:
    if value == "all" or (isinstance(value, int) and not isinstance(value, bool)):
        return None
    if isinstance(value, Mapping) and set(value) == {SHARE} and isinstance(value[SHARE], int):
        return None
    return 'This must be "all", a number of sessions, or { share = percent }.'


REQUIREMENT_KEYS = {
    "session_kind": Key(one_of(SessionKind.values), required=True),
    "minimum": Key(_minimum, required=True),
}


def rule_and_amount(minimum: Any) -> tuple[str, int | None]:
    """The code of the requirement and its number, of a faultless `minimum`."""
    if minimum == "all":
        return "all", None
    return (SHARE, minimum[SHARE]) if isinstance(minimum, Mapping) else ("at_least", minimum)


def attendance_problems(data: Any, sessions: Any) -> list[Problem]:
    """What is wrong with a cohort's requirements; the file's `sessions` may be wrong themselves."""
    if not isinstance(data, list):
        return [Problem("", "This must be a list of requirements.")]
    held = Counter(one["kind"] for one in (sessions if isinstance(sessions, list) else []) if _has_kind(one))
    problems = []
    seen: set[str] = set()
    for index, entry in enumerate(data):
        found = table_problems(entry, REQUIREMENT_KEYS)
        if not found:
            found = _requirement_problems(entry, held, seen)
            seen.add(entry["session_kind"])
        problems += [problem.under(f"[{index}]") for problem in found]
    return problems


def _has_kind(session: Any) -> bool:
    return isinstance(session, Mapping) and isinstance(session.get("kind"), str)


def _requirement_problems(entry: Mapping[str, Any], held: Mapping[str, int], seen: set[str]) -> list[Problem]:
    kind = entry["session_kind"]
    if kind in seen:
        return [Problem("session_kind", "There is another requirement for this kind.")]
    if not held.get(kind):
        return [Problem("session_kind", "The cohort has no session of this kind.")]
    rule, amount = rule_and_amount(entry["minimum"])
    return [Problem("minimum", sentence) for sentence in MINIMUM_RULES[rule].problems(amount, held[kind])]
