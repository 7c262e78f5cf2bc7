"""What the outbox does."""

from nextstep.notifications.services.delivery import drain
from nextstep.notifications.services.queueing import dedupe_key, queue_message
from nextstep.notifications.services.reminding import queue_due_reminders
from nextstep.notifications.services.upkeep import erase_old_words, send_again

__all__ = ["dedupe_key", "drain", "erase_old_words", "queue_due_reminders", "queue_message", "send_again"]
