"""A message of the outbox as a mail."""

from email.policy import Compat32
from functools import cache, cached_property
from typing import Any

from django.core.mail import EmailMultiAlternatives

from nextstep.notifications.models import Message

# Tells the demo's mail backend that the outbox shows this one already.
OUTBOX_HEADER = "X-Nextstep-Message"
_LINE = 76


class _ShortHeadersAsTheyAre(Compat32):
    """Python weighs each header for folding: measured, a third of writing a mail. One that fits is written."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if isinstance(value, str) and value.isascii() and value.isprintable() and len(name) + len(value) + 2 <= _LINE:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _ShortHeadersAsTheyAre()


class _Mail(EmailMultiAlternatives):
    """Chooses its own boundaries: Python searches each mail for one that is free, at a seventh of the cost of sending.

    A Message-ID stands in no other mail's words, and in its own only as a header.
    """

    @cached_property
    def _whole(self) -> Any:
        whole: Any = super().message()
        whole.policy = _POLICY
        name = "".join(filter(str.isalnum, self.extra_headers["Message-ID"]))
        for number, part in enumerate(whole.walk()):
            if part.is_multipart():
                part.set_boundary(f"=_{name[:50]}_{number}")
        whole.as_bytes = cache(whole.as_bytes)
        return whole

    def message(self, **_: Any) -> Any:
        """Written once, however often it is asked for."""
        return self._whole


def written(message: Message) -> EmailMultiAlternatives:
    """The envelope with all its lines written out as SMTP wants them, so that sending it is only sending. Asks the
    database nothing where the message came with its person.
    """
    mail = envelope(message)
    whole: Any = mail.message()
    whole.as_bytes(linesep="\r\n")
    return mail


def envelope(message: Message) -> EmailMultiAlternatives:
    """Text, HTML and calendar as alternatives of one another, the calendar once more as a file.

    Outlook and Apple offer the alternative as an invitation; Gmail and the rest find the file.
    """
    mail = _Mail(
        subject=message.subject,
        body=message.text,
        to=[message.person.email if message.person else message.address],
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            OUTBOX_HEADER: str(message.pk),
        },
    )
    mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        mail.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
        mail.attach("invitation.ics", message.calendar, "text/calendar")
    return mail
