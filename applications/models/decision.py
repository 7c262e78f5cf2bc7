"""What the team has decided and not told yet, and the moments at which it is told."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.enums import DecisionKind, ReleaseState
from applications.models.application import Application
from cohorts.models import Cohort
from nextstep import clock


class ReleaseQuerySet(models.QuerySet["Release"]):
    def due(self, now: datetime) -> "ReleaseQuerySet":
        return self.filter(state=ReleaseState.PLANNED, planned_for__lte=now)


class Release(models.Model):
    """Pending decisions of one cohort that are told together, at once or at a set time: all of them, or none."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="releases")
    planned_for = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=clock.now, editable=False)
    state = models.CharField(max_length=20, choices=ReleaseState.choices, default=ReleaseState.PLANNED)
    version = models.PositiveIntegerField(default=1, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Why it could not be done.
    trouble = models.TextField(blank=True, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "release of decisions"
        verbose_name_plural = "releases of decisions"
        ordering = ["-planned_for", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReleaseState.values), name="release_state_known"),
            models.CheckConstraint(
                condition=Q(state="planned", settled_at__isnull=True)
                | (~Q(state="planned") & Q(settled_at__isnull=False)),
                name="release_over_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "planned_for"], name="release_by_moment")]

    def __str__(self) -> str:
        return f"Release {self.pk} in {self.cohort.name}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def pending(self) -> "DecisionQuerySet":
        return self.filter(released_at__isnull=True)


class Decision(models.Model):
    """Nothing that an applicant sees reads this: what is released is written on the application itself."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    # The order on the reserve list among those released together.
    rank = models.PositiveIntegerField(null=True, blank=True)
    feedback = models.TextField(blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    release = models.ForeignKey(
        Release, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions", editable=False
    )
    released_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "pending decision"
        ordering = ["application_id", "-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(released_at__isnull=True), name="decision_one_pending"
            ),
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="reserve", rank__isnull=False) | (~Q(kind="reserve") & Q(rank__isnull=True)),
                name="decision_reserve_has_rank",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(release__isnull=False), name="decision_released_in_a_release"
            ),
        ]

    def __str__(self) -> str:
        return f"Decision on {self.application}"
