"""Processes of the portal for tests: started, watched and always ended."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent


class Running:
    """A process whose lines are read as they come."""

    def __init__(self, process):
        self.process = process
        self.lines = queue.SimpleQueue()
        self.said = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def wait_for(self, words: str, seconds: float = 60) -> str:
        """The first line with `words`; fails where the process ends or the time runs out before."""
        while True:
            line = self.lines.get(timeout=seconds)
            if line is None:
                raise AssertionError(f"It ended without saying {words!r}: {''.join(self.said)}")
            self.said.append(line)
            if words in line:
                return line

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        # A worker first finishes what it has taken up; beside a browser on two cores that can take its time.
        status = self.process.wait(90)
        self._reader.join()
        return status


@contextmanager
def running(*command: object, environment: dict[str, str]) -> Iterator[Running]:
    """`command` in a session of its own, ended with all its children at the end."""
    with subprocess.Popen(
        [str(part) for part in command],
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


def children_of(pid: int) -> list[int]:
    """The processes that `pid` started and that still live, in the order of their birth."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def eventually(true: Callable[[], object], seconds: float = 30) -> None:
    """Ask again and again, as a person who waits for another process must; fails when the time runs out."""
    over = threading.Event()
    timer = threading.Timer(seconds, over.set)
    timer.start()
    try:
        while not true():
            assert not over.wait(0.05), "It did not come true in time."
    finally:
        timer.cancel()


PYTHON = sys.executable
CELERY = Path(sys.executable).with_name("celery")
