"""What every page of a draft starts from: the person's own, still a draft, in an open window."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications.enums import ApplicationState
from applications.models import Application
from applications.presenters import Deadline, deadline_of
from applications.selectors import CohortForm, applications_of, cohort_at
from applications.services import draft_refusal, window_refusal
from cohorts.enums import WindowState
from cohorts.models import Cohort
from nextstep import clock
from nextstep.accounts.access import signed_in
from nextstep.accounts.held import wants_a_piece


@dataclass(frozen=True)
class Draft:
    application: Application
    form: CohortForm

    @property
    def place(self) -> list[str]:
        """The first parts of every address of this draft."""
        return [self.form.cohort.programme.slug, self.form.cohort.slug]

    @property
    def context(self) -> dict[str, Any]:
        return {
            "application": self.application,
            "cohort": self.form.cohort,
            "place": self.place,
            "deadline": self.deadline,
        }

    @property
    def deadline(self) -> Deadline:
        return deadline_of(self.application.window, clock.now())


def with_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the person's draft; lead elsewhere whoever has none, has sent it, or comes too late."""

    @wraps(view)
    def opened(request: HttpRequest, programme: str, cohort: str, **parts: Any) -> HttpResponse:
        # The rules with it: the page and the service that it calls both read them.
        own = applications_of(request.user).prefetch_related("cohort__eligibility_criteria")  # type: ignore[arg-type]
        try:
            application = own.get(cohort__programme__slug=programme, cohort__slug=cohort)
        except Application.DoesNotExist:
            get_object_or_404(cohort_at(programme, cohort))
            return redirect("applications:start", programme, cohort)
        if application.state != ApplicationState.DRAFT:
            return redirect("applications:application", application.public_id)
        if not application.window.is_open(clock.now()):
            return closed_page(request, application.cohort, application)
        return view(request, Draft(application, CohortForm(application.cohort)), **parts)

    return signed_in(opened)


def closed_page(request: HttpRequest, cohort: Cohort, own: Application | None = None) -> HttpResponse:
    """Say that the window is not open, to a GET and to a POST alike, and to a page that saves by itself."""
    if wants_a_piece(request):
        refusal = draft_refusal(own, clock.now()) if own else window_refusal(cohort, clock.now())
        return JsonResponse({"refusal": refusal}, status=409)
    upcoming = cohort.window_state(clock.now()) == WindowState.UPCOMING
    # Somebody who had longer is told when that ended.
    own_end = own.window.ends_at if own and own.window.ends_at > own.window.closes_at else None
    context = {"cohort": cohort, "upcoming": upcoming, "own_end": own_end}
    return render(request, "applications/closed.html", context, status=200 if request.method == "GET" else 409)
