"""A person's calendar: the feed that calendars read, and the buttons that make and revoke its address."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from nextstep.accounts.access import SignedInRequest, public, signed_in
from nextstep.notifications.calendar import calendar_feed
from sessions_app.messages import calendar_entry
from sessions_app.models import CalendarFeed
from sessions_app.selectors import sessions_for
from sessions_app.services.feeds import make_feed, replace_feed, revoke_feed

NAME = "Next Step"


@require_safe
@public
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever knows the address may read it: calendars cannot sign in. A revoked one is as unknown as any other."""
    found = CalendarFeed.objects.current().filter(token=token, person__is_active=True).select_related("person").first()
    if found is None:
        raise Http404
    entries = [calendar_entry(session, with_link=True) for session in sessions_for(found.person)]
    response = HttpResponse(calendar_feed(NAME, entries), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="next-step.ics"'
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
@signed_in
def make(request: SignedInRequest) -> HttpResponse:
    make_feed(person=request.user, by=request.user)
    messages.success(request, "Your calendar address is ready. Copy it into your calendar.")
    return redirect("portal:dashboard")


@require_POST
@signed_in
def replace(request: SignedInRequest) -> HttpResponse:
    replace_feed(person=request.user, by=request.user)
    messages.success(request, "You have a new calendar address. The old one no longer works.")
    return redirect("portal:dashboard")


@require_POST
@signed_in
def revoke(request: SignedInRequest) -> HttpResponse:
    revoke_feed(person=request.user, by=request.user)
    messages.success(request, "Your calendar address no longer works.")
    return redirect("portal:dashboard")
