"""The shapes of what people send."""

from applications.forms.facts import FactsForm, bound_again, facts_form, initial_from
from applications.forms.reviewing import ConflictForm, InterestsForm, marks_of
from applications.forms.sending import AcceptForm, SendForm, UploadForm

__all__ = [
    "AcceptForm",
    "ConflictForm",
    "FactsForm",
    "InterestsForm",
    "SendForm",
    "UploadForm",
    "bound_again",
    "facts_form",
    "initial_from",
    "marks_of",
]
