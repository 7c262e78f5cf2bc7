"""A place held out to an applicant until a deadline."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from applications.enums import OfferState, StudyLeave
from applications.models.application import Application
from nextstep import clock


class OfferQuerySet(models.QuerySet["Offer"]):
    def open(self) -> "OfferQuerySet":
        return self.filter(state=OfferState.OPEN)

    def unsettled(self) -> "OfferQuerySet":
        """Declined, and still holding the seat, since the person may change their mind."""
        return self.filter(state=OfferState.DECLINED, undo_until__isnull=False, settled_at__isnull=True)

    def overdue(self, now: datetime) -> "OfferQuerySet":
        return self.open().filter(expires_at__lte=now)


class Offer(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="offers")
    seat_number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=clock.now, editable=False)
    # Empty where places go first come, first served: nobody decided.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Half-open: the first moment at which the offer no longer stands.
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=OfferState.choices, default=OfferState.OPEN)
    version = models.PositiveIntegerField(default=1, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # A decline can be undone until then, once; so long the seat is held.
    undo_until = models.DateTimeField(null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the seat of a decline that could be undone was freed.
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The words about the dates that the person agreed to when they accepted.
    commitment_text = models.TextField(blank=True)
    # Typed to sign it, at `decided_at`; and, apart, what the team has to act on.
    signed_name = models.CharField(max_length=150, blank=True, editable=False)
    clashing_dates = models.JSONField(default=list, blank=True, editable=False)
    clash = models.TextField(blank=True, editable=False)
    study_leave = models.CharField(max_length=20, choices=StudyLeave.choices, blank=True, editable=False)
    leave_trust = models.CharField(max_length=200, blank=True, editable=False)
    leave_told_on = models.DateField(null=True, blank=True, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["application_id", "-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="open"), name="offer_one_open_an_application"
            ),
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="offer_state_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="offer_expires_after_it_is_made"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state="lapsed", decided_at__isnull=False, decided_by__isnull=True)
                | Q(
                    state__in=["accepted", "declined", "withdrawn"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="offer_decided_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | ~Q(commitment_text=""), name="offer_accepted_has_commitment"
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_at"], name="offer_by_deadline")]

    def __str__(self) -> str:
        return f"Offer of seat {self.seat_number} to {self.application}"

    def can_be_undone(self, now: datetime) -> bool:
        """Whether a decline can be taken back at `now`."""
        in_time = self.undo_until is not None and now < self.undo_until
        return self.state == OfferState.DECLINED and in_time and self.settled_at is None
