"""Sessions in the admin: made as drafts, published, changed, cancelled."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cohorts.admin.scoped import CohortFilter, ReadOnlyInline, ScopedAdmin, changed_values
from nextstep.design.dates import span_words
from nextstep.design.furniture import link
from nextstep.refusals import Refused
from sessions_app import services
from sessions_app.enums import SessionState
from sessions_app.forms import CancelForm, SessionForm
from sessions_app.messages import session_path
from sessions_app.models import ActionLearningTerms, ActionLearningTopic, TeachingSession, TopicWindow
from sessions_app.rules.slots import Capacity
from sessions_app.selectors import sessions_overlapping, topic_capacities


@admin.register(TeachingSession)
class TeachingSessionAdmin(ScopedAdmin):
    may_add = True
    form = SessionForm
    list_display = ("title", "kind", "number", "when", "venue", "state", "cohort")
    list_filter = (CohortFilter, "kind", "state")
    list_select_related = ("cohort__programme",)
    search_fields = ("title", "venue", "delivered_by")
    ordering = ("starts_at", "pk")
    readonly_fields = ("state", "page")
    actions = ("publish_sessions", "cancel_sessions")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*SessionForm.Meta.fields, "version_seen", *(("state", "page") if obj else ())]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *(("cohort",) if obj else ()))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A cancelled session stays as it was, to be looked at."""
        cancelled = obj is not None and obj.state == SessionState.CANCELLED
        return not cancelled and super().has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "replaces":
            kwargs["queryset"] = self.get_queryset(request).filter(state=SessionState.CANCELLED)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="When", ordering="starts_at")
    def when(self, session: TeachingSession) -> str:
        return span_words(session.starts_at, session.ends_at)

    @admin.display(description="Its page")
    def page(self, session: TeachingSession) -> SafeString:
        return link("What people see of it", session_path(session))

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        by: Any = request.user
        if obj.pk is None:
            fields = {name: form.cleaned_data[name] for name in SessionForm.Meta.fields if name != "cohort"}
            session = services.create_session(cohort=form.cleaned_data["cohort"], fields=fields, by=by)
            obj.pk = session.pk
        else:
            session = TeachingSession.objects.select_related("cohort__programme").get(pk=obj.pk)
            fields = changed_values(form, SessionForm.Meta.fields)
            services.change_session(session=session, fields=fields, by=by, version=form.cleaned_data["version_seen"])
        for other in sessions_overlapping(session):
            messages.warning(request, f"This overlaps {other}: {span_words(other.starts_at, other.ends_at)}.")

    @admin.action(description="Publish: let people see them", permissions=["change"])
    def publish_sessions(self, request: HttpRequest, queryset: QuerySet[TeachingSession]) -> None:
        for session in queryset:
            self._try(request, session, "published", lambda one: services.publish_session(session=one, by=request.user))  # type: ignore[arg-type]

    @admin.action(description="Cancel, with a reason", permissions=["change"])
    def cancel_sessions(self, request: HttpRequest, queryset: QuerySet[TeachingSession]) -> HttpResponse | None:
        """Ask for the reason first; with one, cancel each and tell its fellows."""
        form = CancelForm(request.POST if "reason" in request.POST else None)
        sessions = list(queryset.select_related("cohort__programme"))
        if not form.is_valid():
            context = {"title": "Cancel sessions", "opts": self.opts, "sessions": sessions, "form": form}
            page = {**self.admin_site.each_context(request), **context}
            return TemplateResponse(request, "admin/sessions_app/teachingsession/cancel.html", page)
        reason = form.cleaned_data["reason"]
        for session in sessions:
            self._try(
                request,
                session,
                "cancelled, and its fellows are told",
                lambda one: services.cancel_session(session=one, reason=reason, by=request.user),  # type: ignore[arg-type]
            )
        return None

    @staticmethod
    def _try(request: HttpRequest, session: TeachingSession, done: str, work: Any) -> None:
        try:
            work(session)
        except Refused as refusal:
            messages.error(request, f"{session}: {refusal}")
        else:
            messages.success(request, f"{session}: {done}.")


class TopicWindowInline(ReadOnlyInline):
    model = TopicWindow
    fields = ("starts_at", "ends_at")


@admin.register(ActionLearningTopic)
class ActionLearningTopicAdmin(ScopedAdmin):
    """The topics of a cohort's action learning sets, as its programme file has them."""

    may_change = False
    list_display = ("title", "number", "cohort")
    list_filter = (CohortFilter,)
    list_select_related = ("cohort__programme",)
    inlines = (TopicWindowInline,)


@admin.register(ActionLearningTerms)
class ActionLearningTermsAdmin(ScopedAdmin):
    """The sizes of groups, and whether the slots hold everybody."""

    may_change = False
    list_display = ("cohort", "slot_minutes", "group_size", "largest_group", "venue")
    list_filter = (CohortFilter,)
    list_select_related = ("cohort__programme",)
    fields = ("cohort", "slot_minutes", "group_size", "largest_group", "venue", "room_for_everybody")
    readonly_fields = ("room_for_everybody",)

    @admin.display(description="Room for everybody")
    def room_for_everybody(self, terms: ActionLearningTerms) -> SafeString:
        """Said before anyone is asked (domain.md, Action learning sets)."""
        lines = [(_room(one.topic.number, one.at_target, one.at_largest),) for one in topic_capacities(terms.cohort)]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines))


def _room(number: int, target: Capacity, largest: Capacity) -> str:
    at = (
        f"Topic {number}: {target.slots} slots hold {target.holds} of {target.people} at {target.group_size} to a group"
    )
    if not target.shortfall:
        return f"{at}."
    if not largest.shortfall:
        return f"{at}. Groups of {largest.group_needed} hold everybody."
    return f"{at}, and {largest.holds} at {largest.group_size}. {target.slots_needed} slots would hold everybody."
