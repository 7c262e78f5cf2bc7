"""The outbox, read."""

from nextstep.notifications.models import Message, MessageQuerySet


def mailbox(address: str = "") -> MessageQuerySet:
    """Every message, newest first, without the words that a list does not show; of one address where it is given."""
    messages = Message.objects.defer("text", "html", "calendar", "error").order_by("-queued_at", "-pk")
    return messages.filter(address__iexact=address) if address else messages


def given_up_messages() -> MessageQuerySet:
    """What nobody got and a person should look at."""
    return Message.objects.given_up().defer("text", "html", "calendar")
