"""What reviewers write."""

from collections.abc import Mapping
from typing import Any

from django import forms

from applications.services.reviewing import Mark
from nextstep.design.forms import NhsForm, VersionedFormMixin

LONGEST_LINE = 200
LONGEST_COMMENT = 5000
_VERSION = "version-"


class LinesOfTextField(forms.CharField):
    """Short texts, one a line."""

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value)).splitlines()]
        if any(len(line) > LONGEST_LINE for line in lines):
            raise forms.ValidationError(f"Each line must be {LONGEST_LINE} characters or fewer")
        return list(dict.fromkeys(line for line in lines if line))


class InterestsForm(VersionedFormMixin, NhsForm):
    """Everything may be empty: then there is nothing to declare."""

    employers = LinesOfTextField(
        label="Where do you work, or have you worked in the last year?",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="One organisation a line. You will not be given applications from the same employer.",
    )
    supervisor_email = forms.EmailField(
        label="If you are in training, what is your supervisor’s email address?",
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text="You will not be given applications of people with the same supervisor.",
    )
    people = LinesOfTextField(
        label="Is there anybody whose application you must not read?",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="For example, people you supervise, teach, live with or have fallen out with. One a line: "
        "a full name, an email address, or a GMC or GDC number. The programme team can read this.",
    )
    field_order = ["employers", "supervisor_email", "people", "version"]

    def said(self) -> dict[str, Any]:
        """What was declared, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def bring_up_to_date(self, version: int) -> None:
        """The next sending replaces knowingly what was saved meanwhile."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.data = data


class ConflictForm(NhsForm):
    reason = forms.CharField(
        label="What is the conflict of interest?",
        widget=forms.Textarea({"rows": 4}),
        help_text="For example: I think I know who this is, because we work in the same team. "
        "The programme team can read this.",
        error_messages={"required": "Say what the conflict of interest is"},
    )


def marks_of(post: Mapping[str, str], only: str = "") -> list[Mark]:
    """The marks that a form carries: all, or the one criterion `only` that was touched.

    What is no score from 1 to 5 is read as none, so that nothing else of the form is lost with it.
    """
    codes = [name.removeprefix(_VERSION) for name in post if name.startswith(_VERSION)]
    return [
        Mark(
            criterion=code,
            value=_number(post.get(f"score-{code}", ""), 5) or None,
            comment=post.get(f"comment-{code}", "").replace("\r\n", "\n").strip()[:LONGEST_COMMENT],
            version=_number(post.get(f"{_VERSION}{code}", ""), 10**9),
        )
        for code in codes
        if only in ("", code)
    ]


def _number(text: str, highest: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= highest else 0
