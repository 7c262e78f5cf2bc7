"""What reviewers score, until the review opens."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from applications.enums import ReviewRoundState
from applications.forms.reviewing_admin import ReviewCriterionForm
from applications.models import ReviewCriterion
from applications.services.reviewing import remove_criterion, save_criterion
from cohorts.admin.scoped import CohortFilter, ScopedAdmin, changed_values
from nextstep.refusals import Refused


@admin.register(ReviewCriterion)
class ReviewCriterionAdmin(ScopedAdmin):
    cohort_path = "round__cohort"
    may_add = True
    form = ReviewCriterionForm
    list_display = ["name", "round", "position", "weight", "comment_required"]
    list_filter = [CohortFilter.for_path("round__cohort")]
    list_select_related = ["round__cohort__programme"]
    ordering = ["round", "position"]
    actions = ["remove"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        more = ["round", "code"] if obj is not None else []
        return [*super().get_readonly_fields(request, obj), *more]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A frozen rubric is looked at."""
        preparing = obj is None or obj.round.state == ReviewRoundState.PREPARING
        return super().has_change_permission(request, obj) and preparing

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        by: Any = request.user
        words = changed_values(form, ReviewCriterionForm.Meta.fields)
        round_of = words.pop("round", None) or obj.round
        stored = ReviewCriterion.objects.filter(pk=obj.pk).first()
        obj.pk = save_criterion(review_round=round_of, by=by, criterion=stored, **words).pk
        obj.refresh_from_db()

    @admin.action(description="Remove the chosen criteria", permissions=["change"])
    def remove(self, request: HttpRequest, queryset: QuerySet[ReviewCriterion]) -> None:
        by: Any = request.user
        for criterion in queryset.select_related("round__cohort"):
            try:
                remove_criterion(criterion=criterion, by=by)
            except Refused as refusal:
                messages.error(request, f"{criterion}: {refusal}")
            else:
                messages.success(request, f"{criterion} is removed.")
