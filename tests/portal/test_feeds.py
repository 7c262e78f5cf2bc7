"""A person's calendar: who can read it, what it holds, and that its address can be revoked."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from icalendar import Calendar

from cohorts.enums import PlaceState
from nextstep.audit.models import Event
from sessions_app.models import CalendarFeed
from sessions_app.services.feeds import make_feed, replace_feed, revoke_feed
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import PlaceFactory
from tests.factories.sessions_app import TeachingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def fellow():
    return PlaceFactory().fellow


def address(feed: CalendarFeed) -> str:
    return f"/calendar/{feed.token}.ics"


def entries(client, feed):
    return Calendar.from_ical(client.get(address(feed)).content).events


def test_the_feed_holds_the_sessions_of_the_persons_cohorts_alone(client, fellow, london):
    own = TeachingSessionFactory(
        cohort=fellow.places.get().cohort,
        title="Ours",
        starts_at=london(2026, 2, 26, 9),
        ends_at=london(2026, 2, 26, 17),
    )
    TeachingSessionFactory(title="Theirs")
    [entry] = entries(client, make_feed(person=fellow, by=fellow))
    assert str(entry["summary"]).endswith("Ours")
    assert entry.start == own.starts_at
    assert entry.end == own.ends_at


@pytest.mark.parametrize(
    ("day", "offset"),
    [((2025, 10, 25), 1), ((2025, 10, 26), 0), ((2026, 3, 28), 0), ((2026, 3, 29), 1)],
)
def test_nine_o_clock_is_nine_o_clock_on_both_sides_of_a_clock_change(client, fellow, london, day, offset):
    TeachingSessionFactory(cohort=fellow.places.get().cohort, starts_at=london(*day, 9), ends_at=london(*day, 17))
    [entry] = entries(client, make_feed(person=fellow, by=fellow))
    assert (entry.start.hour, entry.start.utcoffset()) == (9, timedelta(hours=offset))


def test_a_cancelled_session_stays_struck_out_and_a_draft_is_not_told(client, fellow):
    cohort = fellow.places.get().cohort
    TeachingSessionFactory(cohort=cohort, title="Called off", state="cancelled", number=1)
    TeachingSessionFactory(cohort=cohort, title="Not yet", state="draft", number=2)
    [entry] = entries(client, make_feed(person=fellow, by=fellow))
    assert entry["status"] == "CANCELLED"


def test_who_left_the_programme_has_an_empty_calendar(client, fellow):
    TeachingSessionFactory(cohort=fellow.places.get().cohort)
    fellow.places.update(state=PlaceState.WITHDRAWN)
    assert entries(client, make_feed(person=fellow, by=fellow)) == []


@pytest.mark.parametrize("end", ["revoked", "replaced", "closed"])
def test_an_address_that_ended_is_as_unknown_as_any_other(client, fellow, end):
    feed = make_feed(person=fellow, by=fellow)
    if end == "revoked":
        revoke_feed(person=fellow, by=fellow)
    elif end == "replaced":
        replace_feed(person=fellow, by=fellow)
    else:
        type(fellow).objects.filter(pk=fellow.pk).update(is_active=False)
    assert client.get(address(feed)).status_code == 404


def test_a_replaced_address_gives_another_that_answers(client, fellow):
    old = make_feed(person=fellow, by=fellow)
    new = replace_feed(person=fellow, by=fellow)
    assert new.token != old.token
    assert client.get(address(new)).status_code == 200


def test_an_address_cannot_be_guessed(fellow):
    assert len(make_feed(person=fellow, by=fellow).token) >= 43


def test_asking_twice_makes_one_address_and_one_event(fellow):
    assert make_feed(person=fellow, by=fellow) == make_feed(person=fellow, by=fellow)
    assert Event.objects.filter(verb="sessions_app.feed_made").count() == 1


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("make", "Your calendar address is ready"),
        ("replace", "You have a new calendar address"),
        ("revoke", "no longer works"),
    ],
)
def test_each_button_says_what_it_did(client, fellow, button, words):
    client.force_login(fellow)
    assert words in client.post(f"/calendar/{button}/", follow=True).content.decode()


@pytest.mark.parametrize("button", ["make", "replace", "revoke"])
def test_a_get_changes_nothing(client, fellow, button):
    client.force_login(fellow)
    assert client.get(f"/calendar/{button}/").status_code == 405
    assert CalendarFeed.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_asking_at_once_from_two_windows_makes_one_address():
    person = UserFactory()
    together = threading.Barrier(2)
    made = []

    def ask():
        together.wait()
        made.append(make_feed(person=person, by=person).token)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2
    assert set(made) == {CalendarFeed.objects.get().token}
