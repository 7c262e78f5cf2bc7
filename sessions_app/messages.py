"""What people are sent about sessions: reminders, changes and cancellations, each with its calendar part."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from cohorts.models import Place
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.design.dates import moment_words, span_words
from nextstep.notifications import catalogue, reminders
from nextstep.notifications.calendar import CalendarEntry, CalendarPart, invitation
from nextstep.notifications.catalogue import MessageType
from nextstep.notifications.reminders import Due, Reminder
from sessions_app.enums import SessionState
from sessions_app.models import TeachingSession
from sessions_app.rules.reminders import is_reminder_due

IN_7_DAYS = "sessions_app.session_in_7_days"
IN_1_DAY = "sessions_app.session_in_1_day"
CHANGED = "sessions_app.session_changed"
CANCELLED = "sessions_app.session_cancelled"


def register_messages() -> None:
    """Called when the portal starts."""
    for code, subject, template, about in (
        (IN_7_DAYS, "{title} is on {day}", "reminder", "To each fellow of the cohort, 7 days before a session."),
        (IN_1_DAY, "Tomorrow: {title}", "reminder", "To each fellow of the cohort, 1 day before a session."),
        (CHANGED, "Changed: {title}, {day}", "changed", "To each fellow, when a session they were told of changes."),
        (CANCELLED, "Cancelled: {title}, {day}", "cancelled", "To each fellow, when a session is cancelled."),
    ):
        catalogue.register(MessageType(code, subject, f"sessions_app/mail/{template}.txt", about))
    reminders.register(Reminder(IN_7_DAYS, lambda now: _due(now, days=7, until_days=1)))
    reminders.register(Reminder(IN_1_DAY, lambda now: _due(now, days=1, until_days=0)))


def session_path(session: TeachingSession) -> str:
    """The address of the session's page within the portal."""
    return reverse("sessions_app:session", args=[session.public_id])


def session_address(session: TeachingSession) -> str:
    """The address of the session's page, as mails and calendars need it: whole."""
    return settings.SITE_URL + session_path(session)


def calendar_entry(session: TeachingSession, *, with_link: bool) -> CalendarEntry:
    """A session as calendars see it. `with_link` only for somebody who may join it."""
    link = session.joining_link if with_link else ""
    about = [session.description, f"Delivered by {session.delivered_by}" if session.delivered_by else ""]
    return CalendarEntry(
        uid=f"{session.public_id}@nextstep",
        summary=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        location=link or session.venue,
        description="\n".join(line for line in [*about, f"Join: {link}" if link else ""] if line),
        sequence=session.sequence,
        cancelled=session.state == SessionState.CANCELLED,
        url=session_address(session),
    )


def invitation_to(session: TeachingSession, fellow: User) -> CalendarPart:
    """What puts the session into a fellow's calendar, changes it there, or takes it out."""
    organiser = session.cohort.programme.contact_email or settings.DEFAULT_FROM_EMAIL
    return invitation(calendar_entry(session, with_link=True), organiser=organiser, attendee=fellow.email)


def session_context(session: TeachingSession) -> dict[str, Any]:
    """The words of every message about a session."""
    return {
        "title": session.title,
        "day": moment_words(session.starts_at).partition(" at ")[0],
        "when": span_words(session.starts_at, session.ends_at),
        "venue": session.venue,
        "joining_link": session.joining_link,
        "programme": session.cohort.programme.name,
        "contact_email": session.cohort.programme.contact_email,
        "address": session_address(session),
    }


def fellows_to_tell(session: TeachingSession) -> Iterable[User]:
    """Those with an active place in its cohort: one query."""
    places = Place.objects.filter(cohort=session.cohort_id).active().select_related("fellow")
    return [place.fellow for place in places]


def _due(now: datetime, *, days: int, until_days: int) -> Iterator[Due]:
    # An hour more than the days: they count by the clocks of London, which may change in between.
    latest = now + timedelta(days=days, hours=1)
    coming = TeachingSession.objects.going_ahead().filter(starts_at__gt=now, starts_at__lte=latest)
    for session in coming.select_related("cohort__programme"):
        if not is_reminder_due(session.starts_at, days, now, until_days=until_days):
            continue
        day = session.starts_at.astimezone(clock.LONDON).date()
        context = session_context(session)
        for fellow in fellows_to_tell(session):
            # A session moved to another day is another occasion.
            yield Due(fellow, f"session:{session.pk}:{day}", context, invitation_to(session, fellow))
