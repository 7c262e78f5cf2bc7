"""How a cohort's reserve list moves, in the administration."""

from typing import Any

from django import forms

from applications.models import ReserveList

TERMS = ["mode", "automatic_until", "refill_until", "undo_hours", "shows_number"]
LABELS = {
    "automatic_until": "Automatic until",
    "refill_until": "Refill until",
    "undo_hours": "Hours in which a decline can be undone",
    "shows_number": "Tell people their number",
}
HINTS = {
    "automatic_until": "After this moment each next offer is confirmed by somebody of the team. Empty: no end.",
    "refill_until": "The last day on which anybody new is offered a place. Empty: no end.",
    "undo_hours": "So long the place is held and nobody else is offered it. 0: a decline stands at once.",
    "shows_number": "“You are number 4 of 12 today” on the page of an application.",
}


class _Terms(forms.ModelForm):
    def clean_undo_hours(self) -> int:
        hours: int = self.cleaned_data["undo_hours"]
        if hours > 336:
            raise forms.ValidationError("Enter a number of hours up to 336, which is two weeks.")
        return hours


class ReserveListForm(_Terms):
    """Carries the version of the terms that the person saw."""

    version_seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = ReserveList
        fields = TERMS
        labels = LABELS
        help_texts = HINTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version_seen"].initial = self.instance.version


class NewReserveListForm(_Terms):
    class Meta:
        model = ReserveList
        fields = ["cohort", *TERMS]
        labels = LABELS
        help_texts = HINTS
