"""Pages for everybody. Signed-in people see them afresh; for the others they are kept for some seconds."""

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nextstep import clock
from nextstep.accounts.access import public
from nextstep.portal.page_cache import kept_for_the_anonymous
from nextstep.portal.presenters.cohort_page import CohortPage
from nextstep.portal.presenters.windows import programme_views
from nextstep.portal.selectors.public import cohort_for_its_page, programmes_with_cohorts


@public
@require_safe
@kept_for_the_anonymous
def home(request: HttpRequest) -> HttpResponse:
    programmes = programme_views(list(programmes_with_cohorts()), clock.now())
    return render(request, "portal/home.html", {"programmes": programmes})


@public
@require_safe
@kept_for_the_anonymous
def cohort_page(request: HttpRequest, programme: str, cohort: str) -> HttpResponse:
    found = cohort_for_its_page(programme, cohort)
    if found is None:
        raise Http404
    page = CohortPage(found, clock.now())
    return render(request, "portal/cohort.html", {"page": page, "dates_head": ["Day", "Time", "What", "Where"]})


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For the machine that watches this one: whether the portal answers and reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", status=503, content_type="text/plain")
    response = HttpResponse("ok\n", content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response
