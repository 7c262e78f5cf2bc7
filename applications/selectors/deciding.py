"""Reads about what the team decides. For the team alone: no applicant's page asks these."""

from collections.abc import Iterable

from django.db.models import Max

from applications.models import Application, Decision
from cohorts.models import Cohort


def pending_of(applications: Iterable[Application]) -> dict[int, Decision]:
    """What is decided and not told yet, by application."""
    pending = Decision.objects.pending().filter(application__in=[application.pk for application in applications])
    return {decision.application_id: decision for decision in pending.select_related("set_by", "release")}


def last_pending_rank(cohort: Cohort) -> int:
    """The highest rank among a cohort's pending decisions for the reserve list."""
    pending = Decision.objects.pending().filter(application__cohort=cohort)
    return pending.aggregate(last=Max("rank"))["last"] or 0
