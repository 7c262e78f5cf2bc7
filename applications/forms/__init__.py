"""The shapes of what people send."""

from applications.forms.facts import FactsForm, bound_again, facts_form, initial_from
from applications.forms.monitoring import MonitoringForm
from applications.forms.reviewing import ConflictForm, InterestsForm, marks_of
from applications.forms.sending import AcceptForm, SendForm, UploadForm
from applications.forms.statements import AskForm, StatementForm

__all__ = [
    "AcceptForm",
    "AskForm",
    "ConflictForm",
    "FactsForm",
    "InterestsForm",
    "MonitoringForm",
    "SendForm",
    "StatementForm",
    "UploadForm",
    "bound_again",
    "facts_form",
    "initial_from",
    "marks_of",
]
