"""Reserve lists in the admin: how each moves, who waits, and the next offer where somebody confirms it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from applications.forms.reserve_list import TERMS, NewReserveListForm, ReserveListForm
from applications.models import Application, Offer, ReserveList
from applications.rules.reserve_list import waits_for_somebody
from applications.services import change_reserve_list, offer_next
from cohorts.admin.scoped import CohortFilter, ScopedAdmin, changed_values
from cohorts.models import Cohort
from cohorts.selectors import seat_counts
from nextstep import clock
from nextstep.refusals import Refused


@admin.register(ReserveList)
class ReserveListAdmin(ScopedAdmin):
    may_add = True
    form = ReserveListForm
    list_display = ["cohort", "mode", "automatic_until", "refill_until", "undo_hours", "shows_number"]
    list_display_links = ["cohort"]
    list_filter = ["mode", CohortFilter]
    list_select_related = ["cohort__programme"]
    actions = ["offer_next_place"]

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.list_display

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's
        return super().get_form(request, obj, change, **({} if obj else {"form": NewReserveListForm}), **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["cohort", *TERMS] if obj is None else ["cohort", "version_seen", *TERMS]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), *(["cohort"] if obj is not None else [])]

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        by: Any = request.user
        answers = form.cleaned_data
        if obj.pk is None:
            cohort = answers["cohort"]
            change_reserve_list(cohort=cohort, by=by, **{name: answers[name] for name in TERMS})
            obj.pk = ReserveList.objects.get(cohort=cohort).pk
            return
        cohort = Cohort.objects.select_related("programme").get(reserve_list=obj.pk)
        written = changed_values(form, TERMS)
        change_reserve_list(cohort=cohort, by=by, version=answers["version_seen"], **written)

    @admin.action(description="Who is next: look, and offer a place", permissions=["view"])
    def offer_next_place(self, request: HttpRequest, queryset: QuerySet[ReserveList]) -> HttpResponse | None:
        """Show who waits and how many seats are free; with `expected`, offer a place to that one."""
        lists = list(queryset.select_related("cohort__programme"))
        if len(lists) != 1:
            messages.error(request, "Choose one reserve list.")
            return None
        terms = lists[0]
        waiting = Application.objects.filter(cohort=terms.cohort).on_reserve_list()
        expected = request.POST.get("expected", "")
        if expected.isdecimal():
            found = Application.objects.filter(cohort=terms.cohort, pk=expected).select_related("cohort").first()
            self._offer(request, found)
            return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": "Who is next",
            "opts": self.opts,
            "terms": terms,
            "waiting": list(waiting.select_related("applicant").defer("answers", "unread")),
            "free": seat_counts(terms.cohort).free,
            "may_offer": waits_for_somebody(terms, clock.now(), clock.today()),
            "held": Offer.objects.unsettled().filter(application__cohort=terms.cohort).order_by("undo_until"),
        }
        return TemplateResponse(request, "admin/applications/reservelist/next.html", context)

    def _offer(self, request: HttpRequest, application: Application | None) -> None:
        try:
            if application is None:
                raise Refused("That application is not here.")
            offer_next(application=application, by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{application.reference} is offered a place.")
