"""A fellow's quality improvement project."""

import uuid

from django.db import models
from django.db.models import Q

from cohorts.enums import PlaceState
from cohorts.models import Place
from nextstep import clock
from qip.enums import ProjectState


class ProjectQuerySet(models.QuerySet["Project"]):
    def in_the_running(self) -> "ProjectQuerySet":
        """Those that a panel hears: submitted, by a fellow who is still on the programme."""
        return self.filter(state=ProjectState.SUBMITTED, place__state__in=[PlaceState.ACTIVE, PlaceState.GRADUATED])


class Project(models.Model):
    """One a place. A draft may be empty; what a submitted project needs is asked by the service."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="project")
    title = models.CharField(max_length=200, blank=True)
    specialty = models.CharField(max_length=100, blank=True)
    site = models.CharField("hospital or practice", max_length=150, blank=True)
    supervisor_name = models.CharField(max_length=150, blank=True)
    supervisor_email = models.EmailField(blank=True)
    aim = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=ProjectState.choices, default=ProjectState.DRAFT)
    started_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProjectState.values), name="project_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ProjectState.SUBMITTED) | Q(submitted_at__isnull=False) & ~Q(title=""),
                name="project_submitted_has_title_and_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title or "Project without a title"
