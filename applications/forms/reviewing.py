"""What reviewers write."""

from typing import Any

from django import forms

from nextstep.design.forms import NhsForm, VersionedFormMixin

LONGEST_LINE = 200


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
