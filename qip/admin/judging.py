"""Panels, their judges, and the judges' scores to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cohorts.admin.scoped import CohortFilter, ReadOnlyInline, ScopedAdmin
from qip.forms.admin import JudgeForm, PanelForm
from qip.models import Assessment, Judge, Panel, Score
from qip.services import add_judge, create_panel


class JudgeInline(ReadOnlyInline):
    model = Judge
    fields = ["person", "organisation", "is_chair", "joined_at"]
    readonly_fields = ["joined_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("person", "panel__cohort__programme")


@admin.register(Panel)
class PanelAdmin(ScopedAdmin):
    may_add = True
    may_change = False
    form = PanelForm
    list_display = ["name", "cohort", "results_page"]
    list_select_related = ["cohort__programme"]
    inlines = [JudgeInline]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj is not None else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["cohort", "name"] if obj is None else ["cohort", "name", "results_page"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "results_page"]

    @admin.display(description="Results")
    def results_page(self, panel: Panel) -> SafeString:
        address = reverse("qip:results", args=[panel.public_id])
        return format_html('<a href="{}">Progress and results of {}</a>', address, panel.cohort)

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        by: Any = request.user
        obj.pk = create_panel(by=by, **form.cleaned_data).pk
        obj.refresh_from_db()


@admin.register(Judge)
class JudgeAdmin(ScopedAdmin):
    cohort_path = "panel__cohort"
    may_add = True
    may_change = False
    form = JudgeForm
    list_display = ["person", "organisation", "is_chair", "panel"]
    list_filter = [CohortFilter.for_path("panel__cohort")]
    list_select_related = ["person", "panel__cohort__programme"]
    search_fields = ["person__full_name", "person__email", "organisation"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["panel", "email", "full_name", "organisation", "is_chair"]
        return ["panel", "person", "organisation", "is_chair", "joined_at"]

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        by: Any = request.user
        obj.pk = add_judge(by=by, **form.cleaned_data).pk
        obj.refresh_from_db()


class ScoreInline(ReadOnlyInline):
    model = Score
    fields = ["criterion", "value", "comment", "saved_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("criterion", "assessment__judge__person")


@admin.register(Assessment)
class AssessmentAdmin(ScopedAdmin):
    """To look at. Whoever sits on a panel sees no scores of it here, lest they be another judge's."""

    cohort_path = "judge__panel__cohort"
    may_change = False
    list_display = ["project", "judge_name", "state", "finalised_at"]
    list_filter = ["state", CohortFilter.for_path("judge__panel__cohort")]
    list_select_related = ["project", "judge__person"]
    search_fields = ["project__title", "judge__person__full_name"]
    fields = ["project", "judge_name", "state", "reason", "finalised_at"]
    readonly_fields = ["judge_name"]
    inlines = [ScoreInline]

    def in_scope(self, queryset: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        return super().in_scope(queryset, request).exclude(judge__panel__judges__person=request.user)

    @admin.display(description="Judge", ordering="judge__person__full_name")
    def judge_name(self, assessment: Assessment) -> str:
        return str(assessment.judge.person)
