"""What goes into the outbox: once a person and occasion, in the caller's transaction."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from nextstep.notifications.calendar import CalendarPart
from nextstep.notifications.models import Message
from nextstep.notifications.services import queue_message
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def greet(to, occasion="greeting:1", **more):
    return queue_message(code="tests.greeting", to=to, occasion=occasion, context={"name": "Seán O'Brien"}, **more)


def test_words_stand_in_text_and_html_alike(greeting, set_clock):
    at = set_clock(2026, 3, 1, 9)
    person = UserFactory(email="sean@example.nhs.uk")

    message = greet(person)

    assert message.subject == "Hello Seán O'Brien"
    assert message.text == (
        "Hello Seán O'Brien\n\nYour code is Seán O'Brien.\n\nOpen the page:\nhttp://portal.test/page/\n"
    )
    assert "Your code is Seán O&#x27;Brien." in message.html
    assert '<a href="http://portal.test/page/"' in message.html
    assert (message.person, message.address, message.state) == (person, "sean@example.nhs.uk", "waiting")
    assert (message.queued_at, message.due_at) == (at, at)
    assert message.message_id.endswith("@portal.test>")


def test_the_same_is_queued_once(greeting):
    person = UserFactory()
    first = greet(person)

    assert greet(person) is None
    assert list(Message.objects.all()) == [first]


def test_another_occasion_and_another_person_are_something_else(greeting):
    person = UserFactory()
    assert greet(person)
    assert greet(person, "greeting:2")
    assert greet(UserFactory())
    assert len(set(Message.objects.values_list("message_id", flat=True))) == 3


def test_a_person_who_changed_their_address_does_not_hear_it_again(greeting):
    person = UserFactory()
    greet(person)
    person.email = "new@example.nhs.uk"
    person.save()
    assert greet(person) is None


def test_an_address_without_an_account_hears_it_once_whatever_its_case(greeting):
    message = greet(" Supervisor@Example.nhs.uk")
    assert (message.person, message.address) == (None, "Supervisor@Example.nhs.uk")
    assert greet("supervisor@example.nhs.uk") is None


def test_nothing_is_queued_where_the_cause_rolls_back(greeting):
    with transaction.atomic():
        greet(UserFactory())
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_a_code_that_no_app_registered_is_refused():
    with pytest.raises(LookupError, match=r"tests\.unknown"):
        queue_message(code="tests.unknown", to="a@example.nhs.uk", occasion="x", context={})


def test_a_subject_never_has_two_lines(greeting):
    message = queue_message(code="tests.greeting", to="a@b.uk", occasion="x", context={"name": "A\nBcc: c@d.uk"})
    assert message.subject == "Hello A Bcc: c@d.uk"


def test_the_calendar_part_is_kept(greeting):
    message = greet(UserFactory(), calendar=CalendarPart("REQUEST", "BEGIN:VCALENDAR"))
    assert (message.calendar_method, message.calendar) == ("REQUEST", "BEGIN:VCALENDAR")


@pytest.fixture(params=[("", 0), ("redis://127.0.0.1:1/0", 1)])
def pokes(request, settings):
    """How many pokes are expected with the REDIS_URL that is set."""
    settings.REDIS_URL, expected = request.param
    return expected


def test_the_worker_is_poked_once_after_the_commit(greeting, monkeypatch, django_capture_on_commit_callbacks, pokes):
    sent = []
    cache.clear()

    def send_task(app, name, *, retry):
        sent.append((name, retry))

    monkeypatch.setattr("celery.app.base.Celery.send_task", send_task)

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            greet(UserFactory())
        assert sent == []

    assert sent == [("notifications.drain", False)] * pokes


def test_a_poke_that_redis_does_not_take_harms_nobody(greeting, settings, caplog, django_capture_on_commit_callbacks):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": settings.REDIS_URL}
    }
    with django_capture_on_commit_callbacks(execute=True):
        greet(UserFactory())
    assert "the next sweep sends what is waiting" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_who_queue_the_same_at_once_make_one_message(greeting):
    person, gate, results = UserFactory(), threading.Barrier(4), []

    def queue():
        gate.wait()
        results.append(greet(person))
        connection.close()

    threads = [threading.Thread(target=queue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 4
    assert sum(result is not None for result in results) == 1
    assert Message.objects.count() == 1
