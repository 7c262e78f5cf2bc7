"""What waits for those who administer, across the rooms below: six queries, whatever there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q

from applications.enums import ApplicationState, OfferState
from applications.models import Application
from attendance.selectors import registers_to_close
from cohorts.enums import PlaceState
from cohorts.models import Cohort, Place
from cohorts.selectors import cohorts_administered_by
from nextstep.accounts.models import User
from nextstep.clock import LONDON
from qip.enums import AssessmentState, ResultsState
from qip.models import Assessment, Panel
from qip.selectors import panels_administered_by


@dataclass(frozen=True)
class Heap:
    """So many of something that wait in a cohort; `first_at` is when the first of them is due, where they fall due."""

    cohort: Cohort
    count: int
    first_at: datetime | None = None


@dataclass(frozen=True)
class PanelWork:
    """A panel whose results are not opened: assessments by how far they are, none of them a score."""

    panel: Panel
    final: int
    unfinished: int


@dataclass(frozen=True)
class Waiting:
    """`several` says whether the person administers more than one programme, so that a cohort's name is not enough."""

    several: bool
    to_decide: list[Heap]
    offers: list[Heap]
    registers: int
    to_open: list[PanelWork]
    to_award: list[Panel]
    to_graduate: list[Heap]


def waiting_for(user: User, now: datetime) -> Waiting:
    """Of the cohorts that the person administers; what waits for nobody is left out."""
    cohorts = {cohort.pk: cohort for cohort in cohorts_administered_by(user).select_related("programme")}
    decided_next = _applications(cohorts, ApplicationState.SUBMITTED)
    return Waiting(
        several=len({cohort.programme_id for cohort in cohorts.values()}) > 1,
        to_decide=sorted(decided_next, key=lambda heap: heap.cohort.applications_close_at),
        offers=_applications(cohorts, ApplicationState.OFFERED),
        registers=registers_to_close(user, now).count(),
        to_open=_to_open(user),
        to_award=list(panels_administered_by(user).filter(results__state=ResultsState.OPEN)),
        to_graduate=_to_graduate(cohorts, now),
    )


def _applications(cohorts: dict[int, Cohort], state: ApplicationState) -> list[Heap]:
    rows = (
        Application.objects.filter(cohort__in=cohorts, state=state)
        .order_by()
        .values_list("cohort")
        .annotate(
            count=Count("pk", distinct=True),
            first_at=Min("offers__expires_at", filter=Q(offers__state=OfferState.OPEN)),
        )
    )
    return [Heap(cohorts[cohort], count, first_at) for cohort, count, first_at in rows]


def _to_open(user: User) -> list[PanelWork]:
    """Panels of which a judge has finished something, and whose results nobody has opened."""
    begun = Assessment.objects.filter(judge__panel=OuterRef("pk"), state=AssessmentState.FINAL)
    state = "judges__assessments__state"
    panels = (
        panels_administered_by(user)
        .filter(Exists(begun), results__isnull=True)
        .annotate(
            final=Count("judges__assessments", filter=Q(**{state: AssessmentState.FINAL})),
            unfinished=Count("judges__assessments", filter=Q(**{state: AssessmentState.OPEN})),
        )
    )
    return [PanelWork(panel, panel.final, panel.unfinished) for panel in panels]


def _to_graduate(cohorts: dict[int, Cohort], now: datetime) -> list[Heap]:
    """Fellows of ended cohorts who are still on the programme."""
    today = now.astimezone(LONDON).date()
    ended: Iterable[int] = [pk for pk, cohort in cohorts.items() if cohort.ends_on <= today]
    rows = Place.objects.filter(cohort__in=ended, state=PlaceState.ACTIVE).order_by().values_list("cohort")
    return [Heap(cohorts[cohort], count) for cohort, count in rows.annotate(count=Count("pk"))]
