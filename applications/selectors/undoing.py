"""Whether a withdrawal can still be undone."""

from applications.enums import ApplicationState
from applications.models import Application, Decision, Offer


def undo_refusal(application: Application) -> str:
    """Why the withdrawal of this withdrawn application cannot be undone now, as a sentence; empty where it can."""
    if application.withdrawn_from != ApplicationState.SUBMITTED:
        return "You had an answer from us before you withdrew, so this cannot be undone."
    if _team_has_acted(application):
        return "Our team has made decisions since you withdrew, so this cannot be undone."
    return ""


def _team_has_acted(application: Application) -> bool:
    """Whether anything was decided in the cohort since the withdrawal: places are shared out among those who are in."""
    since, cohort = application.changed_at, application.cohort_id
    offered = Offer.objects.filter(application__cohort=cohort, made_at__gte=since)
    released = Decision.objects.filter(application__cohort=cohort, released_at__gte=since)
    return offered.exists() or released.exists()
