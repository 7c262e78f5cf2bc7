"""One run of a programme: window, places, dates."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from cohorts.enums import Selection, WindowState
from cohorts.models.programme import Programme
from cohorts.rules.dates import CohortDates


class CohortQuerySet(models.QuerySet["Cohort"]):
    def open_at(self, now: datetime) -> "CohortQuerySet":
        return self.filter(applications_open_at__lte=now, applications_close_at__gt=now)


class Cohort(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    # Half-open: an application is in time from the first moment up to, not including, the second.
    applications_open_at = models.DateTimeField()
    applications_close_at = models.DateTimeField()
    # How long after closing those who had begun an application can still finish and send it.
    grace_minutes = models.PositiveSmallIntegerField("minutes of grace", default=0)
    commences_on = models.DateField()
    ends_on = models.DateField()
    places = models.PositiveSmallIntegerField()
    selection = models.CharField(max_length=30, choices=Selection.choices)
    # How many may wait behind full seats where places go first come, first served.
    queue = models.PositiveSmallIntegerField(default=0)
    expected_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawal_fee_pounds = models.PositiveIntegerField(null=True, blank=True)
    commitment_required = models.BooleanField(default=False)
    training_hub = models.CharField(max_length=200, blank=True)
    # Working days an offer stays open, bank holidays in England left out.
    offer_days = models.PositiveSmallIntegerField(default=7)
    # Percent of a session that must be attended to count as present (domain.md, Attendance).
    present_share = models.PositiveSmallIntegerField(default=75)
    # Weeks before a session by which departments ask for study leave.
    study_leave_weeks = models.PositiveSmallIntegerField(default=6)
    # Words of this cohort's own page; empty shows what is written from the data.
    introduction = models.TextField(blank=True)
    study_leave_words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-commences_on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="cohort_slug_unique_in_programme"),
            models.CheckConstraint(
                condition=Q(applications_open_at__lt=F("applications_close_at")), name="cohort_opens_before_it_closes"
            ),
            models.CheckConstraint(condition=Q(commences_on__lte=F("ends_on")), name="cohort_commences_before_it_ends"),
            models.CheckConstraint(condition=Q(grace_minutes__lte=1440), name="cohort_grace_is_a_day_at_most"),
            models.CheckConstraint(condition=Q(places__gt=0), name="cohort_has_places"),
            models.CheckConstraint(condition=Q(present_share__range=(1, 100)), name="cohort_present_share_is_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.programme.name}, {self.name}"

    @property
    def dates(self) -> CohortDates:
        return CohortDates(self.commences_on, self.ends_on)

    def window_state(self, now: datetime) -> WindowState:
        if now < self.applications_open_at:
            return WindowState.UPCOMING
        return WindowState.OPEN if now < self.applications_close_at else WindowState.CLOSED
