"""Forms of the admin for programmes, cohorts, fellows and teams."""

from datetime import datetime
from typing import Any

from django import forms

from cohorts.models import Cohort, Place, Programme, TeamRole
from nextstep import clock


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else (super().to_python(value) or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or "") != self.to_python(data or "")


class SeenForm(forms.ModelForm):
    """Carries the version of the object that the person saw."""

    version_seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version_seen"].initial = self.instance.version


class ProgrammeForm(SeenForm):
    disciplines = LinesField(required=False, help_text="One a line.")
    delivery_partners = LinesField(required=False, help_text="One a line.")

    class Meta:
        model = Programme
        fields = [
            "name", "audience", "region", "disciplines", "funded_by", "accredited_by", "delivery_partners",
            "contact_email", "introduction",
        ]  # fmt: skip
        help_texts = {
            "introduction": "Shown on the page of each cohort that has no introduction of its own. "
            "An empty line begins a new paragraph.",
        }


def _closes_later_though_open(cohort: Cohort, closes: datetime) -> bool:
    held = Cohort.objects.filter(pk=cohort.pk).values_list("applications_open_at", "applications_close_at").first()
    return held is not None and held[0] <= clock.now() and closes > held[1]


class CohortForm(SeenForm):
    class Meta:
        model = Cohort
        fields = [
            "name", "introduction", "study_leave_words", "applications_open_at", "applications_close_at",
            "grace_minutes", "commences_on", "ends_on", "places", "queue", "expected_hours", "offer_days",
            "present_share", "study_leave_weeks", "training_hub",
        ]  # fmt: skip
        labels = {
            "introduction": "Introduction on the public page",
            "study_leave_words": "What the public page says about study leave",
            "applications_open_at": "Applications open",
            "applications_close_at": "Applications close",
            "grace_minutes": "Minutes of grace",
            "queue": "Length of the queue",
            "offer_days": "Working days an offer stays open",
            "present_share": "Percent of a session that counts as present",
            "study_leave_weeks": "Weeks of notice for study leave",
        }
        help_texts = {
            "introduction": "Empty shows the programme's. An empty line begins a new paragraph.",
            "study_leave_words": "Empty shows what the portal writes from the dates.",
            "applications_close_at": "The first moment that is too late, in London. "
            "For the whole of 2 June to count, enter 3 June and midnight (00:00).",
            "grace_minutes": "How long after closing those who had begun can still send their application. "
            "They see it on every page.",
            "places": "Seats are added or removed to match. There cannot be fewer than are taken.",
            "offer_days": "Without bank holidays in England. An offer ends with the last of them, in London.",
            "queue": "How many may wait behind full places, where places go first come, first served.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("applications_open_at"), cleaned.get("applications_close_at")
        if opens and closes and closes <= opens:
            self.add_error("applications_close_at", "Applications must close after they open.")
        elif closes and _closes_later_though_open(self.instance, closes):
            self.add_error(
                "applications_close_at",
                "People have begun to apply. Add an extension of the window instead: it asks for the reason, and tells "
                "those who have begun.",
            )
        if cleaned.get("grace_minutes", 0) > 1440:
            self.add_error("grace_minutes", "Enter 1440, which is a day, or less.")
        begins, ends = cleaned.get("commences_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "The cohort must end on or after the day it commences.")
        if not 1 <= cleaned.get("present_share", 1) <= 100:
            self.add_error("present_share", "Enter a number from 1 to 100.")
        if cleaned.get("places") == 0:
            self.add_error("places", "Enter 1 or more.")
        return cleaned


class PlaceForm(SeenForm):
    class Meta:
        model = Place
        fields = ["employer", "supervisor_name", "supervisor_email"]


class InvitationForm(forms.ModelForm):
    """Somebody who is to hold a role, by their e-mail address."""

    email = forms.EmailField(
        label="Email address", help_text="We write to them. Somebody new gets an account with this address."
    )
    full_name = forms.CharField(max_length=150, required=False, help_text="A name they gave themselves stays.")

    class Meta:
        model = TeamRole
        fields = ["role", "programme", "cohort", "organisation"]
        help_texts = {
            "programme": "For a programme administrator.",
            "cohort": "For every other role.",
        }

    def _post_clean(self) -> None:
        """The service makes the row, and refuses in plain English what the constraints would refuse in theirs."""


class EndRoleForm(forms.ModelForm):
    """Ends a role; what it was stays as history."""

    end_now = forms.BooleanField(required=False, label="End this role now")
    reason = forms.CharField(required=False, max_length=500)

    class Meta:
        model = TeamRole
        fields: list[str] = []
