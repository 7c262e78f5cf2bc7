"""A fellow's project."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from cohorts.models import Cohort, Place
from nextstep.accounts.models import User
from qip.models import Award, Project, QipTerms, Score
from sessions_app.models import TeachingSession


def project_of(place: Place) -> Project | None:
    """The project of a place, or None before it was begun."""
    return Project.objects.filter(place=place).first()


def terms_of(cohort: Cohort) -> QipTerms:
    """What the cohort awards; one that says nothing awards the usual five bursaries."""
    return QipTerms.objects.filter(cohort=cohort).first() or QipTerms(cohort=cohort)


def presentations_begin(cohort: Cohort) -> datetime | None:
    """When fellows first present their projects, or None without a date."""
    hosts = TeachingSession.objects.going_ahead().filter(cohort=cohort, hosts_qip_presentations=True)
    return hosts.order_by("starts_at").values_list("starts_at", flat=True).first()


def places_with_projects(user: User) -> QuerySet[Place]:
    """The places a person holds in cohorts that award QIPs, with project and cohort: one query."""
    held = Place.objects.on_programme().filter(fellow=user, cohort__qip_terms__isnull=False)
    return held.select_related("cohort__programme", "project").order_by("-cohort__commences_on")


def projects_editable_by(user: User) -> QuerySet[Project]:
    """A fellow's own projects with place, cohort and terms, and `scored`: whether a judge has begun on it."""
    own = Project.objects.filter(place__fellow=user)
    own = own.select_related("place__fellow", "place__cohort__programme", "place__cohort__qip_terms")
    return own.annotate(scored=Exists(Score.objects.filter(assessment__project=OuterRef("pk"))))


def bursary_won_by(project: Project) -> Award | None:
    """The bursary that the project holds, once awarded."""
    return Award.objects.held().filter(project=project).select_related("results").first()
