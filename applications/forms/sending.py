"""Uploading a document, sending an application, accepting a place."""

import hashlib
from typing import Any, ClassVar

from django import forms

from applications.enums import StudyLeave
from applications.rules.declaration import ACKNOWLEDGEMENT
from applications.rules.signing import Signed
from nextstep.design.fields import DateField, FileField
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
    """`words` are what the person agrees to; their fingerprint goes with the form, in case the dates change.

    `dates` are those of the sessions, by number: each is ticked, or it is said why not.
    """

    conditional: ClassVar = {"study_leave": {StudyLeave.ROTATION_UNKNOWN: ["trust", "told_on"]}}

    agreed_to = forms.CharField(widget=forms.HiddenInput, required=False)
    attends = forms.MultipleChoiceField(
        label="Which dates can you attend?",
        help_text="Tick each date that you can attend.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    clash = forms.CharField(
        label="Why can you not attend the others? (only if you left a date out)",
        help_text="The team reads this and may get in touch with you.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    study_leave = forms.ChoiceField(
        label="Have you applied for leave?",
        choices=StudyLeave.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you have applied for leave"},
    )
    trust = forms.CharField(
        label="Which trust or employer do you tell of these dates?",
        max_length=200,
        error_messages={"required": "Enter the trust or employer that you tell of these dates"},
    )
    told_on = DateField(label="When did you tell them, or when will you?", name="The day you tell them")
    committed = forms.BooleanField(
        label="I agree to this, and can attend the dates that I have ticked",
        error_messages={"required": "Confirm that you can attend the dates to accept your place"},
    )
    signed_name = forms.CharField(
        label="Type your full name to sign",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": "Type your full name to sign"},
    )

    def __init__(self, *args: Any, words: str, dates: dict[str, str], **kwargs: Any) -> None:
        self.fingerprint = hashlib.sha256(words.encode()).hexdigest()[:16]
        self.dates = dates
        kwargs.setdefault("initial", {"agreed_to": self.fingerprint})
        super().__init__(*args, **kwargs)
        if dates:
            self.fields["attends"].choices = list(dates.items())  # type: ignore[attr-defined]
        else:
            del self.fields["attends"], self.fields["clash"]

    def clean_agreed_to(self) -> str:
        if self.cleaned_data["agreed_to"] != self.fingerprint:
            raise forms.ValidationError("The dates have changed since you opened this page. Read them again.")
        return self.fingerprint

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        left_out = set(self.dates) - set(cleaned.get("attends", []))
        if left_out and "attends" in cleaned and not cleaned.get("clash", "").strip():
            self.add_error("clash", "Tick every date, or say why you cannot attend the others")
        return cleaned

    def signed(self) -> Signed:
        """What the person signed."""
        cleaned = self.cleaned_data
        ticked = set(cleaned.get("attends", []))
        return Signed(
            name=cleaned["signed_name"],
            attends=[words for number, words in self.dates.items() if number in ticked],
            clashing=[words for number, words in self.dates.items() if number not in ticked],
            clash=cleaned.get("clash", ""),
            study_leave=cleaned["study_leave"],
            trust=cleaned.get("trust") or "",
            told_on=cleaned.get("told_on"),
        )

    def again(self) -> "AcceptForm":
        """Show the same errors, for the words that stand now."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["agreed_to"] = self.fingerprint  # type: ignore[index]
        return self
