"""Projects, the panel that hears them, its rubric and scores, results and bursaries."""

from qip.models.panel import Judge, Panel, QipTerms
from qip.models.project import Project, ProjectQuerySet
from qip.models.results import Award, Results, TieDecision
from qip.models.rubric import Criterion, Rubric
from qip.models.scores import Assessment, Score

__all__ = [
    "Assessment",
    "Award",
    "Criterion",
    "Judge",
    "Panel",
    "Project",
    "ProjectQuerySet",
    "QipTerms",
    "Results",
    "Rubric",
    "Score",
    "TieDecision",
]
