"""Reminders: once to each person and occasion, whatever runs twice, restarts or is killed."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nextstep.jobs.services import tick
from nextstep.notifications.models import Message
from nextstep.notifications.reminders import Due, Reminder
from nextstep.notifications.services import drain, queue_due_reminders
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session_reminder(greeting, reminder, london):
    """Seven days before a session, to everybody in `people`; `session` holds its start and may be moved."""
    people, session = [], {"starts_at": london(2026, 3, 8, 9)}

    def due(now):
        if now >= session["starts_at"] - timedelta(days=7):
            for person in people:
                yield Due(to=person, occasion="session:1:7 days", context={"name": person.full_name})

    reminder(Reminder(code="tests.greeting", due=due))
    return people, session


def test_a_reminder_is_queued_from_its_moment_on_and_once(session_reminder, london):
    people, _ = session_reminder
    people += UserFactory.create_batch(3)

    assert queue_due_reminders(london(2026, 3, 1, 8, 59)) == 0
    assert queue_due_reminders(london(2026, 3, 1, 9)) == 3
    assert queue_due_reminders(london(2026, 3, 1, 9, 1)) == 0


def test_the_moment_moves_with_the_session(session_reminder, london):
    people, session = session_reminder
    people.append(UserFactory())
    session["starts_at"] += timedelta(days=1)
    assert queue_due_reminders(london(2026, 3, 1, 9)) == 0
    assert queue_due_reminders(london(2026, 3, 2, 9)) == 1


def test_who_joins_late_is_reminded_late(session_reminder, london):
    people, _ = session_reminder
    people.append(UserFactory())
    queue_due_reminders(london(2026, 3, 1, 9))
    people.append(UserFactory())
    assert queue_due_reminders(london(2026, 3, 1, 10)) == 1


def test_looking_again_costs_the_same_for_three_as_for_one(session_reminder, london):
    people, _ = session_reminder
    counts = []
    for more in (1, 2):
        people += UserFactory.create_batch(more)
        queue_due_reminders(london(2026, 3, 1, 9))
        with CaptureQueriesContext(connection) as queries:
            assert queue_due_reminders(london(2026, 3, 1, 9)) == 0
        counts.append(len(queries))
    assert counts == [1, 1]


def breaks(now):
    raise ZeroDivisionError


def test_one_broken_reminder_does_not_silence_the_others(session_reminder, reminder, london, caplog):
    people, _ = session_reminder
    people.append(UserFactory())
    reminder(Reminder(code="tests.broken", due=breaks))

    with pytest.raises(ExceptionGroup) as failure:
        queue_due_reminders(london(2026, 3, 1, 9))

    assert [type(each) for each in failure.value.exceptions] == [ZeroDivisionError]
    assert Message.objects.count() == 1


def test_the_tick_queues_and_the_drain_sends(session_reminder, set_clock):
    people, _ = session_reminder
    people += UserFactory.create_batch(2)
    set_clock(2026, 3, 1, 9)
    assert "notifications.reminders" in tick()
    assert drain() == 2
    set_clock(2026, 3, 1, 9, 1)
    tick()
    assert drain() == 0
    assert sorted(sent.to[0] for sent in mail.outbox) == sorted(person.email for person in people)


def test_a_run_killed_half_way_is_finished_by_the_next(session_reminder, london, monkeypatch):
    people, _ = session_reminder
    people += UserFactory.create_batch(4)
    from nextstep.notifications.services import reminding

    real, calls = reminding.queue_message, []

    def dies_at_the_third(**arguments):
        calls.append(arguments)
        if len(calls) == 3:
            raise SystemExit(9)
        return real(**arguments)

    with monkeypatch.context() as patch:
        patch.setattr(reminding, "queue_message", dies_at_the_third)
        with pytest.raises(SystemExit):
            queue_due_reminders(london(2026, 3, 1, 9))

    assert queue_due_reminders(london(2026, 3, 1, 9, 1)) == 2
    assert Message.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_that_remind_at_once_remind_once(session_reminder, london):
    people, _ = session_reminder
    people += UserFactory.create_batch(10)
    gate, queued = threading.Barrier(3), []

    def remind():
        gate.wait()
        queued.append(queue_due_reminders(london(2026, 3, 1, 9)))
        connection.close()

    threads = [threading.Thread(target=remind) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(queued) == 10
    assert Message.objects.count() == 10
