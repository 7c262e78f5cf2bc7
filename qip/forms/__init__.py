"""The shapes of what people send: a project, scores, a conflict, the opening and the award."""

from qip.forms.judging import ConflictForm, marks_of
from qip.forms.project import ProjectForm
from qip.forms.results import AwardForm, GiveUpForm, OpenResultsForm, TieForm

__all__ = ["AwardForm", "ConflictForm", "GiveUpForm", "OpenResultsForm", "ProjectForm", "TieForm", "marks_of"]
