"""The eligibility check: no account, and nothing kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from applications.forms import facts_form
from applications.presenters import ntn_as_read, verdict_rows
from applications.rules.draft import worst
from applications.selectors import CohortForm, cohort_at
from nextstep import clock
from nextstep.accounts.access import public


@public
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, programme: str, cohort: str) -> HttpResponse:
    """Ask for what the rules need; a POST shows every verdict, and why, above the answers."""
    asked = CohortForm(get_object_or_404(cohort_at(programme, cohort)))
    form_class = facts_form(asked, asked.check_facts, drafting=False)
    form = form_class(request.POST) if request.method == "POST" else form_class()
    context = {
        "cohort": asked.cohort,
        "form": form,
        "place": [programme, cohort],
        "window": asked.cohort.window_state(clock.now()),
    }
    if form.is_bound and form.is_valid():
        verdicts = asked.verdicts(form.answers, clock.today())
        context |= {
            "verdicts": verdict_rows(asked, verdicts),
            "outcome": worst(verdicts),
            "ntn_as_read": ntn_as_read(form.answers),
        }
    response = render(request, "applications/check.html", context)
    # Answers about a person stand in this page: no browser or proxy keeps it.
    response["Cache-Control"] = "no-store"
    return response
