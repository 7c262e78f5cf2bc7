"""States of projects, assessments and results."""

from django.db.models import TextChoices


class ProjectState(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    WITHDRAWN = "withdrawn", "Withdrawn"


class AssessmentState(TextChoices):
    OPEN = "open", "Being scored"
    FINAL = "final", "Final"
    RECUSED = "recused", "Conflict of interest"
    LEFT_OUT = "left_out", "Left out of the results"


class ResultsState(TextChoices):
    OPEN = "open", "Open, not awarded"
    AWARDED = "awarded", "Awarded"


class Basis(TextChoices):
    MEAN = "mean", "Mean of the judges’ weighted scores"
