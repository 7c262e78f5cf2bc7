"""What the database itself holds of sessions, topics and calendar addresses, and how sessions read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from sessions_app.models import CalendarFeed, TeachingSession
from sessions_app.presenters import SessionView
from tests.factories.accounts import UserFactory
from tests.factories.attendance import ExcusalFactory, MarkFactory, RegisterClosureFactory
from tests.factories.cohorts import CohortFactory
from tests.factories.sessions_app import (
    MASTERCLASS_STARTS,
    ActionLearningTermsFactory,
    ActionLearningTopicFactory,
    CalendarFeedFactory,
    CoachingTermsFactory,
    TeachingSessionFactory,
    TopicWindowFactory,
)

NOW = datetime(2025, 11, 4, 9, tzinfo=UTC)


def refused(factory, **wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**wrong)
    return True


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "wrong"),
    [
        (TeachingSessionFactory, {"ends_at": MASTERCLASS_STARTS}),
        (TeachingSessionFactory, {"ends_at": MASTERCLASS_STARTS - timedelta(hours=1)}),
        (TeachingSessionFactory, {"kind": "lecture"}),
        (TeachingSessionFactory, {"state": "forgotten"}),
        (ActionLearningTermsFactory, {"slot_minutes": 0}),
        (ActionLearningTermsFactory, {"group_size": 0}),
        (ActionLearningTermsFactory, {"group_size": 7, "largest_group": 6}),
        (TopicWindowFactory, {"ends_at": datetime(2026, 1, 9, 13, tzinfo=UTC)}),
    ],
)
def test_what_cannot_be_is_refused_by_the_database(factory, wrong):
    assert refused(factory, **wrong)


@pytest.mark.django_db
def test_a_number_is_used_once_a_kind_and_cohort_and_sessions_without_a_number_are_many():
    first = TeachingSessionFactory(number=1)
    TeachingSessionFactory.create_batch(2, cohort=first.cohort, number=None)
    TeachingSessionFactory(cohort=first.cohort, number=1, kind="evening")
    TeachingSessionFactory(number=1)

    assert refused(TeachingSessionFactory, cohort=first.cohort, number=1)


@pytest.mark.django_db
def test_a_topic_a_window_and_terms_are_there_once():
    topic = ActionLearningTopicFactory(number=1)
    window = TopicWindowFactory(topic=topic)
    terms, coaching = ActionLearningTermsFactory(cohort=topic.cohort), CoachingTermsFactory(cohort=topic.cohort)

    assert refused(ActionLearningTopicFactory, cohort=topic.cohort, number=1)
    assert refused(TopicWindowFactory, topic=topic, starts_at=window.starts_at)
    assert refused(ActionLearningTermsFactory, cohort=terms.cohort)
    assert refused(CoachingTermsFactory, cohort=coaching.cohort)


@pytest.mark.django_db
def test_a_cancelled_session_is_replaced_once():
    cancelled = TeachingSessionFactory(state="cancelled")
    TeachingSessionFactory(cohort=cancelled.cohort, replaces=cancelled)

    assert refused(TeachingSessionFactory, cohort=cancelled.cohort, replaces=cancelled)


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [MarkFactory, ExcusalFactory, RegisterClosureFactory])
def test_a_session_on_which_a_register_hangs_cannot_be_deleted(factory):
    session = factory().session

    with pytest.raises(ProtectedError):
        session.delete()
    assert TeachingSession.objects.filter(pk=session.pk).exists()


@pytest.mark.django_db
def test_a_person_has_one_current_calendar_address_and_any_number_of_old_ones():
    person = UserFactory()
    CalendarFeedFactory.create_batch(2, person=person, revoked_at=NOW)
    current = CalendarFeedFactory(person=person)

    assert refused(CalendarFeedFactory, person=person)
    assert (list(CalendarFeed.objects.current()), len(set(CalendarFeed.objects.values_list("token", flat=True)))) == (
        [current], 3,
    )  # fmt: skip


@pytest.mark.django_db
def test_things_are_named_as_people_know_them():
    cohort = CohortFactory(name="2025 to 2026", programme__name="Next Step")
    topic = ActionLearningTopicFactory(cohort=cohort, number=2, title="Logic model")

    assert [str(one) for one in (
        TeachingSessionFactory(title="Crisis Management"),
        topic,
        TopicWindowFactory(topic=topic),
        ActionLearningTermsFactory(cohort=cohort),
        CoachingTermsFactory(cohort=cohort),
        CalendarFeedFactory(person=UserFactory(full_name="Ada Abara")),
        MarkFactory(session__title="Day 1", place__fellow__full_name="Ben Bell"),
        ExcusalFactory(session__title="Day 1", place__fellow__full_name="Ben Bell"),
        RegisterClosureFactory(session__title="Day 1"),
    )] == [
        "Crisis Management",
        "Topic 2: Logic model",
        "Topic 2: Logic model, 09 Jan 2026 13:00",
        "Action learning sets of Next Step, 2025 to 2026",
        "Coaching of Next Step, 2025 to 2026",
        "Calendar of Ada Abara",
        "Ben Bell, Day 1",
        "Ben Bell, Day 1",
        "Register of Day 1",
    ]  # fmt: skip


# --- one session in words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        ("masterclass", 2, "Masterclass 2"),
        ("face_to_face", 1, "Face-to-face day 1"),
        ("networking", None, "Networking event"),
        ("coaching", None, "Coaching"),
    ],
)
def test_a_session_is_called_by_kind_and_number(kind, number, words):
    assert SessionView(TeachingSession(kind=kind, number=number), NOW).kind == words


@pytest.mark.parametrize(
    ("state", "ends_after", "may_join", "link"),
    [
        ("published", timedelta(hours=1), True, "https://zoom.example/1"),
        ("published", timedelta(hours=1), False, ""),
        ("published", timedelta(0), True, ""),
        ("cancelled", timedelta(hours=1), True, ""),
    ],
)
def test_the_link_is_given_to_those_who_may_join_while_there_is_something_to_join(state, ends_after, may_join, link):
    session = TeachingSession(state=state, ends_at=NOW + ends_after, joining_link="https://zoom.example/1")

    assert SessionView(session, NOW, may_join=may_join).joining_link == link


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ((2025, 10, 8, 9), (2025, 10, 8, 17), "8 October 2025, 9am to 5pm"),
        ((2025, 11, 5, 17), (2025, 11, 5, 19), "5 November 2025, 5pm to 7pm"),
        ((2026, 3, 28, 18), (2026, 3, 29, 12), "28 March 2026 at 6pm to 29 March 2026 at midday"),
    ],
)
def test_a_session_shows_the_time_of_london_whatever_the_season(london, starts, ends, words):
    session = TeachingSession(starts_at=london(*starts).astimezone(UTC), ends_at=london(*ends).astimezone(UTC))

    assert SessionView(session, NOW).when == words


@pytest.mark.django_db
def test_nothing_empty_is_shown_of_a_session():
    session = TeachingSessionFactory(venue="", delivered_by="")

    assert [row["key"] for row in SessionView(session, NOW).rows] == ["When", "Programme"]
