"""Reminders of sessions: who, when, once, and what they say."""

from datetime import timedelta

import icalendar
import pytest

from nextstep.notifications.models import Message
from nextstep.notifications.services import queue_due_reminders
from sessions_app.messages import calendar_entry, invitation_to
from sessions_app.models import TeachingSession
from sessions_app.services import cancel_session, change_session
from tests.factories.accounts import OwnerFactory
from tests.factories.cohorts import CohortFactory, PlaceFactory
from tests.factories.sessions_app import FaceToFaceDayFactory, TeachingSessionFactory

pytestmark = pytest.mark.django_db

WEEK, DAY = "sessions_app.session_in_7_days", "sessions_app.session_in_1_day"


def reminders():
    return list(Message.objects.filter(code__in=[WEEK, DAY]).order_by("pk").values_list("code", flat=True))


def test_each_reminder_goes_once_however_often_the_job_runs(set_clock):
    session = TeachingSessionFactory()
    PlaceFactory(cohort=session.cohort)
    sent = []
    for moment in [(29, 16, 59), (29, 17, 0), (29, 17, 1), (30, 9, 0)]:
        queue_due_reminders(set_clock(2025, 10, *moment))
        sent.append(len(reminders()))
    for moment in [(4, 16, 59), (4, 17, 0), (5, 16, 59), (5, 17, 0)]:
        queue_due_reminders(set_clock(2025, 11, *moment))
        sent.append(len(reminders()))

    assert sent == [0, 1, 1, 1, 1, 2, 2, 2]
    assert reminders() == [WEEK, DAY]


def test_only_fellows_with_an_active_place_in_that_cohort_are_reminded(set_clock):
    session = TeachingSessionFactory()
    active = PlaceFactory(cohort=session.cohort).fellow
    PlaceFactory(cohort=session.cohort, state="withdrawn", seat=None)
    PlaceFactory(cohort=session.cohort, state="deferred", seat=None)
    PlaceFactory(cohort=session.cohort, state="graduated")
    PlaceFactory()

    queue_due_reminders(set_clock(2025, 10, 30, 9))

    assert list(Message.objects.values_list("person", flat=True)) == [active.pk]


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_nobody_is_reminded_of_a_draft_or_a_cancelled_session(set_clock, state):
    session = TeachingSessionFactory(state=state)
    PlaceFactory(cohort=session.cohort)

    queue_due_reminders(set_clock(2025, 10, 30, 9))

    assert reminders() == []


def test_a_session_cancelled_between_its_reminders_has_no_second_one(set_clock):
    session = TeachingSessionFactory()
    PlaceFactory(cohort=session.cohort)
    queue_due_reminders(set_clock(2025, 10, 30, 9))
    cancel_session(session=session, reason="Snow", by=OwnerFactory())

    queue_due_reminders(set_clock(2025, 11, 5, 9))

    assert reminders() == [WEEK]


def test_a_session_moved_to_another_day_is_reminded_of_again(set_clock):
    session = TeachingSessionFactory()
    PlaceFactory(cohort=session.cohort)
    queue_due_reminders(set_clock(2025, 10, 30, 9))
    later = {name: getattr(session, name) + timedelta(days=14) for name in ("starts_at", "ends_at")}
    change_session(session=session, fields=later, by=OwnerFactory())

    queue_due_reminders(set_clock(2025, 10, 31, 9))
    between = reminders()
    queue_due_reminders(set_clock(2025, 11, 13, 9))

    assert (between, reminders()) == ([WEEK], [WEEK, WEEK])


def test_somebody_who_joins_six_days_before_hears_at_once(set_clock):
    session = TeachingSessionFactory()
    queue_due_reminders(set_clock(2025, 10, 30, 9))
    PlaceFactory(cohort=session.cohort)

    queue_due_reminders(set_clock(2025, 10, 30, 10))

    assert reminders() == [WEEK]


def test_a_reminder_says_when_where_and_how_to_join(set_clock):
    cohort = CohortFactory(programme__name="Next Step", programme__contact_email="team@example.nhs.uk")
    session = TeachingSessionFactory(cohort=cohort, title="Crisis & change", joining_link="https://zoom.example/1")
    place = PlaceFactory(cohort=cohort, fellow__full_name="Ada Abara")

    queue_due_reminders(set_clock(2025, 10, 30, 9))

    message = Message.objects.get()
    assert message.subject == "Crisis & change is on 5 November 2025"
    assert message.text == (
        "Dear Ada Abara,\n\n"
        "This is a reminder of your next session on Next Step.\n\n"
        "Crisis & change\n\n"
        "5 November 2025, 5pm to 7pm\n\n"
        "Where: Online\n\n"
        "Join online:\nhttps://zoom.example/1\n\n"
        "The session, with a file for your calendar:\n"
        f"http://portal.test/sessions/{session.public_id}/\n\n"
        "If you cannot come, tell the programme team at team@example.nhs.uk as soon as you can.\n"
    )
    event = icalendar.Calendar.from_ical(message.calendar).events[0]
    assert (message.calendar_method, event["attendee"]) == ("REQUEST", f"mailto:{place.fellow.email}")
    assert event["organizer"] == "mailto:team@example.nhs.uk"


def test_a_reminder_of_a_day_in_a_building_says_nothing_of_joining_online(set_clock):
    session = FaceToFaceDayFactory()
    PlaceFactory(cohort=session.cohort)

    queue_due_reminders(set_clock(2025, 10, 7, 10))

    message = Message.objects.get()
    assert (message.code, "online" in message.text) == (DAY, False)
    assert message.subject == f"Tomorrow: {session.title}"


def test_a_programme_without_an_address_invites_from_the_portal(settings):
    settings.DEFAULT_FROM_EMAIL = "portal@example.nhs.uk"
    session = TeachingSessionFactory(cohort=CohortFactory(programme__contact_email=""))

    assert "mailto:portal@example.nhs.uk" in invitation_to(session, PlaceFactory().fellow).content


def test_a_calendar_entry_holds_the_link_only_for_those_who_may_join():
    session = TeachingSessionFactory(joining_link="https://zoom.example/1", delivered_by="King's Business School")

    inside, outside = (calendar_entry(session, with_link=may) for may in (True, False))

    assert (inside.location, outside.location) == ("https://zoom.example/1", "Online")
    assert outside.description == "Delivered by King's Business School"
    assert inside.description == "Delivered by King's Business School\nJoin: https://zoom.example/1"


@pytest.mark.parametrize("fellows", [1, 3])
def test_looking_for_reminders_takes_two_questions_a_session_however_many_fellows(
    set_clock, fellows, django_assert_num_queries
):
    session = TeachingSessionFactory()
    PlaceFactory.create_batch(fellows, cohort=session.cohort)
    now = set_clock(2025, 10, 30, 9)
    queue_due_reminders(now)
    assert TeachingSession.objects.count() == 1

    from nextstep.notifications.reminders import reminders as registered

    (week,) = [reminder for reminder in registered() if reminder.code == WEEK]
    with django_assert_num_queries(2):
        assert len(list(week.due(now))) == fellows
