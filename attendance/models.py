"""What the registers say, what administrators decided about absences, and which registers are finished."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from attendance.enums import Effect, MarkState
from cohorts.models import Place
from nextstep import clock
from sessions_app.models import TeachingSession


class Mark(models.Model):
    """A person's mark in the register of one session. No row means unmarked, which is not the same as absent."""

    session = models.ForeignKey(TeachingSession, on_delete=models.PROTECT, related_name="marks")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="marks")
    state = models.CharField(max_length=10, choices=MarkState.choices)
    # How long the person was there; empty where nobody wrote it down, which counts as all of it.
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    marked_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["session__starts_at", "place__fellow__full_name"]
        constraints = [
            models.UniqueConstraint(fields=["session", "place"], name="mark_one_a_person_a_session"),
            models.CheckConstraint(condition=Q(state__in=MarkState.values), name="mark_state_known"),
            models.CheckConstraint(
                condition=~Q(state=MarkState.ABSENT) | Q(minutes__isnull=True), name="mark_absent_has_no_minutes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place.fellow}, {self.session}"

    @property
    def audit_label(self) -> str:
        return f"Mark {self.pk}, {self.session}"


class Excusal(models.Model):
    """An administrator's decision about somebody's absence, made before or after the session."""

    session = models.ForeignKey(TeachingSession, on_delete=models.PROTECT, related_name="excusals")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="excusals")
    effect = models.CharField(max_length=30, choices=Effect.choices)
    reason = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    decided_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["session__starts_at", "place__fellow__full_name"]
        constraints = [
            models.UniqueConstraint(fields=["session", "place"], name="excusal_one_a_person_a_session"),
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="excusal_effect_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="excusal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.place.fellow}, {self.session}"

    @property
    def audit_label(self) -> str:
        return f"Decision {self.pk}, {self.session}"


class RegisterClosure(models.Model):
    """A register that somebody declared finished; after that only administrators change it."""

    session = models.OneToOneField(TeachingSession, on_delete=models.PROTECT, related_name="register_closure")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    closed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["session__starts_at"]

    def __str__(self) -> str:
        return f"Register of {self.session}"
