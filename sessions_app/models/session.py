"""A dated event of a cohort. `Session` is Django's own, hence the name."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from cohorts.models import Cohort
from sessions_app.enums import SessionKind, SessionState


class TeachingSessionQuerySet(models.QuerySet["TeachingSession"]):
    def shown(self) -> "TeachingSessionQuerySet":
        """Those people are told of: published, or cancelled after they were."""
        return self.filter(state__in=[SessionState.PUBLISHED, SessionState.CANCELLED])

    def going_ahead(self) -> "TeachingSessionQuerySet":
        return self.filter(state=SessionState.PUBLISHED)

    def ending_after(self, now: datetime) -> "TeachingSessionQuerySet":
        return self.filter(ends_at__gt=now)


class TeachingSession(models.Model):
    # Also the stable UID of its calendar entry.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=30, choices=SessionKind.choices)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    block = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.CharField(max_length=200, blank=True)
    joining_link = models.URLField(blank=True)
    delivered_by = models.CharField(max_length=200, blank=True)
    hosts_qip_presentations = models.BooleanField(default=False)
    # Made by a programme file: only these go when the file no longer has them.
    from_file = models.BooleanField(default=False, editable=False)
    # The cancelled session that this one is held instead of: this one then counts for it (domain.md, Attendance).
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replacement")
    state = models.CharField(max_length=20, choices=SessionState.choices, default=SessionState.PUBLISHED)
    # Rises with each change that calendars must learn of (RFC 5545, SEQUENCE).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TeachingSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="session_starts_before_it_ends"),
            models.CheckConstraint(condition=Q(kind__in=SessionKind.values), name="session_kind_known"),
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_known"),
            models.UniqueConstraint(fields=["cohort", "kind", "number"], name="session_number_unique_in_kind"),
        ]
        indexes = [models.Index(fields=["cohort", "starts_at"], name="session_of_cohort_by_start")]

    def __str__(self) -> str:
        return self.title
