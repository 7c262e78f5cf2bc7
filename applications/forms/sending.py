"""Uploading a document, sending an application, accepting a place."""

import hashlib
from typing import Any

from django import forms

from applications.rules.declaration import ACKNOWLEDGEMENT
from nextstep.design.fields import FileField
from nextstep.design.forms import NhsForm, VersionedFormMixin


class UploadForm(NhsForm):
    # The service reads the content and says what is wrong with it; a limit here spares reading what is far too large.
    document = FileField(
        label="Choose a file",
        help_text="A PDF, Word (.docx) or OpenDocument (.odt) file of up to 10MB.",
        accept=".pdf,.docx,.odt",
        max_megabytes=10,
        allow_empty_file=True,
        error_messages={"required": "Select a file"},
    )
    heading_field = "document"

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].label = question


class SendForm(VersionedFormMixin, NhsForm):
    """`acknowledged` is asked for only where a rule is not met."""

    acknowledged = forms.BooleanField(
        label=ACKNOWLEDGEMENT, error_messages={"required": "Confirm that you know your answers do not meet every rule"}
    )
    declared = forms.BooleanField(
        label="I have read the declaration and agree to it",
        error_messages={"required": "Confirm the declaration to send your application"},
    )

    def __init__(self, *args: Any, all_met: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if all_met:
            del self.fields["acknowledged"]


class AcceptForm(NhsForm):
    """`words` are what the person agrees to; their fingerprint goes with the form, in case the dates change."""

    agreed_to = forms.CharField(widget=forms.HiddenInput, required=False)
    committed = forms.BooleanField(
        label="I agree to this, and can attend the dates",
        error_messages={"required": "Confirm that you can attend the dates to accept your place"},
    )

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        self.fingerprint = hashlib.sha256(words.encode()).hexdigest()[:16]
        kwargs.setdefault("initial", {"agreed_to": self.fingerprint})
        super().__init__(*args, **kwargs)

    def clean_agreed_to(self) -> str:
        if self.cleaned_data["agreed_to"] != self.fingerprint:
            raise forms.ValidationError("The dates have changed since you opened this page. Read them again.")
        return self.fingerprint

    def again(self) -> "AcceptForm":
        """Show the same errors, for the words that stand now."""
        self.data = {**self.data.dict(), "agreed_to": self.fingerprint}  # type: ignore[attr-defined]
        return self
