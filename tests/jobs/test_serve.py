"""`manage.py serve`: web and ticking in one supervised process."""

import os
import signal
import socket
import sqlite3
import subprocess
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from tests.jobs.running import BASE_DIR, PYTHON, children_of, eventually, running

pytestmark = [pytest.mark.sqlite]


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A migrated database of its own, as a file."""
    file = tmp_path_factory.mktemp("serve") / "nextstep.sqlite3"
    environment = {**os.environ, **environment_for(file)}
    command = [PYTHON, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    subprocess.run(command, env=environment, cwd=BASE_DIR, check=True)
    return file


def environment_for(file, port=8000):
    settings = {"DATABASE_URL": f"sqlite:///{file}", "DJANGO_SETTINGS_MODULE": "nextstep.settings.test"}
    return {**settings, "REDIS_URL": "", "PORT": str(port)}


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def rows(file, question):
    with closing(sqlite3.connect(file, timeout=20)) as connection:
        return connection.execute(question).fetchall()


def status_of(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
        return answer.status


def test_it_says_where_it_answers_ticks_and_ends_clean(database, port):
    with running(PYTHON, "manage.py", "serve", environment=environment_for(database, port)) as portal:
        assert f"The portal is at http://127.0.0.1:{port}/" in portal.wait_for("The portal is at")
        assert status_of(port) == 200
        eventually(lambda: rows(database, "SELECT 1 FROM jobs_periodicrun WHERE state = 'done'"))
        children = children_of(portal.process.pid)
        assert len(children) == 2

        assert portal.end(signal.SIGINT) == 0

        assert not [child for child in children if Path(f"/proc/{child}").exists()]


def test_what_dies_is_started_again(database, port):
    with running(PYTHON, "manage.py", "serve", environment=environment_for(database, port)) as portal:
        portal.wait_for("The portal is at")
        for name, has_children in (("The web server", True), ("The ticking", False)):
            before = children_of(portal.process.pid)
            # Only gunicorn has a child of its own.
            os.kill(next(pid for pid in before if bool(children_of(pid)) is has_children), signal.SIGKILL)
            portal.wait_for(f"{name} ended with -9 and is started again.")
            eventually(lambda before=before: len(set(children_of(portal.process.pid)) - set(before)) == 1)
            assert status_of(port) == 200


def test_nothing_outlives_a_supervisor_that_is_killed(database, port):
    with running(PYTHON, "manage.py", "serve", environment=environment_for(database, port)) as portal:
        portal.wait_for("The portal is at")
        children = children_of(portal.process.pid)
        grandchildren = children_of(children[0])
        portal.end(signal.SIGKILL)
        eventually(lambda: not [pid for pid in children + grandchildren if Path(f"/proc/{pid}").exists()])


def test_without_ticking_there_is_the_web_server_alone(database, port):
    command = [PYTHON, "manage.py", "serve", "--no-tick"]
    with running(*command, environment=environment_for(database, port)) as portal:
        portal.wait_for("The portal is at")
        assert len(children_of(portal.process.pid)) == 1


def test_a_taken_port_is_told_in_one_line(database):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [PYTHON, "manage.py", "serve"],
            env={**os.environ, **environment_for(database, port)},
            cwd=BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"Port {port} is taken. Stop what uses it, or choose another: PORT={port + 1}\n"
