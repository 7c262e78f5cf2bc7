"""A fellow's project."""

from collections.abc import Mapping

from django import forms

from qip.forms.renewing import RenewableForm


class ProjectForm(RenewableForm):
    """Nothing is required: a draft may have anything empty, and the service says what a submitted one needs."""

    title = forms.CharField(label="Title", max_length=200, required=False)
    specialty = forms.CharField(label="Specialty (optional)", max_length=100, required=False)
    site = forms.CharField(label="Hospital or practice (optional)", max_length=150, required=False)
    supervisor_name = forms.CharField(
        label="Supervisor’s name",
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Somebody senior where you work who supports the project.",
    )
    supervisor_email = forms.EmailField(
        label="Supervisor’s email address", required=False, widget=forms.EmailInput({"autocomplete": "off"})
    )
    aim = forms.CharField(
        label="Aim",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="Make it SMART: what exactly will change (specific), by how much (measurable), within your reach "
        "(achievable), because it matters to patients or staff (relevant), and by when (time-bound).",
    )
    summary = forms.CharField(
        label="Summary",
        required=False,
        widget=forms.Textarea({"rows": 14}),
        help_text="The problem, what you measure, what you changed and tested, what happened and what you learned. "
        "Do not write anything from which a patient could be recognised.",
    )

    def texts(self) -> dict[str, str]:
        """What was written, without the version."""
        return {name: text for name, text in self.cleaned_data.items() if name != "version"}

    def refuse_empty(self, missing: Mapping[str, str]) -> None:
        """Mark the fields that a submitted project needs."""
        for name, words in missing.items():
            self.add_error(name, f"Enter {words}")
