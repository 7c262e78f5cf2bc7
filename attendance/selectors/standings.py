"""How fellows stand, read from the sessions, the marks and the excusals."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import F

from attendance.enums import Effect, Outcome
from attendance.models import Excusal, Mark
from attendance.rules.requirements import MINIMUM_RULES
from attendance.rules.standing import (
    AttendanceRecord,
    MarkFacts,
    Requirement,
    SessionFacts,
    Standing,
    session_outcome,
    whole_standing,
)
from cohorts.models import AttendanceRequirement, Cohort, Place
from sessions_app.enums import SessionState
from sessions_app.models import TeachingSession


@dataclass(frozen=True)
class CohortFacts:
    """What holds for every fellow of a cohort: two questions."""

    requirements: tuple[Requirement, ...]
    sessions: tuple[SessionFacts, ...]
    present_share: int


@dataclass(frozen=True)
class Records:
    """Marks and excusals, by place and session: two questions for any number of fellows."""

    marks: Mapping[int, Mapping[int, MarkFacts]] = field(default_factory=dict)
    excusals: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    def of(self, place_id: int, now: datetime, present_share: int) -> AttendanceRecord:
        return AttendanceRecord(now, present_share, self.marks.get(place_id, {}), self.excusals.get(place_id, {}))


@dataclass(frozen=True)
class OwnSession:
    """One session in a fellow's own list."""

    session: TeachingSession
    outcome: Outcome
    mark: Mark | None
    excusal: Excusal | None
    asked_for: bool


@dataclass(frozen=True)
class OwnAttendance:
    """All that a fellow is shown of their attendance."""

    standing: Standing
    sessions: list[OwnSession]


def standing_of(place: Place, now: datetime) -> Standing:
    """How one fellow stands: four questions, and one for the cohort where it is not loaded."""
    facts = _cohort_facts(place.cohort)
    record = _records(place=place).of(place.pk, now, facts.present_share)
    return whole_standing(facts.requirements, facts.sessions, record, place.enrolled_at)


def standings_of(cohort: Cohort, now: datetime) -> dict[int, Standing]:
    """How each fellow of the cohort stands, by the key of their place, in the order of their names: five questions."""
    facts, records = _cohort_facts(cohort), _records(place__cohort=cohort)
    places = Place.objects.filter(cohort=cohort).on_programme().order_by("fellow__full_name", "pk")
    return {
        key: whole_standing(facts.requirements, facts.sessions, records.of(key, now, facts.present_share), enrolled_at)
        for key, enrolled_at in places.values_list("pk", "enrolled_at")
    }


def standing_if_excused(place: Place, session: TeachingSession, now: datetime) -> dict[Effect | None, Standing]:
    """How a fellow would stand with each effect their absence from `session` may have, and (None) with no decision."""
    facts = _cohort_facts(place.cohort)
    record = _records(place=place).of(place.pk, now, facts.present_share)
    requirement = next((one for one in facts.requirements if one.session_kind == session.kind), None)
    without = {key: effect for key, effect in record.excusals.items() if key != session.pk}
    effects: list[Effect | None] = [None, *(requirement.effects if requirement else ())]
    return {
        effect: whole_standing(
            facts.requirements,
            facts.sessions,
            replace(record, excusals={**without, session.pk: effect} if effect else without),
            place.enrolled_at,
        )
        for effect in effects
    }


def requirement_for(session: TeachingSession) -> Requirement | None:
    """What the cohort asks of sessions of this one's kind."""
    row = AttendanceRequirement.objects.filter(cohort=session.cohort_id, session_kind=session.kind).first()
    return _requirement(row) if row else None


def own_attendance(place: Place, now: datetime) -> OwnAttendance:
    """The sessions a fellow was told of, what is written of them about each, and how they stand: four questions."""
    marks = {one.session_id: one for one in Mark.objects.filter(place=place).order_by()}
    excusals = {one.session_id: one for one in Excusal.objects.filter(place=place).order_by()}
    requirements = {one.session_kind: one for one in _requirements(place.cohort)}
    sessions = list(TeachingSession.objects.filter(cohort=place.cohort_id).annotate(replaced_by=F("replacement")))
    record = AttendanceRecord(
        now,
        place.cohort.present_share,
        {key: MarkFacts(one.state, one.minutes) for key, one in marks.items()},
        {key: one.effect for key, one in excusals.items()},
    )
    facts = [_facts(session) for session in sessions if session.replaced_by is None]
    told_of = [
        OwnSession(
            session,
            session_outcome(_facts(session), record, _effects(requirements.get(session.kind))),
            marks.get(session.pk),
            excusals.get(session.pk),
            session.kind in requirements,
        )
        for session in sessions
        if session.state != SessionState.DRAFT
    ]
    return OwnAttendance(whole_standing(tuple(requirements.values()), facts, record, place.enrolled_at), told_of)


def _effects(requirement: Requirement | None) -> tuple[Effect, ...]:
    return requirement.effects if requirement else ()


def _cohort_facts(cohort: Cohort) -> CohortFacts:
    """A draft counts as a session still to come; one that another replaces does not count."""
    sessions = TeachingSession.objects.filter(cohort=cohort, replacement__isnull=True)
    return CohortFacts(
        tuple(_requirements(cohort)), tuple(_facts(session) for session in sessions), cohort.present_share
    )


def _requirements(cohort: Cohort) -> list[Requirement]:
    return [_requirement(row) for row in AttendanceRequirement.objects.filter(cohort=cohort)]


def _requirement(row: AttendanceRequirement) -> Requirement:
    return Requirement(row.session_kind, MINIMUM_RULES[row.rule](row.amount))


def _facts(session: TeachingSession) -> SessionFacts:
    return SessionFacts(
        session.pk, session.kind, session.starts_at, session.ends_at, session.state == SessionState.CANCELLED
    )


def _records(**which: object) -> Records:
    """The marks and excusals of the places that `which` selects."""
    marks: dict[int, dict[int, MarkFacts]] = defaultdict(dict)
    excusals: dict[int, dict[int, str]] = defaultdict(dict)
    for place, session, state, minutes in (
        Mark.objects.filter(**which).order_by().values_list("place_id", "session_id", "state", "minutes")
    ):
        marks[place][session] = MarkFacts(state, minutes)
    for place, session, effect in (
        Excusal.objects.filter(**which).order_by().values_list("place_id", "session_id", "effect")
    ):
        excusals[place][session] = effect
    return Records(marks, excusals)
