"""Reads for the public pages, across the rooms below."""

from django.db.models import Prefetch, QuerySet

from cohorts.models import Cohort, Programme
from sessions_app.models import ActionLearningTopic, TeachingSession


def programmes_with_cohorts() -> QuerySet[Programme]:
    """Every programme that has a cohort, its cohorts loaded, newest first: two queries."""
    cohorts = Cohort.objects.order_by("-applications_close_at", "name")
    programmes = Programme.objects.filter(cohorts__isnull=False).distinct()
    return programmes.prefetch_related(Prefetch("cohorts", queryset=cohorts))


def cohort_for_its_page(programme: str, cohort: str) -> Cohort | None:
    """A cohort by its address, with all that its public page shows: at most eight queries, whatever it holds."""
    sessions = TeachingSession.objects.shown()
    topics = ActionLearningTopic.objects.prefetch_related("windows")
    found = Cohort.objects.filter(programme__slug=programme, slug=cohort).select_related(
        "programme", "graduation_terms", "action_learning_terms", "coaching_terms", "qip_terms"
    )
    return found.prefetch_related(
        "eligibility_criteria",
        "required_documents",
        "attendance_requirements",
        Prefetch("sessions", queryset=sessions, to_attr="shown_sessions"),
        Prefetch("action_learning_topics", queryset=topics),
    ).first()
