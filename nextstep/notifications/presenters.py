"""Messages in words, for the mailbox."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from nextstep.design.dates import moment_words
from nextstep.design.furniture import link, tag
from nextstep.notifications.enums import MessageState
from nextstep.notifications.models import Message

COLOURS = {
    MessageState.WAITING: "blue",
    MessageState.SENDING: "blue",
    MessageState.SENT: "green",
    MessageState.GIVEN_UP: "red",
    MessageState.WITHHELD: "grey",
}
MAILBOX_HEAD = ("Message", "To", "When", "State")


def mailbox_rows(messages: Iterable[Message]) -> list[list[str | SafeString]]:
    """One row of printable cells for each message."""
    return [
        [
            link(message.subject or "Words erased", reverse("demo_mail", args=[message.pk])),
            message.address,
            moment_words(message.sent_at or message.queued_at),
            state_tag(message),
        ]
        for message in messages
    ]


def state_tag(message: Message) -> SafeString:
    state = MessageState(message.state)
    return tag(state.label, COLOURS[state])


@dataclass(frozen=True)
class Mail:
    """One message as the mailbox shows it."""

    message: Message

    @property
    def rows(self) -> list[dict[str, str | SafeString]]:
        message = self.message
        return [
            {"key": "To", "value": message.address},
            {"key": "State", "value": state_tag(message)},
            {"key": "Queued", "value": moment_words(message.queued_at)},
            {"key": "Sent", "value": moment_words(message.sent_at) if message.sent_at else "Not yet"},
            {"key": "Kind", "value": message.code},
            {"key": "Occasion", "value": message.occasion},
        ]
