"""The states of a message in the outbox."""

from django.db import models


class MessageState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    GIVEN_UP = "given_up", "Given up"
    WITHHELD = "withheld", "Not sent: account closed"
