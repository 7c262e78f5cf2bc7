"""The questions of equality monitoring: each can be left out."""

from django import forms

from applications.rules.monitoring import QUESTIONS, Question
from nextstep.design.forms import NhsForm

# More options than these stand in a list to open.
_MOST_RADIOS = 8


def _field(question: Question) -> forms.ChoiceField:
    label = f"{question.words} (optional)"
    if len(question.options) > _MOST_RADIOS:
        return forms.ChoiceField(label=label, choices=[("", ""), *question.options], required=False)
    return forms.ChoiceField(label=label, choices=question.options, widget=forms.RadioSelect, required=False)


# One field a question.
MonitoringForm = type("MonitoringForm", (NhsForm,), {question.name: _field(question) for question in QUESTIONS})
