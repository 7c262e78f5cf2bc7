"""Forms of the administration."""

from django import forms

from cohorts.forms import SeenForm
from nextstep.accounts.admin.forms import AsSeenForm
from qip.models import Criterion, Judge, Panel, Project


class ProjectAdminForm(SeenForm):
    hand_in_now = forms.BooleanField(required=False, help_text="For a fellow who cannot do it themselves.")
    withdraw_now = forms.BooleanField(required=False, help_text="The panel no longer hears the project.")
    reason = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Why it is withdrawn. Kept in the history."
    )

    class Meta:
        model = Project
        fields = ["title", "specialty", "site", "supervisor_name", "supervisor_email", "aim", "summary"]


class PanelForm(forms.ModelForm):
    class Meta:
        model = Panel
        fields = ["cohort", "name"]

    def _post_clean(self) -> None:
        """As for judges: the service makes the row."""


class JudgeForm(forms.ModelForm):
    """A judge is named by address, and becomes a person of the portal if they are none yet."""

    email = forms.EmailField(label="Email address")
    full_name = forms.CharField(required=False, help_text="For somebody who has no account yet.")

    class Meta:
        model = Judge
        fields = ["panel", "organisation", "is_chair"]
        help_texts = {
            "organisation": "A judge does not score fellows who work for the same organisation.",
            "is_chair": "A panel has one chair.",
        }

    def _post_clean(self) -> None:
        """The service makes the row, and refuses in plain English what the constraints would refuse in theirs."""


class CriterionForm(AsSeenForm):
    class Meta:
        model = Criterion
        fields = [
            "rubric", "name", "code", "position", "weight", "guidance", "level_1", "level_3", "level_5",
            "comment_required", "breaks_ties",
        ]  # fmt: skip
        help_texts = {
            "code": "Names the criterion in records. Lower-case letters and hyphens.",
            "weight": "Only the proportions count. The weights need not add up to 100.",
            "breaks_ties": "Ticking it here takes it from the criterion that has it now.",
        }

    def _post_clean(self) -> None:
        """The service writes the row, and takes the tie-break from the criterion that has it."""
