"""More time in the admin: the window for everybody, or a late link for one person. Each is written once."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from applications.models import LateLink, WindowExtension
from applications.services import extend_window, give_late_link
from cohorts.admin.scoped import CohortFilter, ScopedAdmin

_FIRST_TOO_LATE = "The first moment that is too late, in London. For the whole of 2 June to count, enter 3 June, 00:00."
_REASON = "Kept with what happened, for the team. It is not in the mail."


class WrittenOnceForm(forms.ModelForm):
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), help_text=_REASON)

    def _post_clean(self) -> None:
        """The service makes the row, and refuses in plain English what the constraints would refuse in theirs."""


class ExtensionForm(WrittenOnceForm):
    class Meta:
        model = WindowExtension
        fields = ["cohort", "closes_at", "reason"]
        help_texts = {"closes_at": f"{_FIRST_TOO_LATE} Everyone with a draft is emailed now."}


class LateLinkForm(WrittenOnceForm):
    email = forms.EmailField(
        label="Email address", help_text="We write to them. Somebody new gets an account with this address."
    )

    class Meta:
        model = LateLink
        fields = ["cohort", "email", "ends_at", "reason"]
        help_texts = {"ends_at": _FIRST_TOO_LATE}


class WrittenOnceAdmin(ScopedAdmin):
    """Added and looked at; never changed."""

    may_add = True
    may_change = False
    added: list[str] = []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.added if obj is None else [*super().get_fields(request, obj)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else super().get_readonly_fields(request, obj)


@admin.register(WindowExtension)
class WindowExtensionAdmin(WrittenOnceAdmin):
    form = ExtensionForm
    added = ["cohort", "closes_at", "reason"]
    list_display = ["cohort", "closed_at", "closes_at", "reason", "made_by", "made_at"]
    list_filter = [CohortFilter]
    list_select_related = ["cohort__programme", "made_by"]
    fields = ["cohort", "closed_at", "closes_at", "reason", "made_by", "made_at"]

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        obj.pk = extend_window(by=request.user, **form.cleaned_data).pk  # type: ignore[arg-type]
        obj.refresh_from_db()


@admin.register(LateLink)
class LateLinkAdmin(WrittenOnceAdmin):
    form = LateLinkForm
    added = ["cohort", "email", "ends_at", "reason"]
    list_display = ["person", "cohort", "ends_at", "reason", "given_by", "given_at"]
    list_filter = [CohortFilter]
    list_select_related = ["person", "cohort__programme", "given_by"]
    search_fields = ["person__full_name", "person__email"]
    search_help_text = "Search by name or email address"
    fields = ["person", "cohort", "ends_at", "reason", "given_by", "given_at"]

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        obj.pk = give_late_link(by=request.user, **form.cleaned_data).pk  # type: ignore[arg-type]
        obj.refresh_from_db()
