"""The review of a cohort: how many read each application, by when, and whether it is open."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from applications.admin.reviewing.ranking import move_page, ranking_page
from applications.admin.reviewing.sharing import readers_page, sharing_page
from applications.forms.reviewing_admin import NewRoundForm, RoundForm
from applications.models import ReviewCriterion, ReviewRound
from applications.services.reviewing import change_round, make_round, open_round
from cohorts.admin.scoped import CohortFilter, ReadOnlyInline, ScopedAdmin, changed_values


class CriterionInline(ReadOnlyInline):
    model = ReviewCriterion
    fields = ["position", "name", "weight", "comment_required"]
    show_change_link = True


@admin.register(ReviewRound)
class ReviewRoundAdmin(ScopedAdmin):
    may_add = True
    form = RoundForm
    list_display = ["cohort", "state", "reviews_each", "most_each", "due_at"]
    list_display_links = ["cohort"]
    list_filter = ["state", CohortFilter]
    list_select_related = ["cohort__programme"]
    inlines = [CriterionInline]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's
        return super().get_form(request, obj, change, **({} if obj else {"form": NewRoundForm}), **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj is not None else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["cohort", "reviews_each", "most_each", "due_at"]
        preparing = ["open_now"] if obj.opened_at is None else ["opened_at"]
        return [
            "cohort",
            "state",
            "version_seen",
            "reviews_each",
            "most_each",
            "due_at",
            *preparing,
            "sharing",
            "ranking",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        more = ["cohort", "state", "opened_at", "sharing", "ranking"] if obj is not None else []
        return [*super().get_readonly_fields(request, obj), *more]

    @admin.display(description="Who reads what")
    def sharing(self, review_round: ReviewRound) -> SafeString:
        address = reverse("admin:applications_reviewround_sharing", args=[review_round.pk])
        return format_html('<a href="{}">Share out the applications</a>', address)

    @admin.display(description="Ranking")
    def ranking(self, review_round: ReviewRound) -> SafeString:
        address = reverse("admin:applications_reviewround_ranking", args=[review_round.pk])
        return format_html('<a href="{}">See the ranking</a>', address)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/sharing/", wrap(self.sharing_view), name="applications_reviewround_sharing"),
            path(
                "<int:pk>/sharing/<int:application_id>/",
                wrap(self.readers_view),
                name="applications_reviewround_readers",
            ),
        ]
        own += [
            path("<int:pk>/ranking/", wrap(self.ranking_view), name="applications_reviewround_ranking"),
            path("<int:pk>/ranking/<int:application_id>/", wrap(self.move_view), name="applications_reviewround_move"),
        ]
        return [*own, *super().get_urls()]

    def sharing_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return sharing_page(request, self._round(request, pk), self._context(request))

    def readers_view(self, request: HttpRequest, pk: int, application_id: int) -> HttpResponse:
        return readers_page(request, self._round(request, pk), application_id, self._context(request))

    def ranking_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return ranking_page(request, self._round(request, pk), self._context(request))

    def move_view(self, request: HttpRequest, pk: int, application_id: int) -> HttpResponse:
        return move_page(request, self._round(request, pk), application_id, self._context(request))

    def _round(self, request: HttpRequest, pk: int) -> ReviewRound:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("cohort__programme"), pk=pk)

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts}

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        by: Any = request.user
        if obj.pk is None:
            obj.pk = make_round(by=by, **form.cleaned_data).pk
            obj.refresh_from_db()
            return
        answers = form.cleaned_data
        written = changed_values(form, RoundForm.Meta.fields)
        stored = ReviewRound.objects.select_related("cohort").get(pk=obj.pk)
        if written or not answers.get("open_now"):
            stored = change_round(review_round=stored, version=answers["version_seen"], by=by, **written)
        if answers.get("open_now"):
            open_round(review_round=stored, by=by, version=stored.version if written else answers["version_seen"])
