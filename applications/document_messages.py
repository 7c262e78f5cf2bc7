"""What applications send about documents: those with a virus, and statements that somebody else is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from applications.enums import ApplicationState, StatementState
from applications.messages import about
from applications.models import Application, Document, StatementRequest
from applications.statement_links import link_to
from nextstep.notifications import catalogue, reminders
from nextstep.notifications.catalogue import MessageType
from nextstep.notifications.reminders import Due, Reminder
from nextstep.notifications.services import queue_message

_MAIL = "applications/mail/"
TYPES = (
    MessageType(
        "applications.document_infected",
        "We removed a document: upload it again",
        f"{_MAIL}document_infected.txt",
        "To the applicant when the virus scanner found something in a document that had waited for it.",
    ),
    MessageType(
        "applications.statement_asked",
        "{applicant} asks you for a supporting statement",
        f"{_MAIL}statement_asked.txt",
        "To somebody whom an applicant asks for a statement, with the link to write it.",
    ),
    MessageType(
        "applications.statement_due_in_7_days",
        "7 days left for your statement for {applicant}",
        f"{_MAIL}statement_due.txt",
        "To everyone who was asked for a statement and has not answered, 7 days before the window closes.",
    ),
    MessageType(
        "applications.statement_due_in_2_days",
        "2 days left for your statement for {applicant}",
        f"{_MAIL}statement_due.txt",
        "To everyone who was asked for a statement and has not answered, 2 days before the window closes.",
    ),
    MessageType(
        "applications.statement_infected",
        "We could not keep your statement for {applicant}",
        f"{_MAIL}statement_infected.txt",
        "To a supporter when the virus scanner found something in their file after it had waited.",
    ),
    MessageType(
        "applications.statement_not_needed",
        "Your statement for {applicant} is no longer needed",
        f"{_MAIL}statement_not_needed.txt",
        "To a supporter when the applicant withdraws the request.",
    ),
    MessageType(
        "applications.statement_came",
        "{name} has sent your supporting statement",
        f"{_MAIL}statement_came.txt",
        "To the applicant when the statement they asked for has come.",
    ),
    MessageType(
        "applications.statement_declined",
        "{name} cannot write your supporting statement",
        f"{_MAIL}statement_declined.txt",
        "To the applicant when somebody declines to write a statement.",
    ),
)


def register_messages() -> None:
    for message_type in TYPES:
        catalogue.register(message_type)
    known = {reminder.code for reminder in reminders.reminders()}
    for reminder in REMINDERS:
        if reminder.code not in known:
            reminders.register(reminder)


def tell_of_virus(application: Application, document: Document) -> None:
    """Queue the news that a document was removed, and why."""
    queue_message(
        code="applications.document_infected",
        to=application.applicant,
        occasion=f"document:{document.public_id}:infected",
        context={**about(application), "label": document.required.label, "link": _documents_link(application)},
    )


def tell_supporter(code: str, request: StatementRequest) -> None:
    """Queue the message `applications.statement_<code>` about the state that the request has just come to."""
    queue_message(
        code=f"applications.statement_{code}",
        to=request.email,
        occasion=f"statement:{request.pk}:{code}:{request.version}",
        context=_about(request),
    )


def tell_asker(code: str, request: StatementRequest) -> None:
    """The same to the applicant."""
    queue_message(
        code=f"applications.statement_{code}",
        to=request.application.applicant,
        occasion=f"statement:{request.pk}:{code}:{request.version}",
        context={**_about(request), "link": _documents_link(request.application)},
    )


def _documents_link(application: Application) -> str:
    cohort = application.cohort
    return settings.SITE_URL + reverse("applications:documents", args=[cohort.programme.slug, cohort.slug])


def _about(request: StatementRequest) -> dict[str, Any]:
    applicant = request.application.applicant
    return {
        **about(request.application),
        "applicant": applicant.full_name or applicant.email,
        "name": request.name,
        "label": request.required.label,
        "may_read": request.applicant_may_read,
        "link": link_to(request.public_id, request.token_digest),
    }


@dataclass(frozen=True)
class StatementDue:
    """The window closes `days` from now, to everyone who was asked and has not answered."""

    days: int

    def __call__(self, now: datetime) -> Iterator[Due]:
        cohort = "application__cohort__applications"
        due = StatementRequest.objects.filter(
            state=StatementState.ASKED,
            application__state=ApplicationState.DRAFT,
            **{f"{cohort}_open_at__lte": now, f"{cohort}_close_at__gt": now},
            **{f"{cohort}_close_at__lte": now + timedelta(days=self.days)},
        )
        if self.days > 2:
            due = due.filter(**{f"{cohort}_close_at__gt": now + timedelta(days=2)})
        related = ("application__cohort__programme", "application__applicant", "required")
        for request in due.select_related(*related).iterator(500):
            closes = request.application.cohort.applications_close_at
            yield Due(request.email, f"statement:{request.pk}:due_{self.days}:{closes.isoformat()}", _about(request))


REMINDERS = (
    Reminder("applications.statement_due_in_7_days", StatementDue(7)),
    Reminder("applications.statement_due_in_2_days", StatementDue(2)),
)
