"""The child of the supervisor that serves: gunicorn with one process, on a socket that the supervisor holds."""

import os
import socket
from typing import Any

from django.core.servers.basehttp import get_internal_wsgi_application
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter


class _Arbiter(Arbiter):
    """Ends with its supervisor, even where that was killed."""

    supervisor = 0

    def manage_workers(self) -> None:
        if os.getppid() != self.supervisor:
            raise StopIteration
        super().manage_workers()


class _Web(BaseApplication):
    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_internal_wsgi_application()

    def run(self) -> None:
        arbiter = _Arbiter(self)
        arbiter.supervisor = os.getppid()
        arbiter.run()


def serve(listener: socket.socket, threads: int) -> None:
    """Serve the portal's WSGI application until told to stop."""
    options = {
        "bind": f"fd://{listener.fileno()}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": threads,
        "loglevel": "warning",
        "graceful_timeout": 5,
        "timeout": 60,
        "control_socket_disable": True,
    }
    _Web(options).run()
