"""Where mail goes in the demo: nowhere."""

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from nextstep.notifications.envelope import OUTBOX_HEADER

logger = logging.getLogger(__name__)


class DemoBackend(BaseEmailBackend):
    """Takes every mail as sent. The mailbox page shows the outbox; what is in no outbox, a sign-in code, is logged."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            if OUTBOX_HEADER not in mail.extra_headers:
                logger.info("Mail to %s\nSubject: %s\n\n%s", ", ".join(mail.to), mail.subject, mail.body)
        return len(email_messages)
