"""Projects, panels, judges, rubrics and assessments in the administration."""

from qip.admin.judging import AssessmentAdmin, JudgeAdmin, PanelAdmin
from qip.admin.projects import ProjectAdmin
from qip.admin.rubrics import CriterionAdmin, RubricAdmin

__all__ = ["AssessmentAdmin", "CriterionAdmin", "JudgeAdmin", "PanelAdmin", "ProjectAdmin", "RubricAdmin"]
