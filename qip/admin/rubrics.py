"""Rubrics: what each criterion asks for, until the first score freezes it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from cohorts.admin.scoped import CohortFilter, ReadOnlyInline, ScopedAdmin, changed_values
from nextstep.refusals import Refused
from qip.forms.admin import CriterionForm
from qip.models import Criterion, Rubric
from qip.services import remove_criterion, save_criterion


class CriterionInline(ReadOnlyInline):
    model = Criterion
    fields = ["position", "name", "weight", "comment_required", "breaks_ties"]
    show_change_link = True


@admin.register(Rubric)
class RubricAdmin(ScopedAdmin):
    may_change = False
    list_display = ["cohort", "version", "frozen_at"]
    list_select_related = ["cohort__programme"]
    fields = ["cohort", "version", "frozen_at"]
    inlines = [CriterionInline]


@admin.register(Criterion)
class CriterionAdmin(ScopedAdmin):
    cohort_path = "rubric__cohort"
    may_add = True
    form = CriterionForm
    list_display = ["name", "rubric", "position", "weight", "comment_required", "breaks_ties"]
    list_filter = [CohortFilter.for_path("rubric__cohort")]
    list_select_related = ["rubric__cohort__programme"]
    ordering = ["rubric", "position"]
    actions = ["remove"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        more = ["rubric", "code"] if obj is not None else []
        return [*super().get_readonly_fields(request, obj), *more]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A frozen rubric is looked at."""
        return super().has_change_permission(request, obj) and (obj is None or obj.rubric.frozen_at is None)

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        by: Any = request.user
        words = changed_values(form, CriterionForm.Meta.fields)
        rubric = words.pop("rubric", None) or obj.rubric
        stored = Criterion.objects.filter(pk=obj.pk).first()
        obj.pk = save_criterion(rubric=rubric, by=by, criterion=stored, **words).pk
        obj.refresh_from_db()

    @admin.action(description="Remove the chosen criteria", permissions=["change"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Criterion]) -> None:
        by: Any = request.user
        for criterion in queryset.select_related("rubric__cohort"):
            try:
                remove_criterion(criterion=criterion, by=by)
            except Refused as refusal:
                messages.error(request, f"{criterion}: {refusal}")
            else:
                messages.success(request, f"{criterion} is removed.")
