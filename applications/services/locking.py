"""The order in which services take rows: application, then cohort, then offer and seat. So none waits for another.

On PostgreSQL the rows are locked; on SQLite the transaction is the lock, since it begins IMMEDIATE.
"""

from datetime import datetime

from applications.models import Application, Offer
from cohorts.enums import WindowState
from cohorts.models import Cohort
from nextstep.design.dates import last_moment_words, moment_words
from nextstep.refusals import Refused


class WindowClosed(Refused):
    """The window is not open, so nothing can be written or sent."""


def locked(application: Application) -> Application:
    """Load the application as it is now, and keep others from changing it until the transaction ends."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("cohort__programme", "applicant")
        .get(pk=application.pk)
    )


def locked_offer(offer: Offer) -> Offer:
    """Load an offer as it is now, with its application locked."""
    application = locked(offer.application)
    fresh: Offer = Offer.objects.get(pk=offer.pk)
    fresh.application = application
    return fresh


def hold_cohort(cohort: Cohort) -> None:
    """Make those who count a cohort's queue take turns."""
    list(Cohort.objects.select_for_update().filter(pk=cohort.pk).values_list("pk"))


def check_window_open(cohort: Cohort, now: datetime) -> None:
    """Raise WindowClosed unless applications can be written at `now`."""
    if refusal := window_refusal(cohort, now):
        raise WindowClosed(refusal)


def check_draft_open(application: Application, now: datetime) -> None:
    """Raise WindowClosed unless this application, once begun, can be written or sent at `now`."""
    if refusal := draft_refusal(application, now):
        raise WindowClosed(refusal)


def draft_refusal(application: Application, now: datetime) -> str:
    """Why this application cannot be written or sent at `now`, as a sentence; empty where it can."""
    window = application.window
    if window.is_open(now):
        return ""
    refusal = window_refusal(application.cohort, now)
    if now < window.opens_at or window.ends_at == window.closes_at:
        return refusal
    return f"{refusal} Your own time ended at {last_moment_words(window.ends_at)}."


def window_refusal(cohort: Cohort, now: datetime) -> str:
    """Why applications cannot be written at `now`, as a sentence; empty where they can."""
    state = cohort.window_state(now)
    if state == WindowState.UPCOMING:
        return f"Applications open on {moment_words(cohort.applications_open_at)}."
    if state == WindowState.CLOSED:
        return f"Applications closed at {last_moment_words(cohort.applications_close_at)}."
    return ""
