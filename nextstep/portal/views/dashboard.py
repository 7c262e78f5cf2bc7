"""The first page after signing in."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nextstep import clock
from nextstep.accounts.access import SignedInRequest, signed_in
from nextstep.portal.presenters.dashboard import ApplicationView, fellow_view
from nextstep.portal.selectors.own import administered_cohorts, doings_of, own_applications, own_feed, own_places


@require_safe
@signed_in
def dashboard(request: SignedInRequest) -> HttpResponse:
    user, now = request.user, clock.now()
    feed, doings = own_feed(user), doings_of(user)
    applications = [ApplicationView(one) for one in own_applications(user)]
    context = {
        "places": [fellow_view(place, now) for place in own_places(user)],
        "applications": [view.task for view in applications],
        "offers": [view for view in applications if view.own.offer],
        "doings": doings,
        "administered": administered_cohorts(user) if doings.administers else (),
        "feed_address": settings.SITE_URL + reverse("portal:feed", args=[feed.token]) if feed else "",
    }
    return render(request, "portal/dashboard.html", context)
