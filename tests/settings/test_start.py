"""Web, worker and beat as they are really started: a wrong setting ends each with one line, and for good."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nextstep.settings.catalogue import SETTINGS
from nextstep.settings.environment import CANNOT_START

BASE_DIR = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "nextstep.settings.production",
    "SECRET_KEY": "0123456789" * 5,
    "ALLOWED_HOSTS": "portal.example.nhs.uk",
    "SITE_URL": "https://portal.example.nhs.uk",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "nextstep@example.nhs.uk",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
PYTHON = sys.executable
ABOUT_SITE_URL = next(setting.about for setting in SETTINGS if setting.name == "SITE_URL")
ENTRIES = {
    "gunicorn": [BIN / "gunicorn", "nextstep.wsgi"],
    "runserver": [PYTHON, "manage.py", "runserver", "--noreload"],
    "serve": [PYTHON, "manage.py", "serve"],
    "worker": [BIN / "celery", "-A", "nextstep", "worker"],
    "beat": [BIN / "celery", "-A", "nextstep", "beat"],
}


def start(entry, **changes):
    """What the entry point ends with and says, in an environment of production with `changes` (None: not set)."""
    named = {setting.name for setting in SETTINGS} | set(PRODUCTION)
    environment = {name: value for name, value in os.environ.items() if name not in named}
    environment |= {**PRODUCTION, **changes}
    return subprocess.run(
        ENTRIES[entry],
        env={name: value for name, value in environment.items() if value is not None},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"SITE_URL": None},
            f"Cannot start: SITE_URL is missing. {ABOUT_SITE_URL} For example: SITE_URL=https://portal.example.nhs.uk",
        ),
        ({"PORT": "ninety"}, "Cannot start: PORT must be a whole number from 1 to 65535. For example: PORT=8080"),
    ],
    ids=["missing", "malformed"],
)
def test_a_wrong_setting_ends_every_entry_with_one_line(entry, changes, line):
    ended = start(entry, **changes)
    assert (ended.returncode, ended.stderr) == (CANNOT_START, line + "\n")


@pytest.mark.parametrize("entry", ["gunicorn", "serve", "worker", "beat"])
def test_a_database_that_does_not_answer_ends_it_with_one_line(entry):
    ended = start(entry)
    assert ended.returncode == CANNOT_START
    assert ended.stderr.startswith("Cannot start: the database of DATABASE_URL does not answer.")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("entry", ["worker", "beat"])
def test_worker_and_beat_need_redis(entry):
    ended = start(entry, REDIS_URL=None)
    assert ended.returncode == CANNOT_START
    assert ended.stderr.startswith("Cannot start: REDIS_URL is missing.")
    assert ended.stderr.count("\n") == 1


def test_gunicorn_with_several_workers_needs_redis(monkeypatch, tmp_path):
    monkeypatch.setitem(ENTRIES, "gunicorn", [*ENTRIES["gunicorn"], "--workers", "2", "--bind", "127.0.0.1:0"])
    ended = start("gunicorn", REDIS_URL=None, DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3")
    assert ended.returncode == CANNOT_START
    assert "Cannot start: REDIS_URL is missing. 2 web processes need a cache in common" in ended.stderr
    assert "Booting worker" not in ended.stderr


def test_the_production_settings_pass_djangos_own_check(monkeypatch):
    # Left in the environment by the fixtures of the browser; Django warns of it.
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    ended = subprocess.run(
        [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        env={**os.environ, **PRODUCTION},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "System check identified no issues (0 silenced).\n")


@pytest.mark.parametrize("further", [None, "judge"])
def test_production_demands_a_second_factor_of_whoever_administers_and_of_no_fewer(further, monkeypatch):
    monkeypatch.delenv("SECOND_FACTOR_DEMANDED_OF", raising=False)
    told = subprocess.run(
        [PYTHON, "-c", "from nextstep.settings.production import SECOND_FACTOR_DEMANDED_OF as of; print(*of)"],
        env={**os.environ, **PRODUCTION, **({"SECOND_FACTOR_DEMANDED_OF": further} if further else {})},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert told.stdout.split() == ["owner", "administrator", "local_lead", *([further] if further else [])]


def test_production_answers_whoever_watches_it_without_https():
    asked = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "ask = Client(headers={'host': 'portal.example.nhs.uk'}).get\n"
        "print(ask('/healthz').status_code, ask('/').status_code)"
    )
    told = subprocess.run(
        [PYTHON, "-c", asked],
        env={**os.environ, **PRODUCTION},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    # The database of these settings does not answer, which is what it says.
    assert told.stdout.split() == ["503", "301"]
