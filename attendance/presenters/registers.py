"""Registers in words. Rows are made for one template pass over all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from django.urls import reverse

from attendance.enums import Effect, MarkState
from attendance.models import Mark
from attendance.rules.registers import is_register_open
from attendance.selectors import RegisterCounts, RegisterRow
from nextstep.clock import LONDON
from nextstep.design.dates import date_words, span_words, time_words
from sessions_app.enums import SessionState
from sessions_app.models import TeachingSession

PRESSED = ("false", "true")
EFFECT_WORDS = {
    Effect.COUNTS_AS_MET: "Excused: counts as attended",
    Effect.LEAVES_REQUIREMENT: "Excused: leaves the requirement",
    Effect.STILL_A_MISS: "Not excused: still a miss",
}


class RowView(TypedDict):
    """One person in a register, as the page prints them. `note` is what the last tap has to say.

    A dictionary of finished words, because a template asks each thing for a key before it asks for an attribute, and
    for each condition again: measured, seventy objects with conditions took twice as long.
    """

    id: str
    name: str
    # The addresses of their page and of a tap.
    page: str
    tap: str
    # Whether each of the three buttons is pressed, as ARIA says it.
    present: str
    late: str
    absent: str
    marked: bool
    version: int
    saved: str
    note: str


def register_rows(
    session: TeachingSession, rows: Iterable[RegisterRow], now: datetime, note: str = ""
) -> list[RowView]:
    base = reverse("attendance:register", args=[session.public_id])
    return [
        {
            "id": str(row.public_id),
            "name": row.name,
            "page": f"{base}person/{row.public_id}/",
            "tap": f"{base}mark/{row.public_id}/",
            "present": PRESSED[row.state == MarkState.PRESENT],
            "late": PRESSED[row.state == MarkState.LATE],
            "absent": PRESSED[row.state == MarkState.ABSENT],
            "marked": bool(row.state),
            "version": row.version,
            "saved": saved_words(row, now) + (f" · {effect_words(row)}" if row.effect else ""),
            "note": note,
        }
        for row in rows
    ]


def saved_words(row: RegisterRow, now: datetime) -> str:
    """ "Present, saved 5:02pm", with the day where it is not today's."""
    if row.marked_at is None:
        return "Not marked"
    marked_at = row.marked_at.astimezone(LONDON)
    words = MarkState(row.state).label + (f" ({row.minutes} minutes)" if row.minutes is not None else "")
    day = "" if marked_at.date() == now.astimezone(LONDON).date() else f" on {date_words(marked_at)}"
    return f"{words}, saved {time_words(marked_at.time())}{day}"


def effect_words(row: RegisterRow) -> str:
    return EFFECT_WORDS[Effect(row.effect)] if row.effect else "None"


def replaced_words(name: str, replaced: Mark, mark: Mark) -> str:
    """What to tell somebody whose tap wrote over a mark they had not seen."""
    return (
        f"{replaced.marked_by.get_full_name()} had marked {name} as {MarkState(replaced.state).label.lower()} at "
        f"{time_words(replaced.marked_at.astimezone(LONDON).time())}. "
        f"It now says {MarkState(mark.state).label.lower()}."
    )


def counts_words(counts: RegisterCounts) -> str:
    """ "12 present, 1 late, 2 absent, 55 not marked"."""
    return f"{counts.present} present, {counts.late} late, {counts.absent} absent, {counts.unmarked} not marked"


@dataclass(frozen=True)
class RegisterListItem:
    """One session in the list of registers; `marked` was counted with it."""

    session: TeachingSession
    now: datetime

    @property
    def card(self) -> Mapping[str, Any]:
        return {
            "title": self.session.title,
            "href": reverse("attendance:register", args=[self.session.public_id]),
            "text": f"{span_words(self.session.starts_at, self.session.ends_at)}. {self.session.cohort}. {self.state}.",
        }

    @property
    def state(self) -> str:
        if hasattr(self.session, "register_closure"):
            return "Register closed"
        if not is_register_open(self.session.starts_at, self.now):
            return "Register not open yet"
        marked: int = self.session.marked  # type: ignore[attr-defined]
        return f"{marked} marked" if marked else "Nobody marked yet"

    @property
    def is_today(self) -> bool:
        return self._day == self.now.astimezone(LONDON).date()

    @property
    def is_past(self) -> bool:
        return self._day < self.now.astimezone(LONDON).date()

    @property
    def _day(self) -> date:
        return self.session.starts_at.astimezone(LONDON).date()


@dataclass(frozen=True)
class PersonView:
    """What the register's page about one person says."""

    session: TeachingSession
    row: RegisterRow
    now: datetime

    @property
    def rows(self) -> list[Mapping[str, Any]]:
        return [
            {"key": "Session", "value": self.session.title},
            {"key": "When", "value": span_words(self.session.starts_at, self.session.ends_at)},
            {"key": "Register", "value": saved_words(self.row, self.now)},
            {"key": "Decision", "value": effect_words(self.row)},
        ]


def why_no_register(session: TeachingSession, now: datetime) -> str:
    """Why nobody can be marked, as a sentence; empty where they can."""
    if session.state == SessionState.CANCELLED:
        return "This session is cancelled. It counts as attended for everyone, so nobody is marked."
    if not is_register_open(session.starts_at, now):
        return f"This register opens on {date_words(session.starts_at.astimezone(LONDON))}."
    return ""
