"""Applications in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from applications.admin.decisions import DECISIONS, SAVED, carry_out, confirmation, is_told_now, people_concerned
from applications.admin.filters import ClashFilter, DisciplineFilter, StateFilter
from applications.admin.paging import PageByKey
from applications.models import Application
from applications.presenters import state_tag, submitted_page
from applications.selectors import pending_of, whole_application
from cohorts.admin.scoped import CohortFilter, ScopedAdmin, cohorts_of
from nextstep.audit.presenters import rendered_timeline


@admin.register(Application)
class ApplicationAdmin(ScopedAdmin):
    """A list to decide from, and each application on one page. Nothing is typed here: decisions are actions."""

    may_change = False
    list_display = (
        "reference",
        "applicant_name",
        "state",
        "eligibility",
        "discipline",
        "submitted_at",
        "cohort",
        "applicant_email",
    )
    paginator = PageByKey
    list_select_related = ("applicant", "cohort__programme")
    list_filter = (StateFilter, "eligibility", DisciplineFilter, ClashFilter, CohortFilter)
    search_fields = ("applicant__full_name", "applicant__email", "reference")
    search_help_text = "Search by name, email address or reference"
    show_facets = admin.ShowFacets.ALLOW
    actions = tuple(DECISIONS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        return super().get_queryset(request).defer("answers", "unread")

    @admin.display(description="Name", ordering="applicant__full_name")
    def applicant_name(self, application: Application) -> str:
        return application.applicant.full_name

    @admin.display(description="Email", ordering="applicant__email")
    def applicant_email(self, application: Application) -> str:
        return application.applicant.email

    # --- one application

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Answers, verdicts, documents, offers, and what happened; what can be decided, as buttons."""
        whole = whole_application(self.get_queryset(request).select_related("applicant"))
        try:
            application = whole.get(pk=object_id)
        except (Application.DoesNotExist, ValueError):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": f"{application.reference}: {application.applicant}",
            "opts": self.opts,
            "application": application,
            "cohort": next(cohort for cohort in cohorts_of(request) if cohort.pk == application.cohort_id),
            "state": state_tag(application),
            "decisions": [d for d in DECISIONS.values() if d.transition.allows(application.state)],
            "pending": pending_of([application]).get(application.pk),
            "timeline": rendered_timeline(application),
            **submitted_page(application),
        }
        return TemplateResponse(request, "admin/applications/application/page.html", context)

    # --- decisions

    @admin.action(description="Offer a place", permissions=["view"])
    def offer_place(self, request: HttpRequest, queryset: QuerySet[Application]) -> HttpResponse:
        return self.decide(request, queryset, "offer_place")

    @admin.action(description="Put on the reserve list", permissions=["view"])
    def put_on_reserve_list(self, request: HttpRequest, queryset: QuerySet[Application]) -> HttpResponse:
        return self.decide(request, queryset, "put_on_reserve_list")

    @admin.action(description="Decline: not selected", permissions=["view"])
    def decline_application(self, request: HttpRequest, queryset: QuerySet[Application]) -> HttpResponse:
        return self.decide(request, queryset, "decline_application")

    def decide(self, request: HttpRequest, queryset: QuerySet[Application], action: str) -> HttpResponse:
        """Name everybody first; with `confirmed`, do it and say what came of it for each."""
        decision = DECISIONS[action]
        people = people_concerned(decision, queryset.select_related("applicant", "cohort__programme"))
        context = {**self.admin_site.each_context(request), "title": decision.title, "opts": self.opts}
        context["from_page"] = request.POST.get("from_page", "")
        if "confirmed" not in request.POST:
            context |= confirmation(decision, people)
            return TemplateResponse(request, "admin/applications/application/decide.html", context)
        done, refused = carry_out(decision, people, request)
        if done:
            messages.success(request, (decision.done if is_told_now(request) else SAVED).format(count=done))
        if refused:
            context |= {"decision": decision, "done": done, "refused": refused}
            return TemplateResponse(request, "admin/applications/application/refused.html", context)
        return HttpResponseRedirect(self._back(request, people[0].application if people else None))

    def _back(self, request: HttpRequest, application: Application | None) -> str:
        if application is not None and request.POST.get("from_page"):
            return reverse(f"{self.admin_site.name}:applications_application_change", args=[application.pk])
        return request.get_full_path()
