"""Queue the reminders that have come due."""

import logging
from datetime import datetime

from nextstep.notifications.models import Message
from nextstep.notifications.reminders import Due, Reminder, reminders
from nextstep.notifications.services.queueing import dedupe_key, queue_message

logger = logging.getLogger(__name__)

_LOOK_UP = 500


def queue_due_reminders(now: datetime) -> int:
    """Queue each due reminder that its person has not had; returns how many were new.

    Raises ExceptionGroup, after all the others had their turn, with what went wrong in some of them.
    """
    queued, errors = 0, []
    for reminder in reminders():
        try:
            queued += _queue(reminder, now)
        except Exception as error:
            logger.exception("The reminder %s failed.", reminder.code)
            errors.append(error)
    if errors:
        raise ExceptionGroup("Reminders failed", errors)
    return queued


def _queue(reminder: Reminder, now: datetime) -> int:
    queued = 0
    for due in _new(reminder.code, list(reminder.due(now))):
        message = queue_message(
            code=reminder.code, to=due.to, occasion=due.occasion, context=due.context, calendar=due.calendar
        )
        queued += message is not None
    return queued


def _new(code: str, dues: list[Due]) -> list[Due]:
    """Those not in the outbox, by one query for many: most of what is due was queued minutes or days ago."""
    keys = [dedupe_key(code, due.to, due.occasion) for due in dues]
    known: set[str] = set()
    for start in range(0, len(keys), _LOOK_UP):
        some = keys[start : start + _LOOK_UP]
        known.update(Message.objects.filter(dedupe_key__in=some).values_list("dedupe_key", flat=True))
    return [due for key, due in zip(keys, dues, strict=True) if key not in known]
