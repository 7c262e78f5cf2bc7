"""What a register page shows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet

from attendance.enums import MarkState
from attendance.models import Excusal, Mark
from attendance.permissions import sessions_marked_by
from cohorts.models import Place
from cohorts.permissions import Person
from sessions_app.models import TeachingSession

NEAR = timedelta(days=14)
MARK_FIELDS = ("state", "minutes", "version", "marked_at", "marked_by__full_name", "marked_by__email")


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

    @classmethod
    def of(cls, place: Place, mark: Mark | None, effect: str) -> "RegisterRow":
        """A person whose mark is loaded, also one who left the programme."""
        name = place.fellow.get_full_name()
        if mark is None:
            return cls(place.public_id, name, effect=effect)
        return cls(place.public_id, name, mark.state, mark.minutes, mark.version, mark.marked_at, effect)


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
        return Register(rows, _counted(row.state for row in rows))
    for word in search.split():
        places = places.filter(fellow__full_name__icontains=word)
    return Register(_rows(session, places), register_counts(session))


def register_counts(session: TeachingSession) -> RegisterCounts:
    """How many there are, and how many are marked as what: one question."""
    people = _people(session).annotate(mark=FilteredRelation("marks", condition=Q(marks__session=session.pk)))
    return _counted(people.order_by().values_list("mark__state", flat=True))


def mark_of(session: TeachingSession, place: Place) -> Mark | None:
    """The mark as it stands, with who made it and the loaded session and place: one question."""
    marks = Mark.objects.select_related("marked_by").only(*MARK_FIELDS)
    try:
        mark = marks.get(session=session, place=place)
    except Mark.DoesNotExist:
        return None
    mark.session, mark.place = session, place
    return mark


def effect_of(session: TeachingSession, place: Place) -> str:
    """What was decided about the person's absence; empty where nothing was: one question."""
    decided = Excusal.objects.filter(session=session, place=place).order_by()
    return next(iter(decided.values_list("effect", flat=True)), "")


def _counted(marks: Iterable[str | None]) -> RegisterCounts:
    """Of each person their mark, empty where there is none."""
    states = Counter(marks)
    return RegisterCounts(states.total(), states[MarkState.PRESENT], states[MarkState.LATE], states[MarkState.ABSENT])


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
