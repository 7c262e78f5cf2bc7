"""The admin's form of a session."""

from functools import partial
from typing import Any, ClassVar

from django import forms

from cohorts.forms import SeenForm
from sessions_app.models import TeachingSession


class SessionForm(SeenForm):
    """Moments are typed as clocks in London show them; one that does not exist, or happens twice, is refused."""

    class Meta:
        model = TeachingSession
        fields: ClassVar = [
            "cohort", "kind", "number", "block", "title", "description", "starts_at", "ends_at", "venue",
            "joining_link", "delivered_by", "hosts_qip_presentations", "replaces",
        ]  # fmt: skip
        # Django 5.2 would have http.
        field_classes: ClassVar = {"joining_link": partial(forms.URLField, assume_scheme="https")}
        labels: ClassVar = {
            "block": "Block of days",
            "starts_at": "Starts (London time)",
            "ends_at": "Ends (London time)",
            "joining_link": "Link to join online",
            "hosts_qip_presentations": "Fellows present their projects here",
            "replaces": "Held instead of this cancelled session",
        }
        help_texts: ClassVar = {
            "joining_link": "Shown only to people on the programme.",
            "replaces": "The cancelled session then no longer counts as attended: this one counts instead.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", forms.ValidationError("The session must end after it starts."))
        return cleaned


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Why? The fellows are told this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Say why the session is cancelled."},
    )
