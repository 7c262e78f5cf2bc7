"""The page of a session and its file for a calendar: who sees them, and who is given the link."""

import re

import icalendar
import pytest
from django.utils import timezone

from cohorts.enums import PlaceState, Role
from sessions_app.enums import SessionState
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import PlaceFactory, TeamRoleFactory
from tests.factories.sessions_app import TeachingSessionFactory

pytestmark = pytest.mark.django_db
LINK = "https://zoom.example/j/1"


@pytest.fixture(autouse=True)
def the_day_before(set_clock):
    set_clock(2025, 11, 4, 9)


@pytest.fixture
def session():
    return TeachingSessionFactory(
        title="Crisis Management", number=2, joining_link=LINK, delivered_by="King's Business School"
    )


def address(session, file=""):
    return f"/sessions/{session.public_id}/{file}"


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def somebody(session, who):
    if who in PlaceState.values:
        has_left = who in {PlaceState.WITHDRAWN, PlaceState.DEFERRED}
        return PlaceFactory(cohort=session.cohort, state=who, **({"seat": None} if has_left else {})).fellow
    if who == "owner":
        return OwnerFactory()
    if who == "stranger":
        return UserFactory()
    if who == "fellow of another cohort":
        return PlaceFactory().fellow
    where = (
        {"programme": session.cohort.programme, "cohort": None}
        if who == Role.ADMINISTRATOR
        else {"cohort": session.cohort}
    )
    return TeamRoleFactory(role=who, **where).person


@pytest.mark.parametrize(
    ("who", "sees", "joins", "sees_draft"),
    [
        ("active", True, True, False),
        ("graduated", True, False, False),
        ("withdrawn", False, False, False),
        ("deferred", False, False, False),
        ("owner", True, True, True),
        (Role.ADMINISTRATOR, True, True, True),
        (Role.LOCAL_LEAD, True, True, True),
        (Role.FACILITATOR, True, True, False),
        (Role.COACH, True, True, False),
        (Role.JUDGE, True, True, False),
        (Role.REVIEWER, False, False, False),
        ("stranger", False, False, False),
        ("fellow of another cohort", False, False, False),
    ],
)
def test_who_sees_a_session_its_link_and_a_draft(client, session, who, sees, joins, sees_draft):
    client.force_login(somebody(session, who))

    pages = [client.get(address(session)), client.get(address(session, "session.ics"))]
    type(session).objects.update(state=SessionState.DRAFT)
    draft = client.get(address(session))

    assert [page.status_code for page in pages] == [200 if sees else 403] * 2
    assert [LINK in page.content.decode() for page in pages] == [joins] * 2
    assert draft.status_code == (200 if sees_draft else 403)


def test_a_stranger_is_led_to_sign_in(client, session):
    assert [client.get(address(session, file)).status_code for file in ("", "session.ics")] == [302, 302]


def test_a_session_says_what_when_where_and_by_whom(client, session):
    client.force_login(somebody(session, "active"))

    page = text_of(client.get(address(session)))

    for words in (
        "Masterclass 2 Crisis Management", "5 November 2025, 5pm to 7pm", "Online", "King&#x27;s Business School",
        "Join this session",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("moment", "state", "words", "link"),
    [
        ((2025, 11, 5, 18, 59), "published", "Join this session", True),
        ((2025, 11, 5, 19, 0), "published", "This session is over.", False),
        ((2025, 11, 4, 9), "cancelled", "This session is cancelled", False),
    ],
)
def test_the_link_goes_when_there_is_nothing_to_join(client, session, set_clock, moment, state, words, link):
    set_clock(*moment)
    type(session).objects.update(state=state)
    client.force_login(somebody(session, "active"))

    page = client.get(address(session))

    assert (words in text_of(page), LINK in page.content.decode()) == (True, link)


def test_the_calendar_file_is_private_and_read_by_another_library(client, session):
    client.force_login(somebody(session, "active"))

    answer = client.get(address(session, "session.ics"))
    event = icalendar.Calendar.from_ical(answer.content).events[0]

    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/calendar; charset=utf-8", "private, no-store")
    assert (event["uid"], event["summary"]) == (f"{session.public_id}@nextstep", "Crisis Management")
    assert (event.start, event.end) == (timezone.localtime(session.starts_at), timezone.localtime(session.ends_at))


def test_a_session_page_takes_few_questions(client, session, django_assert_max_num_queries):
    client.force_login(somebody(session, "active"))

    with django_assert_max_num_queries(7):
        client.get(address(session))
