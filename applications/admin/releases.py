"""Pending decisions in the admin: looked at together, then released at once or at a set time."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from applications.models import Decision, Release
from applications.presenters.releases import release_page
from applications.services import batch_of, cancel_release, plan_release, take_back_decision
from cohorts.admin.scoped import CohortFilter, ScopedAdmin
from nextstep.clock import LONDON
from nextstep.design.dates import moment_words
from nextstep.refusals import Refused


class ReleaseForm(forms.Form):
    """When to tell them; the moment only where it is not now."""

    when = forms.ChoiceField(
        label="When", choices=[("now", "Now"), ("later", "At a set time")], widget=forms.RadioSelect, initial="now"
    )
    day = forms.DateField(label="Day", required=False)
    time = forms.TimeField(label="Time", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("when") == "later" and not self.errors and not (cleaned["day"] and cleaned["time"]):
            raise forms.ValidationError("Enter the day and the time at which they are told.")
        return cleaned

    def moment(self) -> datetime | None:
        """When to release, on the clocks of London; None for now."""
        if self.cleaned_data["when"] == "now":
            return None
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=LONDON)


class ToldFilter(admin.SimpleListFilter):
    """Those that nobody was told of, unless the person asks for the others."""

    title = "release"
    parameter_name = "told"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("planned", "Planned"), ("yes", "Released")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield {**first, "display": "Pending"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        if self.value() == "yes":
            return queryset.filter(released_at__isnull=False)
        if self.value() == "planned":
            return queryset.filter(released_at__isnull=True, release__isnull=False)
        return queryset.filter(released_at__isnull=True)


@admin.register(Decision)
class DecisionAdmin(ScopedAdmin):
    """What is decided and not told. To release a whole cohort, choose all of its rows."""

    cohort_path = "application__cohort"
    may_change = False
    list_display = ("reference", "applicant_name", "kind", "rank", "set_by", "set_at", "told")
    list_select_related = ("application__applicant", "set_by", "release")
    list_filter = (ToldFilter, "kind", CohortFilter.for_path("application__cohort"))
    search_fields = ("application__applicant__full_name", "application__reference")
    search_help_text = "Search by name or reference"
    ordering = ("kind", "rank", "pk")
    fields = ("reference", "applicant_name", "kind", "rank", "feedback", "set_by", "set_at", "told")
    actions = ("release_decisions", "take_back")

    @admin.display(description="Reference", ordering="application__reference")
    def reference(self, decision: Decision) -> str:
        return decision.application.reference

    @admin.display(description="Name", ordering="application__applicant__full_name")
    def applicant_name(self, decision: Decision) -> str:
        return decision.application.applicant.full_name

    @admin.display(description="Released")
    def told(self, decision: Decision) -> str:
        if decision.released_at is not None:
            return moment_words(decision.released_at)
        return f"On {moment_words(decision.release.planned_for)}" if decision.release else "Not yet"

    @admin.action(description="Release: preview, then tell them", permissions=["view"])
    def release_decisions(self, request: HttpRequest, queryset: QuerySet[Decision]) -> HttpResponse | None:
        """Show exactly who gets what; with `confirmed`, tell them or plan it."""
        pending = queryset.pending()  # type: ignore[attr-defined]
        chosen = list(pending.select_related("application__applicant", "application__cohort__programme", "release"))
        cohorts = {decision.application.cohort for decision in chosen}
        if len(cohorts) != 1:
            words = "Choose decisions of one cohort." if cohorts else "These decisions are released already."
            messages.error(request, words)
            return None
        cohort = cohorts.pop()
        form = ReleaseForm(request.POST if "confirmed" in request.POST else None)
        if form.is_bound and form.is_valid():
            try:
                release = plan_release(
                    cohort=cohort,
                    decisions=[decision.pk for decision in chosen],
                    by=request.user,  # type: ignore[arg-type]
                    seen=request.POST.get("seen"),
                    at=form.moment(),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _words_of(release))
                return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": "Release decisions",
            "opts": self.opts,
            "form": form,
            "chosen": chosen,
            **release_page(cohort, batch_of(chosen)),
        }
        return TemplateResponse(request, "admin/applications/decision/release.html", context)

    @admin.action(description="Take back: forget the decision", permissions=["view"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Decision]) -> None:
        done = 0
        for decision in queryset.select_related("application__applicant"):
            try:
                take_back_decision(decision=decision, by=request.user)  # type: ignore[arg-type]
            except Refused as refusal:
                messages.error(request, f"{decision.application.reference}: {refusal}")
            else:
                done += 1
        if done:
            messages.success(request, f"{done} taken back.")


def _words_of(release: Release) -> str:
    count = release.decisions.count()
    if release.settled_at is not None:
        return f"{count} told."
    return f"{count} will be told on {moment_words(release.planned_for)}."


@admin.register(Release)
class ReleaseAdmin(ScopedAdmin):
    """The moments at which applicants were or will be told."""

    may_change = False
    list_display = ("planned_for", "state", "cohort", "planned_by", "settled_at", "trouble")
    list_select_related = ("cohort__programme", "planned_by")
    list_filter = ("state", CohortFilter)
    fields = ("cohort", "planned_for", "planned_by", "planned_at", "state", "settled_at", "trouble")
    actions = ("cancel_releases",)

    @admin.action(description="Cancel: tell nobody", permissions=["view"])
    def cancel_releases(self, request: HttpRequest, queryset: QuerySet[Release]) -> None:
        done = 0
        for release in queryset.select_related("cohort"):
            try:
                cancel_release(release=release, by=request.user)  # type: ignore[arg-type]
            except Refused as refusal:
                messages.error(request, f"{release}: {refusal}")
            else:
                done += 1
        if done:
            messages.success(request, f"{done} cancelled. The decisions are pending as before.")
