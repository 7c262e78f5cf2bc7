"""Put a message into the outbox."""

import re
from collections.abc import Mapping
from email.utils import make_msgid
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template import Context, Engine

from nextstep.notifications.calendar import CalendarPart
from nextstep.notifications.catalogue import MessageType, message_type
from nextstep.notifications.models import Message
from nextstep.notifications.poke import poke_drain
from nextstep.notifications.rules.layout import mail_html, mail_text

if TYPE_CHECKING:
    from nextstep.accounts.models import User


@transaction.atomic
def queue_message(
    *,
    code: str,
    to: "User | str",
    occasion: str,
    context: Mapping[str, Any],
    calendar: CalendarPart | None = None,
) -> Message | None:
    """Write the message `code` about `occasion` for a person (or an address) into the outbox, once.

    Returns None where that person has it already. It is sent after the caller's transaction commits, and not at all
    where it rolls back. The template sees the context, and unless the context has its own, `person` (None for an
    address) and `site_url`.
    Raises LookupError for a code that no app registered.
    """
    kind = message_type(code)
    key = dedupe_key(code, to, occasion)
    if Message.objects.filter(dedupe_key=key).exists():
        return None
    message = _message(kind, to, occasion, context, calendar)
    message.dedupe_key = key
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        # Somebody queued the same between the question and the answer.
        if Message.objects.filter(dedupe_key=key).exists():
            return None
        raise
    transaction.on_commit(poke_drain)
    return message


def dedupe_key(code: str, to: "User | str", occasion: str) -> str:
    """What makes two messages the same one: a person stays the same when their address changes."""
    recipient = to.strip().lower() if isinstance(to, str) else f"user:{to.pk}"
    return f"{code}|{occasion}|{recipient}"


def _message(
    kind: MessageType, to: "User | str", occasion: str, context: Mapping[str, Any], calendar: CalendarPart | None
) -> Message:
    person = None if isinstance(to, str) else to
    words = {"site_url": settings.SITE_URL, "person": person, **context}
    subject = " ".join(kind.subject.format(**words).split())[:200]
    text = _text(kind.template, words)
    return Message(
        code=kind.code,
        occasion=occasion,
        person=person,
        address=to.strip() if isinstance(to, str) else to.email,
        message_id=make_msgid(domain=_domain(settings.SITE_URL)),
        subject=subject,
        text=mail_text(text),
        html=mail_html(subject, text, settings.SERVICE_NAME),
        calendar=calendar.content if calendar else "",
        calendar_method=calendar.method if calendar else "",
    )


def _text(template_name: str, words: dict[str, Any]) -> str:
    # Mail in plain text: an apostrophe stays an apostrophe. The HTML made from it is escaped.
    rendered = Engine.get_default().get_template(template_name).render(Context(words, autoescape=False))
    return re.sub(r"\n{3,}", "\n\n", rendered).strip() + "\n"


@cache
def _domain(site_url: str) -> str:
    return urlsplit(site_url).hostname or "localhost"
