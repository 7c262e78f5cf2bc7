"""The processes of the benchmark: Python that prepares, and gunicorns that are measured."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


@dataclass
class Server:
    """A gunicorn: its workers and, once they have connected, the processes that serve them in a local database."""

    port: int
    workers: list[int]
    database_url: str
    backends: list[int] = field(default_factory=list)

    def web_seconds(self) -> float:
        return sum(processor_seconds(pid) for pid in self.workers)

    def database_seconds(self) -> float:
        return sum(processor_seconds(pid) for pid in self.backends)

    def find_backends(self) -> None:
        """Know the database's processes from here on; none where it is SQLite or on another machine."""
        if self.database_url.startswith("postgres"):
            with psycopg.connect(self.database_url, autocommit=True) as connection:
                asked = (
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
                )
                found = [row[0] for row in connection.execute(asked)]
            self.backends = [pid for pid in found if _is_postgres(pid)]


def _is_postgres(pid: int) -> bool:
    name = Path(f"/proc/{pid}/comm")
    return name.exists() and name.read_text().startswith("postgres")


def processor_seconds(pid: int) -> float:
    """Seconds that a process of one thread has spent on a processor, exact where the kernel keeps count."""
    exact = Path(f"/proc/{pid}/schedstat")
    if exact.exists():
        return int(exact.read_text().split()[0]) / 1e9
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def environment(database: str, folder: Path) -> dict[str, str]:
    """The surroundings of every process of the benchmark."""
    return {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "BENCHMARK_DIR": str(folder),
        "FILES_DIR": str(folder / "files"),
        "REDIS_URL": "",
        "PYTHONPATH": str(ROOT),
    }


def python(*arguments: str, env: dict[str, str]) -> str:
    """Run Python in the project's root and return what it prints."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, text=True, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"python {' '.join(arguments)} failed:\n{done.stderr[-3000:]}")
    return done.stdout


@contextmanager
def gunicorn(application: str, env: dict[str, str]) -> Iterator[Server]:
    """Serve `application` with two sync workers, as the floors were measured."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}"]
    command += ["--log-level", "warning", "--no-control-socket"]
    # Not in the project's folder, whose gunicorn.conf.py says otherwise.
    process = subprocess.Popen(command, cwd=env["BENCHMARK_DIR"], env=env)
    try:
        yield Server(port, _workers_once_ready(port, process), env["DATABASE_URL"])
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _workers_once_ready(port: int, process: "subprocess.Popen[bytes]") -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        workers = [int(child) for child in children.read_text().split()]
        if len(workers) == WORKERS and _answers(port):
            return workers
        time.sleep(0.1)
    raise RuntimeError(f"The server on port {port} did not start.")


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
