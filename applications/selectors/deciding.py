"""Reads about what the team decides, and about the reserve list."""

from collections.abc import Iterable

from django.db.models import Max

from applications.enums import Brake
from applications.models import Application, Decision, ReserveList
from cohorts.enums import Selection
from cohorts.models import Cohort


def pending_of(applications: Iterable[Application]) -> dict[int, Decision]:
    """What is decided and not told yet, by application. For the team alone: no applicant's page asks this."""
    pending = Decision.objects.pending().filter(application__in=[application.pk for application in applications])
    return {decision.application_id: decision for decision in pending.select_related("set_by", "release")}


def last_pending_rank(cohort: Cohort) -> int:
    """The highest rank among a cohort's pending decisions for the reserve list."""
    pending = Decision.objects.pending().filter(application__cohort=cohort)
    return pending.aggregate(last=Max("rank"))["last"] or 0


def reserve_list_of(cohort: Cohort) -> ReserveList:
    """How the reserve list of `cohort` moves; where nobody has said so, what is usual (not saved).

    A queue behind places that go first come, first served moves by itself; offers after a panel are confirmed.
    """
    found = ReserveList.objects.filter(cohort=cohort).first()
    if found is not None:
        found.cohort = cohort
        return found
    first_come = cohort.selection == Selection.FIRST_COME_FIRST_SERVED
    return ReserveList(cohort=cohort, mode=Brake.AUTOMATIC if first_come else Brake.CONFIRM)


def number_on_reserve_list(application: Application) -> tuple[int, int] | None:
    """The number of an application today and how many wait; None where it is not on the list."""
    if application.reserve_rank is None:
        return None
    waiting = Application.objects.filter(cohort=application.cohort_id).on_reserve_list().order_by()
    before = waiting.filter(reserve_rank__lt=application.reserve_rank).count()
    return before + 1, waiting.count()
