"""What the owner and time do to the outbox."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from nextstep import clock
from nextstep.audit.services import record
from nextstep.notifications.enums import MessageState
from nextstep.notifications.models import Message
from nextstep.notifications.poke import poke_drain
from nextstep.refusals import Refused, Stale

if TYPE_CHECKING:
    from nextstep.accounts.models import User


@transaction.atomic
def send_again(*, message: Message, by: "User") -> None:
    """Put a message that was given up back into the queue, with all its tries ahead of it and the same Message-ID.

    Raises Refused where it was not given up or its words were erased, Stale where somebody was first.
    """
    if message.state != MessageState.GIVEN_UP:
        raise Refused("Only a message that was given up can be sent again.")
    if not message.text:
        raise Refused("The words of this message were erased: it is too old to send again.")
    waiting = Message.objects.given_up().filter(pk=message.pk)
    if not waiting.update(state=MessageState.WAITING, attempts=0, due_at=clock.now(), error=""):
        raise Stale
    record(
        "notifications.sent_again",
        message,
        by=by,
        before={"state": MessageState.GIVEN_UP},
        after={"state": MessageState.WAITING},
    )
    transaction.on_commit(poke_drain)


def erase_old_words(now: datetime) -> int:
    """Erase words and address of what was settled longer ago than MAIL_KEPT_DAYS; returns how many.

    The row stays, so that nobody is told the same thing twice.
    """
    before = now - timedelta(days=settings.MAIL_KEPT_DAYS)
    settled = [MessageState.SENT, MessageState.GIVEN_UP, MessageState.WITHHELD]
    old = Message.objects.filter(state__in=settled, due_at__lt=before).exclude(text="", address="")
    return old.update(subject="", text="", html="", calendar="", address="")
