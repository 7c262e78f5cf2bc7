"""A message of the outbox as a mail."""

from typing import Any

from django.core.mail import EmailMultiAlternatives

from nextstep.notifications.models import Message

# Tells the demo's mail backend that the outbox shows this one already.
OUTBOX_HEADER = "X-Nextstep-Message"


class _Mail(EmailMultiAlternatives):
    """Chooses its own boundaries: Python searches each mail for one that is free, at a seventh of the cost of sending.

    A Message-ID stands in no other mail's words, and in its own only as a header.
    """

    def message(self, **options: Any) -> Any:
        whole = super().message(**options)
        name = "".join(filter(str.isalnum, self.extra_headers["Message-ID"]))
        for number, part in enumerate(whole.walk()):
            if part.is_multipart():
                part.set_boundary(f"=_{name[:50]}_{number}")
        return whole


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
