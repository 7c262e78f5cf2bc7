"""A cohort's rules as rows. The classes that understand them are registered by the rooms above."""

from django.db import models
from django.db.models import Q

from cohorts.models.cohort import Cohort


class EligibilityCriterion(models.Model):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="eligibility_criteria")
    position = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "eligibility criteria"
        ordering = ["cohort_id", "position"]
        constraints = [models.UniqueConstraint(fields=["cohort", "position"], name="criterion_position_unique")]

    def __str__(self) -> str:
        return self.rule


class RequiredDocument(models.Model):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="required_documents")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    label = models.CharField(max_length=100)
    # How many of this kind are asked for.
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["cohort_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "kind"], name="required_document_kind_unique"),
            models.CheckConstraint(condition=Q(number__gt=0), name="required_document_number_positive"),
        ]

    def __str__(self) -> str:
        return self.label


class AttendanceRequirement(models.Model):
    """All sessions of a kind, at least a number, or a share of them: exactly one of the three."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="attendance_requirements")
    position = models.PositiveSmallIntegerField()
    session_kind = models.CharField(max_length=30)
    all_of_them = models.BooleanField(default=False)
    at_least = models.PositiveSmallIntegerField(null=True, blank=True)
    # Percent of those held.
    share = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["cohort_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "session_kind"], name="requirement_once_a_kind"),
            models.CheckConstraint(
                condition=Q(all_of_them=True, at_least__isnull=True, share__isnull=True)
                | Q(all_of_them=False, at_least__gt=0, share__isnull=True)
                | Q(all_of_them=False, at_least__isnull=True, share__range=(1, 100)),
                name="requirement_is_one_of_three",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_kind}: {self.minimum_words}"

    @property
    def rule(self) -> str:
        """The code of the class in `cohorts.registries.requirements` that understands this row."""
        if self.all_of_them:
            return "all"
        return "share" if self.at_least is None else "at_least"

    @property
    def amount(self) -> int | None:
        return self.share if self.at_least is None else self.at_least

    @property
    def minimum_words(self) -> str:
        if self.all_of_them:
            return "all"
        return f"at least {self.at_least}" if self.at_least else f"{self.share}%"


class GraduationTerms(models.Model):
    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="graduation_terms")
    fmlm_membership_months = models.PositiveSmallIntegerField(default=0)
    associate_fellowship_fee_pounds = models.PositiveSmallIntegerField(null=True, blank=True)
    associate_fellowship_discount_years = models.PositiveSmallIntegerField(null=True, blank=True)
    alumni = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name_plural = "graduation terms"

    def __str__(self) -> str:
        return f"Graduation from {self.cohort}"
