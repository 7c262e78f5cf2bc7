"""The child of the supervisor that does what worker and beat do where there is Redis."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial

from django.db import close_old_connections

from nextstep import clock
from nextstep.jobs.registry import continual_jobs
from nextstep.jobs.services import tick

logger = logging.getLogger(__name__)

TICK_EVERY = 5.0
LOOK_EVERY = 1.0


def keep_ticking(alive: Callable[[], None]) -> None:
    """Tick each few seconds and repeat continual jobs each second, until told to stop or left alone.

    `alive` is called between jobs: a supervisor that hears nothing for too long ends this process and starts another.
    """
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    supervisor, next_tick = os.getppid(), 0.0
    while not stop.is_set() and os.getppid() == supervisor:
        alive()
        if time.monotonic() >= next_tick:
            _guarded(partial(tick, alive=alive))
            next_tick = time.monotonic() + TICK_EVERY
        for job in continual_jobs():
            _guarded(partial(job.function, clock.now()))
        close_old_connections()
        stop.wait(LOOK_EVERY)


def _guarded(work: Callable[[], object]) -> None:
    """A database that is away for a minute is no reason to end."""
    try:
        work()
    except Exception:
        logger.exception("Ticking failed; it goes on.")
