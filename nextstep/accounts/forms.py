"""The forms of signing in and of one's account. Notifications and design stand above this room: these are plain."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from nextstep.accounts.codes import DIGITS, plain_code
from nextstep.accounts.models import User
from nextstep.accounts.models.user import normal_email
from nextstep.accounts.rules.registration import registration_problem

CODE_LENGTH = {"max_length": f"The code has {DIGITS} digits"}


class PlainForm(forms.Form):
    use_required_attribute = False


class EmailField(forms.EmailField):
    """One spelling for every address."""

    default_error_messages = {
        "required": "Enter your email address",
        "invalid": "Enter an email address in the correct format, like name@example.com",
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "email", "class": "nhsuk-input--width-20"})
        super().__init__(**{"label": "Email address", "max_length": 254, "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        return normal_email(super().clean(value))


def code_input() -> forms.TextInput:
    return forms.TextInput(
        attrs={
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "spellcheck": "false",
            "class": "nhsuk-input--width-5 nhsuk-input--code",
        }
    )


class CodeField(forms.CharField):
    """Six digits, however they were pasted."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": f"Enter the {DIGITS} digits from the email"}
        super().__init__(**{"label": "Code", "widget": code_input(), "error_messages": messages, **kwargs})

    def clean(self, value: Any) -> str:
        code = plain_code(super().clean(value))
        if len(code) != DIGITS:
            raise forms.ValidationError(f"The code has {DIGITS} digits")
        return code


class SignInForm(PlainForm):
    email = EmailField(help_text="If you have no account yet, signing in makes one.")


class SignInCodeForm(PlainForm):
    code = CodeField(help_text=f"The {DIGITS} digits in the email")


class DetailsForm(PlainForm):
    """What a person says of themselves."""

    full_name = forms.CharField(
        label="Full name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "nhsuk-input--width-20", "spellcheck": "false"}),
        error_messages={"required": "Enter your full name"},
        help_text="As it should stand on your certificate",
    )
    registration_body = forms.ChoiceField(
        label="Professional registration",
        choices=[
            ("GMC", "General Medical Council (GMC)"),
            ("GDC", "General Dental Council (GDC)"),
            ("none", "Neither"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select your registration, or 'Neither'"},
    )
    gmc_number = forms.CharField(
        label="GMC number", required=False, help_text="7 digits", widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    gdc_number = forms.CharField(
        label="GDC number", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    conditional = {"registration_body": {"GMC": ["gmc_number"], "GDC": ["gdc_number"]}}

    @staticmethod
    def initial_of(user: User) -> dict[str, str]:
        initial = {"full_name": user.full_name, "registration_body": user.registration_body}
        if user.registration_body:
            initial[f"{user.registration_body.lower()}_number"] = user.registration_number
        return initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        body = cleaned.get("registration_body", "")
        cleaned["body"] = "" if body == "none" else body
        cleaned["number"] = cleaned.get(f"{body.lower()}_number", "") if cleaned["body"] else ""
        if cleaned["body"] and (problem := registration_problem(cleaned["body"], cleaned["number"])):
            self.add_error(f"{body.lower()}_number", problem)
        return cleaned


class NewEmailForm(PlainForm):
    email = EmailField(label="New email address", error_messages={"required": "Enter your new email address"})

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email == self.user.email:
            raise forms.ValidationError("This is your email address already")
        return email


class EmailCodesForm(PlainForm):
    """A code from each address: the old one confirms the wish, the new one that it can be reached."""

    old_code = CodeField(label="Code sent to your old address")
    new_code = CodeField(label="Code sent to your new address")

    def __init__(self, *args: Any, old: str, new: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_code"].label = f"Code sent to {old}"
        self.fields["new_code"].label = f"Code sent to {new}"
        # A phone would put one code into both.
        self.fields["old_code"].widget.attrs["autocomplete"] = "off"


def _worded(form: forms.Form, label: str, required: str) -> None:
    form.use_required_attribute = False
    field = form.fields["code"]
    field.widget, field.label = code_input(), label
    field.error_messages["required"] = required


class SecondFactorForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, "Code from your authenticator app", "Enter the code from your app, or a recovery code")
        self.fields["code"].help_text = "You can use one of your recovery codes instead"


class SecondFactorAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, "Code from your authenticator app", "Enter the code from your app, or a recovery code")
        self.fields["code"].help_text = "You can use one of your recovery codes instead"


class AddAppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, "Code shown by the app", "Enter the 6 digits that your app shows")


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["name"].label = "A name for this passkey"
        self.fields["name"].help_text = "So that you can tell it from others, for example 'Work phone'"


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["name"].label = "A name for this passkey"
        self.fields["name"].error_messages["required"] = "Enter a name for this passkey"
