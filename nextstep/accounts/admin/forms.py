"""The forms of the people's admin."""

import hashlib
from typing import Any

from django import forms
from django.forms.models import model_to_dict

from nextstep.accounts.models import User
from nextstep.accounts.models.user import normal_email
from nextstep.accounts.rules.registration import registration_problem


class AsSeenForm(forms.ModelForm):
    """Carries a fingerprint of what the page showed, for things that have no version.

    A form from before somebody else's change is refused once, and tells what stands now; sent again it replaces that.
    """

    as_seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = {str(self.fields[name].label): value for name, value in self._stored().items()}
        self.print_now = hashlib.sha256(repr(sorted(self.now.items())).encode()).hexdigest()
        self.initial["as_seen"] = self.print_now

    def _stored(self) -> dict[str, Any]:
        return {name: value for name, value in model_to_dict(self.instance).items() if name in self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.pop("as_seen", "")
        if seen and self.instance.pk and seen != self.print_now and set(self.changed_data) - {"as_seen"}:
            self.data = {**self.data.dict(), "as_seen": self.print_now}  # type: ignore[attr-defined]
            stands = "; ".join(f"{label}: {value}" for label, value in self.now.items())
            raise forms.ValidationError(
                f"Somebody else changed this since you opened the page. What you typed is still here. "
                f"Save again to put it in place of what they saved. {stands}"
            )
        return cleaned


class InviteForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["email", "full_name"]
        help_texts = {"email": "We mail them how to sign in."}
        error_messages = {"email": {"unique": "There is an account with this email address already."}}

    def clean_email(self) -> str:
        return normal_email(self.cleaned_data["email"])

    def validate_constraints(self) -> None:
        """The field says in plain English what the constraint would say in its own."""


class PersonForm(AsSeenForm):
    class Meta:
        model = User
        fields = ["full_name", "registration_body", "registration_number"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "full_name" in self.fields:
            self.fields["full_name"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        body, number = cleaned.get("registration_body", ""), cleaned.get("registration_number", "")
        if problem := registration_problem(body, number):
            self.add_error("registration_number" if body else "registration_body", problem)
        return cleaned


class ReasonForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text="Kept for ever in the record of this account. Do not write down health details.",
        error_messages={"required": "Give a reason"},
    )


class RecoverForm(ReasonForm):
    email = forms.EmailField(
        label="New email address",
        required=False,
        help_text="Leave empty to keep the address they have.",
        error_messages={"invalid": "Enter an email address in the correct format, like name@example.com"},
    )
    remove_second_factor = forms.BooleanField(
        label="Remove the second factor", required=False, help_text="Authenticator app, passkeys and recovery codes."
    )
    field_order = ["email", "remove_second_factor", "reason"]

    def clean_email(self) -> str:
        return normal_email(self.cleaned_data["email"])
