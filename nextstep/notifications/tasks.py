"""What the outbox does by itself."""

from datetime import timedelta

from celery import shared_task

from nextstep.jobs.registry import continual, periodic
from nextstep.notifications.poke import DRAIN_TASK
from nextstep.notifications.services import drain, erase_old_words, queue_due_reminders


@shared_task(name=DRAIN_TASK)
def drain_outbox() -> int:
    """Send what waits: poked after each commit that queued something, and by beat in case a poke was lost."""
    return drain()


def register_jobs() -> None:
    periodic("notifications.reminders", timedelta(minutes=1), queue_due_reminders)
    periodic("notifications.erase_old_words", timedelta(days=1), erase_old_words)
    continual("notifications.drain", drain, task=DRAIN_TASK)
