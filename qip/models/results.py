"""What a panel's scores came to when they were opened, and who got a bursary."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from nextstep import clock
from qip.enums import Basis, ResultsState
from qip.models.panel import Panel
from qip.models.project import Project


class Results(models.Model):
    """Fixed when they are opened: everything after is worked out from `ballot`, never from the scores again."""

    panel = models.OneToOneField(Panel, on_delete=models.PROTECT, related_name="results")
    state = models.CharField(max_length=20, choices=ResultsState.choices, default=ResultsState.OPEN)
    basis = models.CharField(max_length=20, choices=Basis.choices, default=Basis.MEAN)
    bursaries = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Why scores that were not final were left out; empty where none was.
    left_out_reason = models.TextField(blank=True)
    # Weights, sheets and exact scores as `rules.records.ballot_data` writes them.
    ballot = models.JSONField()
    near_ties = models.JSONField(default=list)
    # Each step of the ladder that an award took, with its sentence.
    steps = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "results"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ResultsState.values), name="results_state_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="results_basis_known"),
        ]

    def __str__(self) -> str:
        return f"Results of {self.panel}"


class AwardQuerySet(models.QuerySet["Award"]):
    def held(self) -> "AwardQuerySet":
        return self.filter(given_up_at__isnull=True)


class Award(models.Model):
    """A bursary. `rank` is the project's in the whole order, so it can exceed five once one was given up."""

    results = models.ForeignKey(Results, on_delete=models.PROTECT, related_name="awards")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="awards")
    rank = models.PositiveSmallIntegerField()
    awarded_at = models.DateTimeField(default=clock.now, editable=False)
    awarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_up_at = models.DateTimeField(null=True, blank=True)
    given_up_reason = models.TextField(blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["results", "rank", "project__title"]
        constraints = [
            models.UniqueConstraint(fields=["results", "project"], name="award_once_a_project"),
            models.CheckConstraint(condition=Q(rank__gt=0), name="award_rank_starts_at_one"),
            models.CheckConstraint(
                condition=Q(given_up_at__isnull=True, given_up_reason="")
                | Q(given_up_at__isnull=False) & ~Q(given_up_reason=""),
                name="award_given_up_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Bursary for {self.project}"


class TieDecision(models.Model):
    """A person's choice among projects that nothing else told apart. `tied` and `chosen` hold keys of projects."""

    results = models.ForeignKey(Results, on_delete=models.PROTECT, related_name="tie_decisions")
    tied = models.JSONField()
    chosen = models.JSONField()
    reason = models.TextField()
    decided_at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="tie_decision_has_reason")]

    def __str__(self) -> str:
        return f"Decision on a tie, {self.results}"
