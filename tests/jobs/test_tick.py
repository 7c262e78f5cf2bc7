"""The tick: each job once a period, never twice at once, taken up again where it was killed."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nextstep import clock
from nextstep.jobs.models import PeriodicRun
from nextstep.jobs.registry import periodic
from nextstep.jobs.rules import LEASE, RETRY_AFTER
from nextstep.jobs.services import forget_old_runs, tick
from tests.factories.jobs import PeriodicRunFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs():
    """A job of a minute that notes when it ran."""
    noted = []
    periodic("tests.job", timedelta(minutes=1), noted.append)
    return noted


@pytest.fixture
def wall(time_machine, london):
    time_machine.move_to(london(2026, 3, 1, 9), tick=False)
    return time_machine


def test_a_job_runs_once_in_each_period(runs, london):
    assert tick(london(2026, 3, 1, 9, 0, 5)) == ["tests.job"]
    assert tick(london(2026, 3, 1, 9, 0, 55)) == []
    assert tick(london(2026, 3, 1, 9, 1, 0)) == ["tests.job"]
    assert runs == [london(2026, 3, 1, 9, 0, 5), london(2026, 3, 1, 9, 1, 0)]
    assert set(PeriodicRun.objects.values_list("state", "attempts")) == {("done", 1)}


def test_the_clock_of_the_portal_decides_where_no_moment_is_given(runs, set_clock):
    at = set_clock(2026, 3, 1, 9)
    tick()
    assert runs == [at]


def test_periods_that_were_slept_through_are_not_made_up_for(runs, london):
    tick(london(2026, 3, 1, 9))
    tick(london(2026, 3, 1, 12))
    assert len(runs) == 2


def test_an_idle_tick_is_one_query(runs, london):
    periodic("tests.other", timedelta(days=1), runs.append)
    tick(london(2026, 3, 1, 9))
    with CaptureQueriesContext(connection) as queries:
        assert tick(london(2026, 3, 1, 9)) == []
    assert len(queries) == 1


def test_a_failing_job_stops_no_other_and_is_written_down(runs, london, caplog):
    def fails(now):
        raise ValueError("broken on purpose")

    periodic("tests.a_fails", timedelta(minutes=1), fails)

    assert tick(london(2026, 3, 1, 9)) == ["tests.a_fails", "tests.job"]

    failed = PeriodicRun.objects.get(job="tests.a_fails")
    assert failed.state == "failed"
    assert failed.error.endswith("ValueError: broken on purpose\n")
    assert [record.getMessage() for record in caplog.records] == ["The job tests.a_fails failed at try 1."]


def test_a_failed_run_is_tried_again_after_a_minute_in_the_same_period(wall, caplog):
    fails_once = iter([ValueError("once")])

    def job(now):
        for error in fails_once:
            raise error

    periodic("tests.daily", timedelta(days=1), job)
    assert tick() == ["tests.daily"]
    assert tick() == []
    wall.shift(RETRY_AFTER)
    assert tick() == ["tests.daily"]
    run = PeriodicRun.objects.get()
    assert (run.state, run.attempts, run.error) == ("done", 2, "")


def test_a_killed_run_is_taken_up_once_its_lease_is_over(wall):
    done = []

    def killed(now):
        raise SystemExit(9)

    periodic("tests.daily", timedelta(days=1), killed)
    with pytest.raises(SystemExit):
        tick()
    from nextstep.jobs import registry

    registry._periodic.clear()
    periodic("tests.daily", timedelta(days=1), done.append)

    assert tick() == []
    wall.shift(LEASE - timedelta(seconds=1))
    assert tick() == []
    wall.shift(timedelta(seconds=1))
    assert tick() == ["tests.daily"]
    run = PeriodicRun.objects.get()
    assert (run.state, run.attempts, len(done)) == ("done", 2, 1)


def test_the_next_period_waits_for_a_run_that_is_still_going(runs, wall):
    PeriodicRunFactory(period=clock.now() - timedelta(minutes=1), held_until=clock.wall() + LEASE)
    assert tick() == []
    assert runs == []


def test_the_next_period_buries_a_run_that_was_killed(runs, wall, caplog):
    dead = PeriodicRunFactory(period=clock.now() - timedelta(minutes=6), held_until=clock.wall())
    assert tick() == ["tests.job"]
    dead.refresh_from_db()
    assert (dead.state, dead.error) == ("failed", "Killed before it ended.")
    assert len(runs) == 1


def test_a_pinned_clock_does_not_end_another_process_lease(runs, set_clock, london):
    PeriodicRunFactory(period=london(2036, 1, 1), held_until=clock.wall() + LEASE)
    set_clock(2036, 1, 1)
    assert tick() == []


def test_who_outlived_the_lease_does_not_report_over_the_heir(london, caplog):
    def slow(now):
        PeriodicRun.objects.update(claim="11111111-1111-4111-8111-111111111111")

    periodic("tests.slow", timedelta(minutes=1), slow)
    tick(london(2026, 3, 1, 9))
    assert PeriodicRun.objects.get().state == "running"
    assert caplog.messages == ["A run of tests.slow outlived its lease; another process took it up."]


def test_a_sign_of_life_is_given_after_each_job(runs, london):
    signs = []
    periodic("tests.other", timedelta(minutes=1), runs.append)
    tick(london(2026, 3, 1, 9), alive=lambda: signs.append(len(runs)))
    assert signs == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_of_many_ticks_at_once_one_runs_the_job(runs, london):
    gate, ran = threading.Barrier(4), []

    def tick_beside_others():
        gate.wait()
        ran.extend(tick(london(2026, 3, 1, 9)))
        connection.close()

    threads = [threading.Thread(target=tick_beside_others) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ran == ["tests.job"]
    assert len(runs) == 1


@pytest.mark.django_db(transaction=True)
def test_two_periods_never_overlap(london):
    inside, release, ran = threading.Event(), threading.Event(), []

    def job(now):
        inside.set()
        assert release.wait(10)
        ran.append(now)

    def tick_first():
        tick(london(2026, 3, 1, 9))
        connection.close()

    periodic("tests.long", timedelta(minutes=1), job)
    first = threading.Thread(target=tick_first)
    first.start()
    assert inside.wait(10)

    assert tick(london(2026, 3, 1, 9, 1)) == []

    release.set()
    first.join()
    assert ran == [london(2026, 3, 1, 9)]
    assert tick(london(2026, 3, 1, 9, 1)) == ["tests.long"]


def test_old_runs_are_forgotten_and_failures_later(london):
    now = london(2026, 3, 1, 9)
    for state, days in (("done", 1), ("done", 3), ("failed", 3), ("failed", 91)):
        PeriodicRunFactory(job=f"tests.{state}", period=now - timedelta(days=days), state=state)
    assert forget_old_runs(now) == 2
    kept = PeriodicRun.objects.values_list("state", "period")
    assert list(kept) == [("done", now - timedelta(days=1)), ("failed", now - timedelta(days=3))]
