"""Forms that draw themselves with the design system and speak its language."""

from collections.abc import Mapping
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import pretty_name

from nextstep.design.fields import UNNAMED_DATE, DateField

_DJANGO_REQUIRED = forms.Field.default_error_messages["required"]


class _DesignedForm(forms.BaseForm):
    """What NhsForm and NhsModelForm share.

    `heading_field`: the field whose question is the page's h1.
    `conditional`: which fields an option reveals, {"oop_now": {"yes": ["oop_return_on"]}}. A revealed field keeps
    its own `required`: it holds only when its option is chosen; otherwise the field cleans to nothing.
    `option_hints`: a hint beneath an option, {"route": {"cct": "You will get a certificate"}}.
    """

    use_required_attribute = False
    heading_field: ClassVar[str] = ""
    conditional: ClassVar[Mapping[str, Mapping[str, list[str]]]] = {}
    option_hints: ClassVar[Mapping[str, Mapping[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _speak_plainly(field, str(field.label or pretty_name(name)))

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.template_pack = "nhsuk"
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        return helper

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in self._not_asked():
            self._errors.pop(name, None)  # type: ignore[attr-defined]
            self.cleaned_data[name] = _nothing(self.fields[name])

    def _not_asked(self) -> list[str]:
        """Fields whose option was not chosen: what was typed there before is no answer."""
        left_out = []
        for name, revealed in self.conditional.items():
            if name not in self.fields:
                continue
            chosen = self[name].value()
            chosen = {str(one) for one in chosen} if isinstance(chosen, (list, tuple)) else {str(chosen)}
            for option, fields in revealed.items():
                left_out += [field for field in fields if option not in chosen and field in self.fields]
        return left_out


class NhsForm(_DesignedForm, forms.Form):
    """A form of the portal."""


class NhsModelForm(_DesignedForm, forms.ModelForm):
    """A form over a model; services do the writing, so `save` is not for views."""


class VersionedFormMixin(forms.Form):
    """Carries the version the person saw, for compare-and-swap: `cleaned_data["version"]`."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def _nothing(field: forms.Field) -> Any:
    if isinstance(field, forms.MultipleChoiceField):
        return []
    return getattr(field, "empty_value", None)


def _speak_plainly(field: forms.Field, label: str) -> None:
    """Replace Django's stock messages, which speak of values and fields; a field's own messages stay."""
    if field.error_messages.get("required") == _DJANGO_REQUIRED:
        field.error_messages["required"] = _required_message(field, label)
    subject = "Your answer" if label.endswith("?") else label
    if isinstance(field, forms.CharField):
        field.error_messages.setdefault("max_length", f"{subject} must be %(limit_value)d characters or fewer")
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = "Enter an email address in the correct format, like name@example.com"
    if isinstance(field, forms.IntegerField):
        field.error_messages["invalid"] = f"{subject} must be a whole number"
    if isinstance(field, forms.ChoiceField) and field.error_messages["invalid_choice"].startswith("Select a valid"):
        field.error_messages["invalid_choice"] = "Select one of the options"


def _required_message(field: forms.Field, label: str) -> str:
    """Each names its field, so that the links of an error summary can be told apart."""
    asks = label.endswith("?")
    if isinstance(field, forms.FileField):
        return f"Select a file for ‘{label}’"
    if isinstance(field, forms.BooleanField):
        return f"Tick ‘{label}’ to continue"
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return f"Select an answer to ‘{label}’" if asks else f"Select {_inside_a_sentence(label)}"
    if isinstance(field, DateField) and field.name != UNNAMED_DATE:
        return f"Enter {_inside_a_sentence(field.name)}"
    return f"Enter an answer to ‘{label}’" if asks else f"Enter {_inside_a_sentence(label)}"


def _inside_a_sentence(words: str) -> str:
    """Lower the first letter: "full name"; "GMC number" stays."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
