"""What one judge thinks of one project."""

from django.db import models
from django.db.models import Q

from nextstep import clock
from qip.enums import AssessmentState
from qip.models.panel import Judge
from qip.models.project import Project
from qip.models.rubric import Criterion


class Assessment(models.Model):
    """Made by the first score or by a conflict; where there is none, the judge has not begun."""

    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="assessments")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=20, choices=AssessmentState.choices, default=AssessmentState.OPEN)
    # Why the judge does not score, or why the administrator left the scores out.
    reason = models.TextField(blank=True)
    finalised_at = models.DateTimeField(null=True, blank=True)
    # Rises with each score too, so that finalising and scoring cannot pass each other unseen.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["project", "judge"]
        constraints = [
            models.UniqueConstraint(fields=["judge", "project"], name="assessment_once_a_judge_and_project"),
            models.CheckConstraint(condition=Q(state__in=AssessmentState.values), name="assessment_state_known"),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.FINAL) | Q(finalised_at__isnull=False),
                name="assessment_final_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AssessmentState.RECUSED, AssessmentState.LEFT_OUT]) | ~Q(reason=""),
                name="assessment_uncounted_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judge.person} on {self.project}"

    @property
    def audit_label(self) -> str:
        return f"Judge {self.judge_id} on {self.project}"


class Score(models.Model):
    """One criterion of an assessment. A comment may come before the value; `version` tells two devices apart."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["assessment", "criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="score_once_a_criterion"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(1, 5)), name="score_from_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value or 'no score yet'}"
