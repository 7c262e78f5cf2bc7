"""The suite's own promises: sockets are closed, time is set, databases lie apart."""

import os
import socket
import subprocess
import sys
from contextlib import nullcontext

import pytest
import zeal
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from zeal.middleware import zeal_middleware

from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.audit.services import record
from tests.architecture.tree import ROOT


def test_another_machine_cannot_be_reached():
    with pytest.raises(RuntimeError, match="loopback only"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_loopback_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_set_clock_moves_the_portals_clock(set_clock, london):
    set_clock(2025, 6, 2, 23, 59)
    set_clock(2025, 6, 3, 0, 30)
    assert clock.now() == london(2025, 6, 3, 0, 30)
    assert clock.today().isoformat() == "2025-06-03"


@pytest.mark.django_db
def test_the_database_bears_the_name_of_this_run():
    assert os.environ["TEST_DATABASE"] in str(connection.settings_dict["NAME"])
    assert str(settings.DATABASES["default"]["TEST"]["NAME"]) in str(connection.settings_dict["NAME"])


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_lies_in_a_file_with_a_write_ahead_log():
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_is_what_it_says():
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        assert cursor.fetchone() == ("UTF8",)


@pytest.mark.django_db
@pytest.mark.parametrize(("rows", "raises"), [(1, False), (3, True)])
def test_a_request_that_asks_once_for_each_row_fails(rows, raises):
    for number in range(rows):
        user = User.objects.create(email=f"n{number}@example.nhs.uk", full_name="N")
        record("accounts.invited", user, by=user)

    def view(request):
        return HttpResponse(", ".join(event.actor.email for event in Event.objects.all()))

    with pytest.raises(zeal.errors.NPlusOneError) if raises else nullcontext():
        zeal_middleware(view)(RequestFactory().get("/"))


SKIPPED = "def test_skipped(): pytest.skip('no server')\n"
NEEDS_REDIS = "@pytest.mark.redis\ndef test_redis(): pass\n"
NEEDS_POSTGRESQL = "@pytest.mark.postgresql\ndef test_postgresql(): pass\n"
FAILS_AS_EXPECTED = "@pytest.mark.xfail\ndef test_known(): assert False\n"
WARNS = "import warnings\ndef test_warns(): warnings.warn('old')\n"
SKIPS_ITSELF = "pytest.skip('no server', allow_module_level=True)\n"
MARKED_WRONGLY = "@pytest.mark.typo\ndef test_it(): pass\n"


@pytest.mark.parametrize(
    ("files", "require_all", "outcome"),
    [
        ([SKIPPED + NEEDS_REDIS + NEEDS_POSTGRESQL + WARNS], "", "1 failed, 2 skipped, 1 deselected in"),
        (
            [SKIPPED + NEEDS_REDIS + NEEDS_POSTGRESQL + FAILS_AS_EXPECTED],
            "1",
            "1 failed, 1 deselected, 1 xfailed, 1 error in",
        ),
        ([SKIPS_ITSELF, MARKED_WRONGLY], "1", "2 errors in"),
    ],
)
def test_the_suite_treats_planted_tests_as_promised(tmp_path, files, require_all, outcome):
    for number, planted in enumerate(files):
        tmp_path.joinpath(f"test_planted_{number}.py").write_text(f"import pytest\n{planted}", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", "pyproject.toml", "-p", "tests.conftest", str(tmp_path)]
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "DATABASE_URL"))}
    run = {"TEST_DATABASE": f"planted_{os.getpid()}", "REDIS_URL": "redis://127.0.0.1:1/0", "REQUIRE_ALL": require_all}
    answer = subprocess.run(command, cwd=ROOT, env={**inherited, **run}, capture_output=True, text=True, check=False)
    assert answer.stdout.splitlines()[-1].startswith(outcome)
