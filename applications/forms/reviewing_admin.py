"""Forms of the administration of reviewing."""

from typing import Any

from django import forms

from applications.models import Review, ReviewCriterion, ReviewRound
from cohorts.forms import SeenForm
from nextstep.accounts.admin.forms import AsSeenForm

_HELP = {
    "reviews_each": "Every application is read by this many reviewers, if enough are free of conflict.",
    "most_each": "Empty: no limit. Applications are shared out evenly either way.",
    "due_at": "In London. Reviewers are told, and reminded before it.",
}


class NewRoundForm(forms.ModelForm):
    class Meta:
        model = ReviewRound
        fields = ["cohort", "reviews_each", "most_each", "due_at"]
        help_texts = _HELP

    def _post_clean(self) -> None:
        """The service makes the row, and refuses in plain English what the constraints would refuse in theirs."""


class RoundForm(SeenForm):
    open_now = forms.BooleanField(required=False, label="Open the review now", help_text="Its rubric is then frozen.")

    class Meta:
        model = ReviewRound
        fields = ["reviews_each", "most_each", "due_at"]
        help_texts = _HELP

    def clean_reviews_each(self) -> int:
        return _one_or_more(self.cleaned_data["reviews_each"])

    def clean_most_each(self) -> int | None:
        most = self.cleaned_data["most_each"]
        return most if most is None else _one_or_more(most)


class ReviewCriterionForm(AsSeenForm):
    class Meta:
        model = ReviewCriterion
        fields = [
            "round", "name", "code", "position", "weight", "guidance", "level_1", "level_3", "level_5",
            "comment_required",
        ]  # fmt: skip
        help_texts = {
            "code": "Names the criterion in records. Lower-case letters and hyphens.",
            "weight": "Only the proportions count. The weights need not add up to 100.",
        }

    def clean_weight(self) -> int:
        return _one_or_more(self.cleaned_data["weight"])

    def _post_clean(self) -> None:
        """The service writes the row."""


class ReviewForm(SeenForm):
    """What an administrator can do with a review; its scores are the reviewer's own."""

    recuse_now = forms.BooleanField(
        required=False,
        label="Take this review out of the count",
        help_text="For a conflict of interest. Scores stay on record.",
    )
    unblind_now = forms.BooleanField(
        required=False, label="Let this reviewer see who the applicant is", help_text="This cannot be undone."
    )
    why = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Needed for either. Kept in the history."
    )

    class Meta:
        model = Review
        fields: list[str] = []


def _one_or_more(number: Any) -> int:
    if number < 1:
        raise forms.ValidationError("Enter 1 or more.")
    return int(number)
