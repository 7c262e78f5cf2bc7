"""The Executive Panel of a cohort and its judges, and what the cohort awards."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts.models import Cohort
from nextstep import clock


class QipTerms(models.Model):
    """What the programme file says: how many bursaries, of what, and who sits on the panel."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="qip_terms")
    bursaries = models.PositiveSmallIntegerField(default=5)
    bursary = models.CharField(max_length=200, blank=True)
    panel_organisations = models.JSONField(default=list, blank=True)
    # Fellows may change their project before this moment; empty: until the first score.
    projects_close_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "QIP terms"
        constraints = [models.CheckConstraint(condition=Q(bursaries__gt=0), name="qip_terms_have_bursaries")]

    def __str__(self) -> str:
        return f"QIPs of {self.cohort}"


class Panel(models.Model):
    """One a cohort: it hears every project, and its results decide the cohort's bursaries."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.OneToOneField(Cohort, on_delete=models.PROTECT, related_name="qip_panel")
    name = models.CharField(max_length=150, default="Executive Panel")

    class Meta:
        ordering = ["cohort", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.cohort}"


class Judge(models.Model):
    """A person's seat on a panel; the right to sign in to it is their team role in the cohort."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="judges")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="judgeships")
    organisation = models.CharField(max_length=200)
    is_chair = models.BooleanField("chair", default=False)
    joined_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["panel", "person__full_name"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "person"], name="judge_once_a_panel"),
            models.UniqueConstraint(fields=["panel"], condition=Q(is_chair=True), name="judge_one_chair_a_panel"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"

    @property
    def audit_label(self) -> str:
        return f"Judge {self.pk}, {self.organisation}"
