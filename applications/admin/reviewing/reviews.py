"""Reviews to look at; one is taken out of the count, or its reviewer let see the name, with a reason."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from applications.enums import ReviewState
from applications.forms.reviewing_admin import ReviewForm
from applications.models import Review, ReviewScore
from applications.services.reviewing import recuse_reviewer, unblind
from cohorts.admin.scoped import CohortFilter, ReadOnlyInline, ScopedAdmin
from cohorts.enums import Role
from cohorts.models import TeamRole
from cohorts.permissions import roles_held


class ScoreInline(ReadOnlyInline):
    model = ReviewScore
    fields = ["criterion", "value", "comment", "saved_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("criterion", "review__application", "review__reviewer")


@admin.register(Review)
class ReviewAdmin(ScopedAdmin):
    """Whoever reviews in a cohort sees no review of it here, lest it be another's."""

    cohort_path = "round__cohort"
    form = ReviewForm
    list_display = ["reference", "reviewer", "state", "finalised_at", "unblinded_at"]
    list_filter = ["state", CohortFilter.for_path("round__cohort")]
    list_select_related = ["application", "reviewer", "round__cohort__programme"]
    search_fields = ["application__reference", "reviewer__full_name", "reviewer__email"]
    search_help_text = "Search by reference or reviewer"
    fieldsets = [
        (None, {"fields": ["reference", "reviewer", "state", "reason", "assigned_at", "finalised_at", "version_seen"]}),
        ("What the reviewer says of the whole", {"fields": ["confidence", "comment"]}),
        ("Change", {"fields": ["recuse_now", "unblind_now", "why"]}),
    ]
    readonly_fields = [
        "reference", "reviewer", "state", "reason", "assigned_at", "finalised_at", "unblinded_at", "confidence",
        "comment",
    ]  # fmt: skip
    inlines = [ScoreInline]

    def in_scope(self, queryset: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        reviewed = TeamRole.objects.current().filter(roles_held(request.user), role=Role.REVIEWER).values("cohort")
        return super().in_scope(queryset, request).exclude(round__cohort__in=reviewed)

    @admin.display(description="Application", ordering="application__reference")
    def reference(self, review: Review) -> str:
        return review.application.reference

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A review that does not count is history."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state != ReviewState.RECUSED)

    def _holds(self, obj: Any, request: HttpRequest) -> bool:
        """An owner who reviews in the cohort is no exception."""
        return self.in_scope(Review.objects.filter(pk=obj.pk), request).exists()

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        by: Any = request.user
        answers = form.cleaned_data
        review = Review.objects.select_related("round__cohort", "application").get(pk=obj.pk)
        given = {"review": review, "reason": answers["why"], "by": by}
        if answers["unblind_now"]:
            unblind(version=answers["version_seen"], **given)
        if answers["recuse_now"]:
            recuse_reviewer(version=review.version if answers["unblind_now"] else answers["version_seen"], **given)
