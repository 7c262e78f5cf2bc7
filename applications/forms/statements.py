"""Asking somebody for a statement, and writing one."""

from typing import Any

from django import forms

from applications.rules.statements import MOST_WORDS
from nextstep.design.fields import FileField, WordLimitedField
from nextstep.design.forms import NhsForm


class AskForm(NhsForm):
    name = forms.CharField(label="Their full name", max_length=150)
    email = forms.EmailField(
        label="Their work email address",
        max_length=254,
        help_text="We send the request to this address. Check it with care.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    relation = forms.CharField(
        label="How do they know your work?", max_length=100, help_text="For example, educational supervisor"
    )


class StatementForm(NhsForm):
    """Either typed or a file; `document` is checked by the service."""

    text = WordLimitedField(label="Write your statement here", max_words=MOST_WORDS, required=False)
    document = FileField(
        label="Or choose a file",
        help_text="A PDF, Word (.docx) or OpenDocument (.odt) file of up to 10MB.",
        accept=".pdf,.docx,.odt",
        max_megabytes=10,
        allow_empty_file=True,
        required=False,
    )
    applicant_may_read = forms.BooleanField(label="The applicant may read my statement", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text, file = (cleaned.get("text") or "").strip(), cleaned.get("document")
        if not self.errors and not text and not file:
            self.add_error("text", "Write your statement, or choose a file")
        if text and file:
            self.add_error("document", "Either write your statement or choose a file, not both")
        return cleaned
