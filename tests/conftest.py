"""What every test lives under: closed sockets, its own database, no silent skip, the same examples each time in CI."""

import os
import shutil
import socket
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection

from nextstep import clock

# A browser over a live server: `page`, `phone`, `plain`, `scriptless`, `open_page`, `sign_in`.
pytest_plugins = ["tests.browser.fixtures"]

# Local runs search for new examples; CI repeats the same ones, so that a red build is somebody's change.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("local", deadline=None, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")

NOTHING_MAY_BE_SKIPPED = os.environ.get("REQUIRE_ALL") == "1"
REDIS_URL = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0"


# --- which tests run, and what becomes of a skip -------------------------------------------------------------------


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests for the other database are not part of this run: deselected, not skipped."""
    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker(other)])
    items[:] = [item for item in items if not item.get_closest_marker(other)]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("redis") and not _answers(REDIS_URL):
        pytest.skip(f"NO REDIS at {REDIS_URL}: start one or set REDIS_URL")
    if item.get_closest_marker("browser") and not _chromium():
        pytest.skip("NO CHROMIUM on the path: install Debian's package or set CHROMIUM")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: pytest.TestReport = yield
    return _fail_a_skip(report, getattr(report, "wasxfail", None) is not None)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report: pytest.CollectReport = yield
    return _fail_a_skip(report, expected=False)


def _fail_a_skip(report: Any, expected: bool) -> Any:
    """Under REQUIRE_ALL=1 a skipped test is a failed one that says what was missing."""
    if NOTHING_MAY_BE_SKIPPED and report.skipped and not expected:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped where nothing may be: {reason}"
    return report


def _answers(url: str) -> bool:
    address = urllib.parse.urlsplit(url)
    try:
        socket.create_connection((address.hostname or "127.0.0.1", address.port or 6379), timeout=2).close()
    except OSError:
        return False
    return True


def _chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The Redis that tests marked `redis` may use; they choose keys of their own and clear them."""
    return REDIS_URL


@pytest.fixture(scope="session")
def chromium() -> str | None:
    """The path of the browser for tests marked `browser`."""
    return _chromium()


# --- sockets -------------------------------------------------------------------------------------------------------


class SocketClosed(RuntimeError):
    """A test tried to reach another machine. No OSError, so that no retry swallows it."""


@pytest.fixture(scope="session", autouse=True)
def closed_sockets() -> Iterator[None]:
    """Only loopback (and sockets that are files) can be reached from a test."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex"):
            patch.setattr(socket.socket, method, _to_loopback_only(getattr(socket.socket, method)))
        yield


def _to_loopback_only(original: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        host = address[0] if isinstance(address, tuple) else ""
        if host and host not in {"localhost", "::1", "0.0.0.0"} and not host.startswith("127."):
            self.close()
            raise SocketClosed(f"Tests reach loopback only, not {host}.")
        return original(self, address)

    return guarded


# --- time ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def london() -> Callable[..., datetime]:
    """london(2025, 6, 2, 23, 59): that moment on the clocks of London."""

    def moment(*parts: int) -> datetime:
        return datetime(*parts, tzinfo=clock.LONDON)  # type: ignore[misc, arg-type]

    return moment


@pytest.fixture
def set_clock(london: Callable[..., datetime]) -> Iterator[Callable[..., datetime]]:
    """set_clock(2025, 6, 2, 12): the portal's clock stands at that moment of London until it is set anew."""
    with ExitStack() as pins:

        def pin(*parts: int) -> datetime:
            moment = london(*parts)
            pinned: AbstractContextManager[None] = clock.at(moment)
            pins.enter_context(pinned)
            return moment

        yield pin


# --- files that a killed run left behind -----------------------------------------------------------------------------


def pytest_sessionstart(session: pytest.Session) -> None:
    """A write-ahead log left by a killed run would be replayed into a new file of the same name."""
    if not hasattr(session.config, "workerinput"):
        _remove_test_files(settings.TEST_RUN)
        for file in settings.VAR_DIR.glob("test-nextstep_*.sqlite3*"):
            run = file.name.removeprefix("test-").partition(".")[0]
            if not _runs(int(run.rpartition("_")[2])):
                _remove_test_files(run)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        _remove_test_files(settings.TEST_RUN)


def _remove_test_files(run: str) -> None:
    for file in settings.VAR_DIR.glob(f"test-{run}.sqlite3*"):
        file.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
