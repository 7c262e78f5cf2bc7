"""Programmes and cohorts: their public words, dates and places are changed here, their rules come from the file."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from cohorts.admin.scoped import ReadOnlyInline, ScopedAdmin, changed_values
from cohorts.forms import CohortForm, ProgrammeForm
from cohorts.models import (
    AttendanceRequirement,
    Cohort,
    EligibilityCriterion,
    GraduationTerms,
    Programme,
    RequiredDocument,
)
from cohorts.selectors import cohorts_administered_by, programmes_administered_by, with_seat_counts
from cohorts.services import change_cohort, change_programme
from nextstep import clock


@admin.register(Programme)
class ProgrammeAdmin(ScopedAdmin):
    form = ProgrammeForm
    list_display = ["name", "region", "contact_email"]
    search_fields = ["name", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "version_seen", "audience", "region", "disciplines", "introduction"]}),
        ("Who stands behind it", {"fields": ["funded_by", "accredited_by", "delivery_partners", "contact_email"]}),
        ("From its file", {"fields": ["slug", "locally_led"]}),
    ]
    readonly_fields = ["slug", "locally_led"]

    def in_scope(self, queryset: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        return queryset.filter(pk__in=programmes_administered_by(request.user).values("pk"))

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        fields = changed_values(form, ProgrammeForm.Meta.fields)
        programme = Programme.objects.get(pk=obj.pk)
        change_programme(programme=programme, by=request.user, version=form.cleaned_data["version_seen"], **fields)  # type: ignore[arg-type]


class EligibilityInline(ReadOnlyInline):
    model = EligibilityCriterion
    fields = ["position", "rule", "parameters"]


class DocumentInline(ReadOnlyInline):
    model = RequiredDocument
    fields = ["label", "number"]


class AttendanceInline(ReadOnlyInline):
    model = AttendanceRequirement
    fields = ["session_kind", "minimum_words"]
    readonly_fields = ["minimum_words"]


class GraduationInline(ReadOnlyInline):
    model = GraduationTerms


@admin.register(Cohort)
class CohortAdmin(ScopedAdmin):
    form = CohortForm
    list_display = ["name", "programme", "window", "commences_on", "ends_on", "places", "taken"]
    list_filter = ["selection"]
    list_select_related = ["programme"]
    search_fields = ["name", "slug", "programme__name"]
    inlines = [EligibilityInline, DocumentInline, AttendanceInline, GraduationInline]
    fieldsets = [
        (None, {"fields": ["name", "version_seen", "programme", "slug", "selection"]}),
        ("Words on its public page", {"fields": ["introduction", "study_leave_words", "training_hub"]}),
        (
            "Dates",
            {"fields": ["applications_open_at", "applications_close_at", "grace_minutes", "commences_on", "ends_on"]},
        ),
        ("Places", {"fields": ["places", "taken", "queue", "offer_days"]}),
        ("Taking part", {"fields": ["expected_hours", "present_share", "study_leave_weeks"]}),
        ("Commitment", {"fields": ["commitment_required", "withdrawal_fee_pounds"]}),
    ]
    readonly_fields = ["programme", "slug", "selection", "taken", "commitment_required", "withdrawal_fee_pounds"]

    def in_scope(self, queryset: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        return queryset.filter(pk__in=cohorts_administered_by(request.user).values("pk"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_seat_counts(super().get_queryset(request))

    @admin.display(description="Window")
    def window(self, cohort: Cohort) -> str:
        return cohort.window_state(clock.now()).label

    @admin.display(description="Seats taken")
    def taken(self, cohort: Any) -> int:
        taken: int = cohort.seats_taken
        return taken

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        fields = changed_values(form, CohortForm.Meta.fields)
        cohort = Cohort.objects.select_related("programme").get(pk=obj.pk)
        change_cohort(cohort=cohort, by=request.user, version=form.cleaned_data["version_seen"], **fields)  # type: ignore[arg-type]
