"""Equality monitoring, kept as counts alone: no row is of a person, and nothing leads from a count to one."""

from django.db import models
from django.db.models import Q

from cohorts.models import Cohort


class MonitoringCount(models.Model):
    """How many applicants of a cohort gave one answer to one question (rules.monitoring).

    Without a key to an application or a moment: who answered, and when, cannot be laid beside what was answered.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=30, editable=False)
    answer = models.CharField(max_length=40, editable=False)
    count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["cohort_id", "question", "answer"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "question", "answer"], name="monitoring_one_count_an_answer"),
            models.CheckConstraint(condition=~Q(answer=""), name="monitoring_answer_given"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"
