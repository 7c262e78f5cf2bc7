"""Who does what: people are invited into roles, and roles end."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from cohorts.admin.scoped import ScopedAdmin, cohorts_of
from cohorts.forms import EndRoleForm, InvitationForm
from cohorts.models import TeamRole
from cohorts.permissions import is_owner
from cohorts.selectors import programmes_administered_by
from cohorts.services import end_role, invite_to_role


class CurrentFilter(admin.SimpleListFilter):
    """Current roles unless the person asks for those that ended."""

    title = "current"
    parameter_name = "current"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Ended")]

    def choices(self, changelist: Any) -> Any:
        for value, words in [(None, "Current"), ("no", "Ended")]:
            query = changelist.get_query_string({"current": value} if value else {}, [] if value else ["current"])
            yield {"selected": self.value() == value, "query_string": query, "display": words}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(ended_at__isnull=self.value() != "no")


@admin.register(TeamRole)
class TeamRoleAdmin(ScopedAdmin):
    may_add = True
    form = EndRoleForm
    list_display = ["person", "role", "where", "organisation", "granted_at", "ended_at"]
    list_filter = [CurrentFilter, "role"]
    list_select_related = ["person", "programme", "cohort__programme"]
    search_fields = ["person__full_name", "person__email", "organisation"]
    fieldsets = [
        (None, {"fields": ["person", "role", "programme", "cohort", "organisation", "granted_at", "ended_at"]}),
        ("End the role", {"fields": ["end_now", "reason"]}),
    ]
    invitation = [(None, {"fields": ["email", "full_name", "role", "programme", "cohort", "organisation"]})]
    readonly_fields = ["person", "role", "programme", "cohort", "organisation", "granted_at", "ended_at"]

    def in_scope(self, queryset: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        if is_owner(request.user):
            return queryset
        return queryset.filter(
            Q(cohort__in=cohorts_of(request)) | Q(programme__in=programmes_administered_by(request.user).values("pk"))
        )

    @admin.display(description="In", ordering="cohort")
    def where(self, team_role: TeamRole) -> str:
        return str(team_role.programme or team_role.cohort)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's
        if obj is None:
            kwargs["form"] = InvitationForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.invitation if obj is None else super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else super().get_readonly_fields(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A role that has ended is history."""
        return super().has_change_permission(request, obj) and (obj is None or obj.ended_at is None)

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        by: Any = request.user
        if obj.pk is None:
            obj.pk = invite_to_role(by=by, **form.cleaned_data).pk
            obj.refresh_from_db()
        elif form.cleaned_data["end_now"]:
            end_role(team_role=obj, by=by, reason=form.cleaned_data["reason"])
