"""The page of one session, and its file for a calendar."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nextstep import clock
from nextstep.accounts.access import signed_in
from nextstep.notifications.calendar import calendar_feed
from sessions_app import permissions
from sessions_app.messages import calendar_entry
from sessions_app.models import TeachingSession
from sessions_app.presenters import SessionView


@require_safe
@signed_in
def session_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    session = _session_for(request, public_id)
    may_join = permissions.may_join_session(request.user, session)
    shown = SessionView(session, clock.now(), may_join=may_join)
    return render(request, "sessions_app/session.html", {"shown": shown, "session": session})


@require_safe
@signed_in
def session_calendar(request: HttpRequest, public_id: UUID) -> HttpResponse:
    session = _session_for(request, public_id)
    entry = calendar_entry(session, with_link=permissions.may_join_session(request.user, session))
    return HttpResponse(
        calendar_feed(session.title, [entry]),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="session.ics"', "Cache-Control": "private, no-store"},
    )


def _session_for(request: HttpRequest, public_id: UUID) -> TeachingSession:
    session = get_object_or_404(TeachingSession.objects.select_related("cohort__programme"), public_id=public_id)
    permissions.check_may_see_session(request.user, session)
    return session
