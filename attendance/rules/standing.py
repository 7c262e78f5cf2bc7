"""How a fellow stands against the attendance rules (domain.md, Attendance).

A standing is worked out each time from the sessions, the marks and the excusals; it is never stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from attendance.enums import Effect, MarkState, Outcome
from attendance.rules.requirements import MinimumRule

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Requirement:
    """What is asked of one kind of session."""

    session_kind: str
    minimum: MinimumRule

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What an administrator may choose between when they excuse somebody from such a session."""
        return self.minimum.effects


@dataclass(frozen=True)
class SessionFacts:
    """One session of a cohort. A session that another one replaced is not among them: the other stands for it."""

    key: int
    kind: str
    starts_at: datetime
    ends_at: datetime
    cancelled: bool = False

    @property
    def minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    @property
    def day(self) -> date:
        return self.starts_at.astimezone(LONDON).date()


@dataclass(frozen=True)
class MarkFacts:
    """`minutes` is how long the person was there; None where nobody wrote it down."""

    state: str
    minutes: int | None = None


@dataclass(frozen=True)
class AttendanceRecord:
    """What the registers and the administrators say of one fellow, by session, as read at `now`."""

    now: datetime
    # Percent of a session that must be attended.
    present_share: int
    marks: Mapping[int, MarkFacts] = field(default_factory=dict)
    excusals: Mapping[int, str] = field(default_factory=dict)

    def says_nothing_of(self, session: SessionFacts) -> bool:
        return session.key not in self.marks and session.key not in self.excusals


@dataclass(frozen=True)
class RequirementStanding:
    """One requirement for one fellow. `held_of` is how many sessions it counts, without any that left it."""

    requirement: Requirement
    held_of: int
    needed: int
    met: int
    missed: int
    # Begun, and nobody has said yet whether the fellow was there.
    unmarked: int
    # The session that made the requirement impossible, and its day in London.
    impossible_session: int | None = None
    impossible_on: date | None = None

    @property
    def best_possible(self) -> int:
        """How many will have been met if the fellow attends everything that is still open."""
        return self.held_of - self.missed

    @property
    def failed(self) -> bool:
        return self.best_possible < self.needed

    @property
    def reached(self) -> bool:
        return self.met >= self.needed

    @property
    def misses_left(self) -> int:
        return max(0, self.best_possible - self.needed)

    @property
    def to_come(self) -> int:
        return self.held_of - self.met - self.missed - self.unmarked


@dataclass(frozen=True)
class Standing:
    """Everything for one fellow. The minutes are those that the registers prove."""

    requirements: tuple[RequirementStanding, ...]
    minutes_proven: int
    # Sessions before the fellow's first day that nobody has decided about.
    before_joining: tuple[int, ...] = ()

    @property
    def failed(self) -> bool:
        return any(one.failed for one in self.requirements)

    @property
    def reached(self) -> bool:
        return all(one.reached for one in self.requirements)

    @property
    def impossible_on(self) -> date | None:
        """The day on which the first requirement became impossible."""
        return min((one.impossible_on for one in self.requirements if one.impossible_on), default=None)


def attended_enough(mark: MarkFacts, session_minutes: int, present_share: int) -> bool:
    """Whether being there for as long as `mark` says counts, where `present_share` percent of the session must be."""
    if mark.state == MarkState.ABSENT:
        return False
    return mark.minutes is None or mark.minutes * 100 >= present_share * session_minutes


def session_outcome(session: SessionFacts, record: AttendanceRecord, effects: Sequence[str] = tuple(Effect)) -> Outcome:
    """What one session comes to under a requirement that allows `effects`.

    A cancellation costs nobody anything. Somebody who came has met the session, whatever was decided about an absence;
    short of that, an excusal stands above the mark. Nothing is missed before it has begun, or for want of a mark.
    """
    mark, effect = record.marks.get(session.key), record.excusals.get(session.key)
    if session.cancelled or (mark and attended_enough(mark, session.minutes, record.present_share)):
        return Outcome.MET
    if effect == Effect.COUNTS_AS_MET:
        return Outcome.MET
    if effect == Effect.LEAVES_REQUIREMENT and effect in effects:
        return Outcome.LEFT_OUT
    return Outcome.OPEN if session.starts_at > record.now or record.says_nothing_of(session) else Outcome.MISSED


def attendance_standing(
    requirement: Requirement, sessions: Iterable[SessionFacts], record: AttendanceRecord
) -> RequirementStanding:
    """How one fellow stands against `requirement`; sessions of other kinds are passed over."""
    asked = sorted((one for one in sessions if one.kind == requirement.session_kind), key=_when)
    outcomes = [(one, session_outcome(one, record, requirement.effects)) for one in asked]
    held = [(one, outcome) for one, outcome in outcomes if outcome != Outcome.LEFT_OUT]
    missed = [one for one, outcome in held if outcome == Outcome.MISSED]
    needed = requirement.minimum.needed_of(len(held))
    # The session that used up one miss too many is the one that decided.
    deciding = next(iter(missed[len(held) - needed :]), None)
    return RequirementStanding(
        requirement=requirement,
        held_of=len(held),
        needed=needed,
        met=sum(outcome == Outcome.MET for _, outcome in held),
        missed=len(missed),
        unmarked=sum(outcome == Outcome.OPEN and one.starts_at <= record.now for one, outcome in held),
        impossible_session=deciding.key if deciding else None,
        impossible_on=deciding.day if deciding else None,
    )


def minutes_proven(sessions: Iterable[SessionFacts], record: AttendanceRecord) -> int:
    """Minutes of sessions the registers say the fellow was at; an excused or cancelled one adds none.

    Where no minutes were written down, a person who was there was there for all of it.
    """
    total = 0
    for session in sessions:
        mark = record.marks.get(session.key)
        if mark and mark.state != MarkState.ABSENT and not session.cancelled:
            total += session.minutes if mark.minutes is None else min(mark.minutes, session.minutes)
    return total


def whole_standing(
    requirements: Sequence[Requirement],
    sessions: Sequence[SessionFacts],
    record: AttendanceRecord,
    joined_at: datetime,
) -> Standing:
    """How one fellow, who joined at `joined_at`, stands against everything the cohort asks for."""
    return Standing(
        requirements=tuple(attendance_standing(requirement, sessions, record) for requirement in requirements),
        minutes_proven=minutes_proven(sessions, record),
        before_joining=tuple(
            one.key for one in sorted(sessions, key=_when) if _needs_a_person(one, requirements, record, joined_at)
        ),
    )


def _needs_a_person(
    session: SessionFacts, requirements: Sequence[Requirement], record: AttendanceRecord, joined_at: datetime
) -> bool:
    """Whether `session` was over before the fellow's first day, is asked for, and nobody has decided about it."""
    asked_for = any(requirement.session_kind == session.kind for requirement in requirements)
    return asked_for and session.ends_at <= joined_at and not session.cancelled and record.says_nothing_of(session)


def _when(session: SessionFacts) -> tuple[datetime, int]:
    return session.starts_at, session.key
