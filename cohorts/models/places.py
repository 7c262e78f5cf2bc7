"""The numbered seats of a cohort and the places that fellows hold.

A seat is taken by an offer and freed when the offer comes to nothing; one row a seat makes a 71st impossible
(domain.md, Places).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts.enums import PlaceState
from cohorts.models.cohort import Cohort
from nextstep import clock


class Seat(models.Model):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["cohort", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="seat_number_unique_in_cohort"),
            models.UniqueConstraint(fields=["cohort", "holder"], name="seat_one_a_person_a_cohort"),
            models.CheckConstraint(condition=Q(number__gt=0), name="seat_number_starts_at_one"),
            models.CheckConstraint(
                condition=Q(holder__isnull=True, taken_at__isnull=True)
                | Q(holder__isnull=False, taken_at__isnull=False),
                name="seat_taken_has_holder_and_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"Seat {self.number}"


class PlaceQuerySet(models.QuerySet["Place"]):
    def active(self) -> "PlaceQuerySet":
        return self.filter(state=PlaceState.ACTIVE)

    def on_programme(self) -> "PlaceQuerySet":
        """Those who are taking part or have completed it."""
        return self.filter(state__in=[PlaceState.ACTIVE, PlaceState.GRADUATED])


class Place(models.Model):
    """A fellow's place. Supervisor and employer are copied here, so that rooms below need not ask rooms above."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="fellows")
    fellow = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="places")
    # Empty once the fellow has left and the seat went to somebody else.
    seat = models.OneToOneField(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="place")
    state = models.CharField(max_length=20, choices=PlaceState.choices, default=PlaceState.ACTIVE)
    enrolled_at = models.DateTimeField(default=clock.now, editable=False)
    # The words the fellow agreed to when they confirmed the dates.
    commitment_text = models.TextField(blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    supervisor_name = models.CharField(max_length=150, blank=True)
    supervisor_email = models.EmailField(blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "fellow__full_name"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "fellow"], name="place_one_a_person_a_cohort"),
            models.CheckConstraint(condition=Q(state__in=PlaceState.values), name="place_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["active", "graduated"]) | Q(seat__isnull=False), name="place_active_has_a_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fellow} in {self.cohort.name}"

    @property
    def audit_label(self) -> str:
        return f"Place {self.pk} in {self.cohort.name}"
