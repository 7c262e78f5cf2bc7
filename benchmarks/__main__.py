"""`python -m benchmarks`: fills, serves, measures, prints the table and writes it to benchmarks/RESULTS.md."""

import argparse
import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import django

from benchmarks.databases import Databases
from benchmarks.figures import BackgroundFigure
from benchmarks.measuring import Floors, Portal, measure, measure_floors
from benchmarks.pages import JOBS, MAIL
from benchmarks.preparing import prepare_background, prepare_demo, prepare_floor, prepare_size
from benchmarks.report import Report, Surroundings, markdown
from benchmarks.servers import ROOT, gunicorn, python

RESULTS = ROOT / "benchmarks" / "RESULTS.md"
MAILS, TASKS = 1000, 3000


def main() -> None:
    options = _options()
    started, load = time.monotonic(), os.getloadavg()[0]
    with TemporaryDirectory(prefix="nextstep-bench-") as folder:
        databases = Databases(os.environ.get("DATABASE_URL", ""), Path(folder), f"nextstep_bench_{os.getpid()}_")
        try:
            if options.background:
                _print_background(databases, Path(folder))
                return
            report = _measured(databases, Path(folder), options, load)
        finally:
            databases.drop_all()
    options.output.write_text(markdown(report))
    print(markdown(report))
    print(f"Written to {options.output} after {time.monotonic() - started:.0f} seconds.")
    if report.shortfalls:
        print(f"Short of what they must reach: {', '.join(report.shortfalls)}.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=[70, 700, 7000], help="applicants, such as 70,700,7000")
    parser.add_argument("--rounds", type=int, default=7, help="turns of each page at each size")
    parser.add_argument("--quick", action="store_true", help="a look while working: 70 and 700 applicants, 2 rounds")
    parser.add_argument("--pages", default="", help="only pages whose name holds this")
    parser.add_argument("--background", action="store_true", help="only mails and jobs; printed, not written")
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    if options.quick:
        options.sizes, options.rounds = [70, 700], 2
    return options


def _sizes(written: str) -> list[int]:
    return sorted(int(size) for size in written.split(","))


def _measured(databases: Databases, folder: Path, options: argparse.Namespace, load: float) -> Report:
    say("Filling the databases")
    floor_env, floor_calls = prepare_floor(databases, folder)
    prepare_demo(databases, folder)
    sizes = [(size, *prepare_size(databases, folder, size)) for size in options.sizes]
    say("Measuring what runs in the background")
    background = [_mail(databases, folder), _jobs(databases, folder)]
    with ExitStack() as running:
        floors = Floors(running.enter_context(gunicorn("benchmarks.floor:application", floor_env)), floor_calls)
        portals = [
            Portal(size, running.enter_context(gunicorn("nextstep.wsgi:application", env)), calls)
            for size, env, calls in sizes
        ]
        rows = measure(floors, portals, options.rounds, options.pages, say=say)
        timings = measure_floors(floors, options.rounds)
    where = Surroundings(date.today(), _machine(databases), options.rounds, load)  # noqa: DTZ011, TID251 - the machine's own day
    return Report(where, timings, rows, background)


def _print_background(databases: Databases, folder: Path) -> None:
    prepare_demo(databases, folder)
    for figure in (_mail(databases, folder), _jobs(databases, folder)):
        print(f"{figure.background.name}: {figure.rate or 0:.0f} a second, {figure.verdict}")


def _machine(databases: Databases) -> Sequence[str]:
    cores = f"{os.cpu_count()} cores ({platform.machine()})"
    return [cores, f"Python {platform.python_version()}", f"Django {django.__version__}", databases.version]


def _mail(databases: Databases, folder: Path) -> BackgroundFigure:
    env = prepare_background(databases, folder, "mail")
    with _sink() as port:
        printed = python(
            "-m", "benchmarks.background", "mail", str(MAILS), env={**env, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        )
    return BackgroundFigure(MAIL, float(printed))


@contextmanager
def _sink() -> Iterator[str]:
    """A mail server in a process of its own; gives its port."""
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.sink"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def _jobs(databases: Databases, folder: Path) -> BackgroundFigure:
    redis_url = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0"
    address = urlsplit(redis_url)
    try:
        socket.create_connection((address.hostname or "127.0.0.1", address.port or 6379), timeout=2).close()
    except OSError:
        return BackgroundFigure(JOBS, None, "no Redis answers; set REDIS_URL")
    env = {**prepare_background(databases, folder, "jobs"), "REDIS_URL": redis_url}
    return BackgroundFigure(JOBS, float(python("-m", "benchmarks.background", "jobs", str(TASKS), env=env)))


def say(words: str) -> None:
    """Tell whoever waits what goes on."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
