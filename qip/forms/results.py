"""Opening results, deciding a tie, giving up a bursary."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from nextstep.design.forms import NhsForm, VersionedFormMixin
from qip.forms.renewing import RenewableForm
from qip.selectors import JudgeProgress

Pair = tuple[int, int]


class OpenResultsForm(NhsForm):
    """One box a judge with projects left. Its value names exactly those projects that the page spoke of."""

    leave_out = forms.MultipleChoiceField(
        label="Whose scores that are not final should be left out?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="These judges’ scores of the projects they have left will not count. Their final scores do.",
    )
    reason = forms.CharField(
        label="Why are they left out?",
        widget=forms.Textarea({"rows": 3}),
        required=False,
        help_text="Kept with the results.",
    )

    def __init__(self, *args: Any, progress: Iterable[JudgeProgress], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [own for own in progress if own.left]
        field: Any = self.fields["leave_out"]
        field.choices = [(_value(own), f"{own.judge.person}: {_projects(len(own.left))} left") for own in left]
        if not left:
            del self.fields["leave_out"], self.fields["reason"]

    def pairs(self) -> set[Pair]:
        return {
            (int(judge), int(project))
            for judge, _, projects in (value.partition(":") for value in self.cleaned_data.get("leave_out", []))
            for project in projects.split(",")
        }


def _value(own: JudgeProgress) -> str:
    return f"{own.judge.pk}:{','.join(map(str, own.left))}"


def _projects(number: int) -> str:
    return "1 project" if number == 1 else f"{number} projects"


class TieForm(RenewableForm):
    chosen = forms.MultipleChoiceField(
        label="Which projects get a bursary?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose which projects get a bursary"},
    )
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea({"rows": 4}),
        help_text="Who decided and why, as it should stand in the minutes. Kept with the results.",
        error_messages={"required": "Give the reason for the decision"},
    )

    def __init__(self, *args: Any, tied: Mapping[int, str], seats: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        # In the order of the alphabet, which here is for reading and decides nothing.
        field.choices = [(str(key), name) for key, name in sorted(tied.items(), key=lambda item: item[1])]
        field.help_text = f"Choose {_projects(seats)}."

    def projects(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["chosen"]]


class AwardForm(VersionedFormMixin, NhsForm):
    """Only the version of the results that the person saw."""


class GiveUpForm(RenewableForm):
    reason = forms.CharField(
        label="Why is the bursary given up?",
        widget=forms.Textarea({"rows": 4}),
        help_text="Kept with the results.",
        error_messages={"required": "Say why the bursary is given up"},
    )
