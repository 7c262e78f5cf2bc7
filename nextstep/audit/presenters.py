"""Events in words, for the timeline on an object's page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from nextstep.audit.models import Event
from nextstep.audit.selectors import timeline_of
from nextstep.audit.services import CHANGED
from nextstep.clock import LONDON

THE_PORTAL = "The portal"
# Fingerprints are for a comparison by machine; they stay in the record.
_FOR_MACHINES = frozenset({"sha256"})
_ABBREVIATIONS = frozenset({"cct", "fmlm", "gdc", "gmc", "ntn", "oop", "qip"})
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
# What an enumeration keeps: "not_selected".
_CODE = re.compile(r"[a-z]+(_[a-z]+)+")


@dataclass(frozen=True)
class Change:
    """A field, and in `words` what it is now and, where it was something else, what it was."""

    field: str
    words: str


@dataclass(frozen=True)
class TimelineEntry:
    """`personal` names the fields that changed and whose values the audit does not keep."""

    at: datetime
    who: str
    did: str
    changes: tuple[Change, ...]
    personal: str
    reason: str


def timeline(events: Iterable[Event]) -> list[TimelineEntry]:
    """One entry for each event, in the order given; load the actors with the events."""
    return [
        TimelineEntry(
            at=event.at,
            who=str(event.actor) if event.actor else THE_PORTAL,
            did=verb_words(event.verb),
            changes=changes(event.before, event.after),
            personal=", ".join(_field_words(name) for name in sorted(_personal(event.before, event.after))),
            reason=event.reason,
        )
        for event in events
    ]


def rendered_timeline(obj: models.Model) -> SafeString:
    """The timeline of `obj` as HTML for its admin page."""
    return render_to_string("audit/timeline.html", {"entries": timeline(timeline_of(obj))})


def verb_words(verb: str) -> str:
    """`applications.supporting_statement_replaced` as "Supporting statement replaced"."""
    return verb.rpartition(".")[2].replace("_", " ").capitalize()


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Field by field, in the order in which the service wrote them; without those that are personal or for machines."""
    hidden = _FOR_MACHINES | _personal(before, after)
    return tuple(
        Change(_capitalised(_field_words(name)), _change_words(before.get(name), after.get(name)))
        for name in dict.fromkeys([*before, *after])
        if name not in hidden
    )


def _personal(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    return {name for name, value in [*before.items(), *after.items()] if value == CHANGED}


def _change_words(before: Any, after: Any) -> str:
    if after in _EMPTY:
        return "empty" if before in _EMPTY else f"removed, was {_words(before)}"
    return _words(after) if before in _EMPTY else f"{_words(after)}, was {_words(before)}"


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    words = str(value)
    if _CODE.fullmatch(words):
        return words.replace("_", " ")
    return _date_words(words)


def _date_words(words: str) -> str:
    """A day or a moment as people write it, in London; anything else as it is."""
    try:
        if _DAY.fullmatch(words):
            return f"{date.fromisoformat(words):%-d %B %Y}"
        if _MOMENT.fullmatch(words):
            local = datetime.fromisoformat(words).astimezone(LONDON)
            return f"{local:%-d %B %Y} at {local:%-I:%M}{local:%p}".replace("AM", "am").replace("PM", "pm")
    except ValueError:
        return words
    return words


def _field_words(name: str) -> str:
    return " ".join(word.upper() if word in _ABBREVIATIONS else word for word in name.split("_"))


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
