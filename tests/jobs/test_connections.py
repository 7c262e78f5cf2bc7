"""A worker's database connection lives from task to task, and one that died costs no more than a task."""

from types import SimpleNamespace

import pytest
from celery.fixups.django import DjangoWorkerFixup
from django.db import OperationalError, connection, connections

from nextstep import celery
from nextstep.jobs.models import PeriodicRun

pytestmark = pytest.mark.django_db(transaction=True)

TASK = SimpleNamespace(request=SimpleNamespace(is_eager=False))


def run_task():
    """What Celery does around a task in a worker's process."""
    around = DjangoWorkerFixup(celery.app)
    around.on_task_prerun(TASK)
    celery.ready_connections(TASK)
    PeriodicRun.objects.count()
    around.on_task_postrun(TASK)
    return connection.connection


@pytest.fixture
def persistent(monkeypatch):
    """Connections without an end, also where the database is a file."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", None)
    monkeypatch.setitem(connection.settings_dict, "CONN_HEALTH_CHECKS", True)
    connection.close()
    yield
    connection.close()


def die():
    """The server ends this process's session, as when it restarts."""
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    other.close()


def test_a_connection_lives_from_task_to_task_and_is_asked_only_after_a_rest(persistent, monkeypatch):
    asked = []
    monkeypatch.setattr(connection, "is_usable", lambda: asked.append(1) or True)
    first = run_task()
    assert run_task() is first
    assert asked == []
    monkeypatch.setattr(celery, "_last_task", 0.0)
    assert run_task() is first
    assert asked == [1]


@pytest.mark.postgresql
def test_after_a_rest_a_dead_connection_is_replaced_before_the_task(persistent, monkeypatch):
    first = run_task()
    die()
    monkeypatch.setattr(celery, "_last_task", 0.0)
    assert run_task() is not first


@pytest.mark.postgresql
def test_a_connection_that_dies_between_two_quick_tasks_costs_one_of_them(persistent):
    run_task()
    die()
    with pytest.raises(OperationalError):
        run_task()
    run_task()


def test_a_task_run_in_place_leaves_the_connections_of_its_caller_alone(persistent, monkeypatch):
    run_task()
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: pytest.fail("It was looked at."))
    celery.ready_connections(SimpleNamespace(request=SimpleNamespace(is_eager=True)))
