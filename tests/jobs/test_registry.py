"""The registry of jobs, and the schedule that beat makes of it."""

from datetime import timedelta

import pytest

from nextstep.jobs.registry import continual, continual_jobs, periodic, periodic_jobs
from nextstep.jobs.schedule import beat_schedule


def nothing(now):
    """A job that does nothing."""


def test_jobs_come_in_the_order_of_their_names():
    periodic("tests.b", timedelta(minutes=1), nothing)
    periodic("tests.a", timedelta(days=1), nothing)
    assert [(job.name, job.every) for job in periodic_jobs()] == [
        ("tests.a", timedelta(days=1)),
        ("tests.b", timedelta(minutes=1)),
    ]


def test_a_name_is_taken_once():
    periodic("tests.a", timedelta(minutes=1), nothing)
    with pytest.raises(ValueError, match=r"tests\.a already"):
        periodic("tests.a", timedelta(minutes=2), nothing)
    with pytest.raises(ValueError, match=r"tests\.a already"):
        continual("tests.a", nothing, task="tests.a")
    assert continual_jobs() == []


def test_a_period_below_a_second_is_refused():
    with pytest.raises(ValueError, match="each second"):
        periodic("tests.a", timedelta(milliseconds=999), nothing)


@pytest.mark.parametrize(
    ("periods", "often"),
    [
        ([], timedelta(minutes=1)),
        ([timedelta(days=1)], timedelta(minutes=1)),
        ([timedelta(days=1), timedelta(seconds=10)], timedelta(seconds=10)),
    ],
)
def test_beat_knocks_as_often_as_the_most_frequent_job_asks(periods, often):
    for number, every in enumerate(periods):
        periodic(f"tests.{number}", every, nothing)
    assert beat_schedule() == {
        "jobs.tick": {"task": "jobs.tick", "schedule": often, "options": {"expires": often.total_seconds()}}
    }


def test_a_continual_job_gets_an_entry_of_its_own():
    continual("tests.drain", nothing, task="tests.drain_task")
    assert beat_schedule()["tests.drain"] == {
        "task": "tests.drain_task",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60.0},
    }


def test_the_portal_registers_what_celery_knows_by_the_same_name(monkeypatch):
    from celery import current_app

    from nextstep.jobs import tasks as jobs
    from nextstep.notifications import tasks as notifications

    jobs.register_jobs()
    notifications.register_jobs()

    names = {entry["task"] for entry in beat_schedule().values()}
    assert names == {"jobs.tick", "notifications.drain"}
    assert names <= set(current_app.tasks)
