"""How fellows stand: their own page, and a cohort's table for those who look after it."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from attendance import presenters, selectors
from attendance.enums import Risk
from attendance.forms import StandingsFilter
from attendance.presenters.standing import RequirementView
from attendance.rules.risk import risk_of
from attendance.rules.standing import Standing
from attendance.views.scope import SignedInRequest
from cohorts.models import Cohort, Place
from cohorts.permissions import administers_anything, check_may_administer
from nextstep import clock
from nextstep.accounts.access import allowed, signed_in

PER_PAGE = 50


@require_safe
@signed_in
def own_attendance(request: SignedInRequest) -> HttpResponse:
    places = Place.objects.filter(fellow=request.user).on_programme().select_related("cohort__programme")
    shown = [_own(place, clock.now()) for place in places.order_by("-cohort__commences_on")]
    return render(request, "attendance/own.html", {"shown": shown, "head": ["Session", "When", "Attendance"]})


def _own(place: Place, now: datetime) -> dict[str, Any]:
    own = selectors.own_attendance(place, now)
    return {
        "place": place,
        "standing": presenters.StandingView(own.standing, place.cohort.expected_hours),
        "sessions": [presenters.OwnSessionView(one).cells(now) for one in own.sessions],
    }


@require_safe
@allowed(administers_anything)
def cohort_standings(request: SignedInRequest, programme: str, cohort: str) -> HttpResponse:
    of = get_object_or_404(Cohort.objects.select_related("programme"), slug=cohort, programme__slug=programme)
    check_may_administer(request.user, of)
    form = StandingsFilter(request.GET)
    show = form.cleaned_data["show"] if form.is_valid() else ""
    standings = selectors.standings_of(of, clock.now())
    page = Paginator(_chosen(standings, show), PER_PAGE).get_page(request.GET.get("page"))
    people = Place.objects.select_related("fellow").in_bulk(list(page.object_list))
    requirements = next(iter(standings.values())).requirements if standings else ()
    context = {
        "cohort": of,
        "show": show,
        "choices": form.fields["show"].choices,  # type: ignore[attr-defined]
        "page": page,
        "head": ["Fellow", *(RequirementView(one).title for one in requirements), "Hours in registers", "Status"],
        "rows": presenters.standings_table([people[key] for key in page.object_list], standings),
    }
    return render(request, "attendance/standings.html", context)


def _chosen(standings: dict[int, Standing], show: str) -> list[int]:
    """The keys of the places to list, the most urgent first, then by name."""
    order = {risk: position for position, risk in enumerate(Risk)}
    risks = {key: risk_of(standing) for key, standing in standings.items()}
    chosen = [key for key, risk in risks.items() if _shows(show, risk)]
    return sorted(chosen, key=lambda key: order[risks[key]])


def _shows(show: str, risk: Risk) -> bool:
    return risk == show if show in Risk.values else not show or risk != Risk.FINE
