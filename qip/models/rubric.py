"""What a cohort's projects are scored by. `version` counts its editions until the first score freezes it."""

from django.db import models
from django.db.models import Q

from cohorts.models import Cohort


class Rubric(models.Model):
    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="qip_rubric")
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"Rubric of {self.cohort}"


class Criterion(models.Model):
    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    # Names the criterion in records and forms, and stays when its name is reworded.
    code = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    weight = models.PositiveSmallIntegerField()
    guidance = models.TextField()
    level_1 = models.TextField("what 1 looks like")
    level_3 = models.TextField("what 3 looks like")
    level_5 = models.TextField("what 5 looks like")
    comment_required = models.BooleanField(default=False)
    breaks_ties = models.BooleanField("decides ties at the last bursary", default=False)

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["rubric", "position"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "code"], name="criterion_code_unique_in_rubric"),
            models.UniqueConstraint(
                fields=["rubric"], condition=Q(breaks_ties=True), name="criterion_one_breaks_ties_a_rubric"
            ),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_has_weight"),
        ]

    def __str__(self) -> str:
        return self.name
