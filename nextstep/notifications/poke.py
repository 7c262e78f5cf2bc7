"""Wake the worker that drains the outbox. Rows are the truth: a lost poke costs a minute and no message."""

import logging

from django.conf import settings
from django.core.cache import cache

logger = logging.getLogger(__name__)

DRAIN_TASK = "notifications.drain"
_POKED = "notifications.poked"


def poke_drain() -> None:
    """Ask Celery to drain now where there is Redis; elsewhere the supervisor looks each second anyway.

    Of many pokes one counts until the drain begins: a service that queues 400 messages wakes the worker once.
    """
    if not settings.REDIS_URL:
        return
    # Celery takes a while to import, and a portal without Redis never needs it.
    from celery import current_app  # noqa: PLC0415
    from kombu.exceptions import OperationalError  # noqa: PLC0415
    from redis.exceptions import RedisError  # noqa: PLC0415

    try:
        if cache.add(_POKED, 1, timeout=60):
            current_app.send_task(DRAIN_TASK, retry=False)
    except (OperationalError, RedisError):
        logger.warning("Redis did not take the poke; the next sweep sends what is waiting.")


def answer_poke() -> None:
    """Say that a drain begins: what is queued from here on pokes again."""
    if settings.REDIS_URL:
        cache.delete(_POKED)
