"""A standing in plain words: to the fellow whose it is, and as a table to those who look after them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from attendance.enums import Effect, MarkState, Outcome, Risk
from attendance.rules.risk import risk_of
from attendance.rules.standing import RequirementStanding, Standing
from attendance.selectors import OwnSession
from cohorts.models import Place
from nextstep.design.dates import date_words, span_words
from nextstep.design.furniture import link, tag
from sessions_app.enums import SessionKind, SessionState
from sessions_app.messages import session_path

RISK_COLOURS = {Risk.FAILED: "red", Risk.NONE_LEFT: "orange", Risk.TO_DECIDE: "yellow", Risk.FINE: "green"}
EXCUSED_AS = {
    Effect.COUNTS_AS_MET: "excused: counts as attended",
    Effect.LEAVES_REQUIREMENT: "excused: you are not asked for it",
    Effect.STILL_A_MISS: "counts as missed",
}


@dataclass(frozen=True)
class RequirementView:
    """One requirement, as the fellow reads it."""

    standing: RequirementStanding

    @property
    def kind(self) -> SessionKind:
        return SessionKind(self.standing.requirement.session_kind)

    @property
    def title(self) -> str:
        return self.kind.counted(2).capitalize()

    @property
    def rule(self) -> str:
        """ "You must attend at least 4 of the 6 masterclasses." """
        one = self.standing
        if not one.held_of:
            return f"There are no {self.kind.counted(2)} that you must attend."
        return one.requirement.minimum.describe(one.requirement.session_kind, one.held_of)

    @property
    def so_far(self) -> str:
        return f"{self.standing.met} of {self.standing.needed}"

    @property
    def best_possible(self) -> str:
        return f"{self.standing.best_possible} of {self.standing.held_of}"

    @property
    def misses_left(self) -> str:
        """What may still be missed, as a sentence."""
        one = self.standing
        if one.failed:
            since = f" since {date_words(one.impossible_on)}" if one.impossible_on else ""
            return f"You have not been able to meet this{since}. Talk to the programme team about what happens next."
        if one.reached:
            return "You have met this."
        if one.misses_left:
            return f"You can miss {one.misses_left} more {self.kind.counted(one.misses_left)}."
        return f"You cannot miss any{' more' if one.missed else ''} {self.kind.counted(2)}."

    @property
    def status(self) -> tuple[str, str]:
        """The words and the colour of its tag."""
        one = self.standing
        if one.failed:
            return "Cannot be met", "red"
        if one.reached:
            return "Met", "green"
        return ("None to spare", "orange") if one.missed and not one.misses_left else ("On track", "blue")

    @property
    def rows(self) -> list[Mapping[str, Any]]:
        """For a summary list."""
        unmarked = self.standing.unmarked
        rows: list[Mapping[str, Any]] = [
            {"key": "Standing", "value": tag(*self.status)},
            {"key": "So far", "value": self.so_far},
            {"key": "Best you can reach", "value": self.best_possible},
            {"key": "What you can miss", "value": self.misses_left},
        ]
        if unmarked:
            rows.append({"key": "Not marked yet", "value": f"{unmarked}. This never counts against you."})
        return rows


@dataclass(frozen=True)
class StandingView:
    """A whole standing, for the fellow's home: `StandingView(standing_of(place, now), place.cohort.expected_hours)`."""

    standing: Standing
    expected_hours: int | None = None

    @property
    def requirements(self) -> list[RequirementView]:
        return [RequirementView(one) for one in self.standing.requirements]

    @property
    def hours(self) -> str:
        """ "18.5 hours"."""
        return hours_words(self.standing.minutes_proven)

    @property
    def hours_sentence(self) -> str:
        """What the registers prove, of what is expected."""
        of = f" of about {self.expected_hours}" if self.expected_hours else ""
        return f"Registers show {self.hours}{of}. Time on your project is not in registers."

    @property
    def before_joining_sentence(self) -> str:
        """Empty where nobody has anything to decide."""
        count = len(self.standing.before_joining)
        if not count:
            return ""
        was = "1 session was" if count == 1 else f"{count} sessions were"
        return (
            f"{was} before you joined. The programme team decides what that counts as. You do not need to do anything."
        )


@dataclass(frozen=True)
class OwnSessionView:
    """One row of a fellow's own list."""

    own: OwnSession

    def cells(self, now: datetime) -> list[str | SafeString]:
        """Of a session to come there is nothing to say yet, unless somebody wrote something already."""
        own, session = self.own, self.own.session
        waits = session.state == SessionState.PUBLISHED and session.starts_at > now
        nothing = own.mark is None and own.excusal is None
        return [
            link(session.title, session_path(session)),
            span_words(session.starts_at, session.ends_at),
            "To come" if waits and nothing else self.attendance,
        ]

    @property
    def attendance(self) -> str:
        """What is written of them, and what it comes to."""
        own = self.own
        if own.session.state == SessionState.CANCELLED:
            return "Cancelled: counts as attended" if own.asked_for else "Cancelled"
        words = self._mark_words()
        if own.excusal is None:
            return words + self._too_short()
        return f"{words}, {EXCUSED_AS[Effect(own.excusal.effect)]}"

    def _mark_words(self) -> str:
        mark = self.own.mark
        if mark is None:
            return "Not marked"
        words = MarkState(mark.state).label
        return words if mark.minutes is None else f"{words}, {mark.minutes} minutes"

    def _too_short(self) -> str:
        mark = self.own.mark
        there = mark is not None and mark.state != MarkState.ABSENT
        return ": too short to count as attended" if there and self.own.outcome == Outcome.MISSED else ""


def hours_words(minutes: int) -> str:
    """ "1 hour", "18.5 hours"; quarters and less are rounded to one decimal."""
    hours = f"{minutes / 60:.1f}".removesuffix(".0")
    return "1 hour" if hours == "1" else f"{hours} hours"


def outcome_if_excused(standing: Standing, session_kind: str) -> str:
    """How a fellow would stand against the requirement for `session_kind`, in a line."""
    for one in standing.requirements:
        if one.requirement.session_kind == session_kind:
            return f"They would have {one.met} of the {one.needed} they need{_ending(one)}."
    return ""


def _ending(one: RequirementStanding) -> str:
    if one.failed:
        return ", and could no longer meet this"
    if one.reached:
        return ", and would have met this"
    return f", and could miss {one.misses_left or 'no'} more"


def standings_table(places: Iterable[Place], standings: Mapping[int, Standing]) -> Sequence[Sequence[str | SafeString]]:
    """A row a fellow: name, each requirement, hours, and what to look at."""
    return [_standing_row(place, standings[place.pk]) for place in places]


def _standing_row(place: Place, standing: Standing) -> list[str | SafeString]:
    risk = risk_of(standing)
    words = [f"{one.met} of {one.needed}, {_left(one)}" for one in standing.requirements]
    return [place.fellow.get_full_name(), *words, hours_words(standing.minutes_proven), _tags()[risk]]


def _left(one: RequirementStanding) -> str:
    if one.failed:
        return f"impossible since {date_words(one.impossible_on)}" if one.impossible_on else "impossible"
    return "met" if one.reached else f"can miss {one.misses_left}"


def _tags() -> Mapping[Risk, SafeString]:
    """Each tag drawn once, not once a row."""
    if not _TAGS:
        _TAGS.update({risk: tag(risk.label, RISK_COLOURS[risk]) for risk in Risk})
    return _TAGS


_TAGS: dict[Risk, SafeString] = {}
