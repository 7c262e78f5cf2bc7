"""One process that keeps the web server and the ticking alive, for a machine without Redis, worker and beat."""

import http.client
import logging
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.context import ForkProcess
from multiprocessing.sharedctypes import Synchronized
from types import FrameType

from django.db import connections

from nextstep.jobs.rules import RUN_LIMIT
from nextstep.jobs.ticking import keep_ticking
from nextstep.jobs.web import serve

logger = logging.getLogger(__name__)

# What gunicorn ends with when the portal itself cannot start: starting it again would change nothing.
_CANNOT_START = 3
_GRACE = 10.0
_LONGEST_WAIT = 30.0
_LOOK_EVERY = 0.2

# Forked, not started anew: the portal is loaded once, and all stands within two seconds.
_fork = multiprocessing.get_context("fork")


@dataclass
class Child:
    """A part of the portal in a process of its own. `heartbeat` None: nobody asks for a sign of life."""

    name: str
    work: Callable[[], None]
    heartbeat: "Synchronized[float] | None" = None
    process: ForkProcess | None = None
    started_at: float = 0.0
    wait: float = field(default=0.0)

    def start(self) -> None:
        connections.close_all()
        if self.heartbeat is not None:
            self.heartbeat.value = time.monotonic()
        self.started_at = time.monotonic()
        self.process = _fork.Process(target=self._run, name=self.name)
        self.process.start()

    def _run(self) -> None:
        # A session of its own: Ctrl-C reaches the supervisor alone, which then stops its children in order.
        os.setsid()
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_DFL)
        self.work()

    def hangs(self) -> bool:
        return self.heartbeat is not None and time.monotonic() - self.heartbeat.value > RUN_LIMIT.total_seconds()

    def restart_if_dead(self) -> None:
        """Start it again, at once the first time and ever later while it keeps dying."""
        assert self.process is not None
        if self.hangs():
            logger.error("%s gave no sign of life and is ended.", self.name)
            self.process.kill()
            self.process.join()
        if self.process.is_alive():
            return
        lived = time.monotonic() - self.started_at
        if lived < self.wait:
            return
        self.wait = 0.0 if lived > _LONGEST_WAIT else min(max(2 * self.wait, 1.0), _LONGEST_WAIT)
        logger.error("%s ended with %s and is started again.", self.name, self.process.exitcode)
        self.start()

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        self.process.join(_GRACE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Supervisor:
    """Runs until it is told to stop; `say` is told the address once the server answers there."""

    def __init__(self, listener: socket.socket, *, threads: int, ticking: bool, say: Callable[[str], None]) -> None:
        self.listener = listener
        self.say = say
        self.stopping = False
        self.web = Child("The web server", lambda: serve(listener, threads))
        self.children = [self.web]
        if ticking:
            heartbeat = _fork.Value("d", 0.0)

            def alive() -> None:
                heartbeat.value = time.monotonic()

            self.children.append(Child("The ticking", lambda: keep_ticking(alive), heartbeat))

    def run(self) -> int:
        """Returns the exit status."""
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, self._stop)
        for child in self.children:
            child.start()
        status = self._watch()
        for child in self.children:
            child.stop()
        return status

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _watch(self) -> int:
        answered = False
        while not self.stopping:
            if not answered and self._answers():
                answered = True
                self.say("http://{}:{}/".format(*self.listener.getsockname()[:2]))
            sentinels = [child.process.sentinel for child in self.children if child.process]
            connection.wait(sentinels, _LOOK_EVERY if answered else 0)
            if self.web.process and self.web.process.exitcode == _CANNOT_START:
                return _CANNOT_START
            for child in self.children:
                child.restart_if_dead()
        return 0

    def _answers(self) -> bool:
        host, port = self.listener.getsockname()[:2]
        client = http.client.HTTPConnection(host, port, timeout=2)
        with suppress(OSError, http.client.HTTPException):
            client.request("GET", "/")
            client.getresponse()
            return True
        return False
