"""What people type about a register: minutes, a decision about an absence, how to close."""

from collections.abc import Mapping
from typing import Any

from django import forms

from attendance.enums import Effect, MarkState, Risk
from nextstep.design.fields import YesNoField
from nextstep.design.forms import NhsForm, VersionedFormMixin

CLEAR = "clear"


class MarkForm(forms.Form):
    """One tap. `seen` is the version on the page, 0 where the person was unmarked."""

    state = forms.ChoiceField(choices=[*MarkState.choices, (CLEAR, "Clear")])
    seen = forms.IntegerField(required=False, min_value=0)


class MinutesForm(NhsForm):
    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=0,
        widget=forms.NumberInput(attrs={"class": "nhsuk-input--width-4"}),
        error_messages={"min_value": "Minutes must be 0 or more"},
    )

    def __init__(self, *args: Any, length: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.length = length
        self.fields[
            "minutes"
        ].help_text = f"The session lasts {length} minutes. Leave it empty if they were there for all."

    def clean_minutes(self) -> int | None:
        minutes: int | None = self.cleaned_data["minutes"]
        if minutes is not None and minutes > self.length:
            raise forms.ValidationError(f"Minutes must be {self.length} or fewer, the length of the session")
        return minutes


class ExcusalForm(VersionedFormMixin, NhsForm):
    """A decision about an absence: `hints` shows beneath each effect how the fellow would stand."""

    effect = forms.ChoiceField(
        label="What does this absence count as?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what this absence counts as"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Other administrators can read this. Do not write about anybody's health.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": "Enter the reason for this decision"},
    )

    def __init__(self, *args: Any, effects: Mapping[Effect, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effect"].choices = [(effect.value, effect.label) for effect in effects]  # type: ignore[attr-defined]
        self.option_hints = {  # type: ignore[misc]  # these depend on the fellow
            "effect": {effect.value: hint for effect, hint in effects.items()}
        }


class CloseForm(NhsForm):
    mark_absent = YesNoField(
        label="Were the people you did not mark absent?",
        yes="Yes, they were absent",
        no="No, leave them unmarked",
        help_text="Nobody fails a requirement for being unmarked. People who are excused stay as they are.",
        error_messages={"required": "Select whether the people you did not mark were absent"},
    )

    def __init__(self, *args: Any, unmarked: int, **kwargs: Any) -> None:
        """Where nobody is unmarked there is nothing to ask."""
        super().__init__(*args, **kwargs)
        if not unmarked:
            del self.fields["mark_absent"]


class StandingsFilter(forms.Form):
    """Which fellows of a cohort to list."""

    show = forms.ChoiceField(
        choices=[("", "Everyone"), ("attention", "Those to look at"), *Risk.choices], required=False
    )
