"""The shapes of what people send."""

from applications.forms.facts import FactsForm, bound_again, facts_form, initial_from
from applications.forms.reviewing import InterestsForm
from applications.forms.sending import AcceptForm, SendForm, UploadForm

__all__ = [
    "AcceptForm",
    "FactsForm",
    "InterestsForm",
    "SendForm",
    "UploadForm",
    "bound_again",
    "facts_form",
    "initial_from",
]
