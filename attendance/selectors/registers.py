"""What a register page shows."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet

from attendance.enums import MarkState
from attendance.permissions import sessions_marked_by
from cohorts.models import Place
from cohorts.permissions import Person
from sessions_app.models import TeachingSession

NEAR = timedelta(days=14)


@dataclass(frozen=True)
class RegisterRow:
    """One person in a register. Without a mark `state` is empty and `version` 0."""

    public_id: UUID
    name: str
    state: str = ""
    minutes: int | None = None
    version: int = 0
    marked_at: datetime | None = None
    effect: str = ""


@dataclass(frozen=True)
class RegisterCounts:
    people: int
    present: int
    late: int
    absent: int

    @property
    def marked(self) -> int:
        return self.present + self.late + self.absent

    @property
    def unmarked(self) -> int:
        return self.people - self.marked


@dataclass(frozen=True)
class Register:
    rows: list[RegisterRow]
    counts: RegisterCounts


def registers_kept(user: Person) -> QuerySet[TeachingSession]:
    """The sessions whose register the person keeps, and how many are marked, the latest first."""
    return (
        sessions_marked_by(user)
        .going_ahead()
        .select_related("cohort__programme", "register_closure")
        .annotate(marked=Count("marks"))
        .order_by("-starts_at", "pk")
    )


def registers_to_close(user: Person, now: datetime) -> QuerySet[TeachingSession]:
    """Those of past sessions that nobody has closed, of cohorts that have fellows."""
    fellows = Place.objects.on_programme().filter(cohort=OuterRef("cohort"))
    return registers_kept(user).filter(Exists(fellows), ends_at__lte=now, register_closure__isnull=True)


def registers_near(user: Person, now: datetime) -> QuerySet[TeachingSession]:
    """Those of the last and next fourteen days, the earliest first."""
    return registers_kept(user).filter(starts_at__gt=now - NEAR, starts_at__lt=now + NEAR).order_by("starts_at", "pk")


def register_of(session: TeachingSession, search: str = "") -> Register:
    """The people of a register by name, those whose name has all words of `search`: one question, two for a search."""
    places = _people(session)
    if not search:
        rows = _rows(session, places)
        return Register(rows, _counted(rows))
    for word in search.split():
        places = places.filter(fellow__full_name__icontains=word)
    return Register(_rows(session, places), register_counts(session))


def register_row(session: TeachingSession, place: Place) -> RegisterRow:
    """One person, also one who left the programme: one question."""
    return _rows(session, Place.objects.filter(pk=place.pk))[0]


def register_counts(session: TeachingSession) -> RegisterCounts:
    """How many there are, and how many are marked as what: one question."""
    people = _people(session).annotate(mark=FilteredRelation("marks", condition=Q(marks__session=session.pk)))
    counts = {state.value: Count("pk", filter=Q(mark__state=state)) for state in MarkState}
    return RegisterCounts(**people.aggregate(people=Count("pk"), **counts))


def _counted(rows: list[RegisterRow]) -> RegisterCounts:
    states = Counter(row.state for row in rows)
    return RegisterCounts(len(rows), states[MarkState.PRESENT], states[MarkState.LATE], states[MarkState.ABSENT])


def _people(session: TeachingSession) -> QuerySet[Place]:
    return Place.objects.filter(cohort=session.cohort_id).on_programme()


def _rows(session: TeachingSession, places: QuerySet[Place]) -> list[RegisterRow]:
    """One question with nothing but what is shown: no objects are made of seventy people, their marks and markers."""
    columns = (
        places.annotate(
            mark=FilteredRelation("marks", condition=Q(marks__session=session.pk)),
            excusal=FilteredRelation("excusals", condition=Q(excusals__session=session.pk)),
        )
        .order_by("fellow__full_name", "pk")
        .values_list(
            "public_id",
            "fellow__full_name",
            "fellow__email",
            "mark__state",
            "mark__minutes",
            "mark__version",
            "mark__marked_at",
            "excusal__effect",
        )
    )
    return [
        RegisterRow(public_id, name or email, state or "", minutes, version or 0, marked_at, effect or "")
        for public_id, name, email, state, minutes, version, marked_at, effect in columns
    ]
