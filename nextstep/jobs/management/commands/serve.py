"""`manage.py serve`: the whole portal in one supervised process."""

import errno
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from nextstep.jobs.supervisor import Supervisor
from nextstep.start import demand_database


class Command(BaseCommand):
    help = "Serve the portal at PORT and run its periodic jobs, restarting what dies. Needs no Redis."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="The address to listen on.")
        parser.add_argument(
            "--no-tick", action="store_true", help="Leave the periodic jobs to Celery's worker and beat."
        )

    def handle(self, *args: Any, host: str, no_tick: bool, **options: Any) -> None:
        demand_database()
        listener = self._listener(host, settings.PORT)
        supervisor = Supervisor(listener, threads=settings.WEB_THREADS, ticking=not no_tick, say=self._say)
        sys.exit(supervisor.run())

    def _say(self, address: str) -> None:
        self.stdout.write(f"The portal is at {address} – Ctrl-C stops it.")
        self.stdout.flush()

    def _listener(self, host: str, port: int) -> socket.socket:
        try:
            return socket.create_server((host, port), backlog=512)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                self.stderr.write(f"Port {port} is taken. Stop what uses it, or choose another: PORT={port + 1}")
            else:
                self.stderr.write(f"Port {port} of {host} cannot be used: {error.strerror}")
            sys.exit(1)
