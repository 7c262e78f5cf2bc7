"""What moved the end of a window: for everybody, or for one person. Written once, and never changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cohorts.models import Cohort
from nextstep import clock


class WindowExtension(models.Model):
    """The window of a cohort closes later, for all who apply to it."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="window_extensions")
    closed_at = models.DateTimeField("applications closed", editable=False)
    # Half-open, as the cohort's own: the first moment that is too late.
    closes_at = models.DateTimeField("applications close")
    reason = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = "extension of a window"
        verbose_name_plural = "extensions of windows"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("closed_at")), name="window_extension_is_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="window_extension_has_reason"),
        ]

    def __str__(self) -> str:
        return f"Extension {self.pk} of {self.cohort.name}"


class LateLink(models.Model):
    """One person can write and send an application until an end of their own. The last one given counts."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="late_links")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    ends_at = models.DateTimeField("until")
    reason = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    given_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("given_at")), name="late_link_ends_after_it_is_given"),
            models.CheckConstraint(condition=~Q(reason=""), name="late_link_has_reason"),
        ]

    def __str__(self) -> str:
        return f"Late link {self.pk} in {self.cohort.name}"
