"""Reads about sessions, their order and their states."""

from datetime import timedelta

import pytest

from cohorts.enums import PlaceState
from sessions_app.enums import SessionState
from sessions_app.selectors import (
    hours_of,
    next_session_for,
    presentation_day,
    sessions_for,
    sessions_of,
    sessions_overlapping,
    topic_capacities,
)
from tests.factories.cohorts import CohortFactory, PlaceFactory
from tests.factories.sessions_app import (
    MASTERCLASS_STARTS,
    ActionLearningTermsFactory,
    ActionLearningTopicFactory,
    CoachingTermsFactory,
    FaceToFaceDayFactory,
    TeachingSessionFactory,
    TopicWindowFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory(places=70)


def later(days):
    return MASTERCLASS_STARTS + timedelta(days=days)


def test_people_are_told_of_published_and_cancelled_sessions_in_order_of_time(cohort):
    second = TeachingSessionFactory(cohort=cohort, starts_at=later(1))
    first = TeachingSessionFactory(cohort=cohort, state=SessionState.CANCELLED)
    TeachingSessionFactory(cohort=cohort, state=SessionState.DRAFT)
    TeachingSessionFactory()

    assert list(sessions_of(cohort)) == [first, second]


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        (PlaceState.ACTIVE, True),
        (PlaceState.GRADUATED, True),
        (PlaceState.WITHDRAWN, False),
        (PlaceState.DEFERRED, False),
    ],
)
def test_a_persons_calendar_holds_the_sessions_of_the_cohorts_they_are_on(cohort, state, seen):
    session = TeachingSessionFactory(cohort=cohort)
    TeachingSessionFactory()
    place = PlaceFactory(cohort=cohort, state=state, **({} if seen else {"seat": None}))

    assert list(sessions_for(place.fellow)) == ([session] if seen else [])


def test_the_next_session_is_the_one_that_is_on_or_else_the_first_to_come(cohort):
    place = PlaceFactory(cohort=cohort)
    TeachingSessionFactory(cohort=cohort, starts_at=later(-1), state=SessionState.CANCELLED)
    TeachingSessionFactory(cohort=cohort, starts_at=later(-1), state=SessionState.DRAFT)
    first = TeachingSessionFactory(cohort=cohort)
    second = TeachingSessionFactory(cohort=cohort, starts_at=later(1))

    asked = [
        first.starts_at - timedelta(days=9),
        first.ends_at - timedelta(seconds=1),
        first.ends_at,
        second.ends_at,
    ]
    assert [next_session_for(place, now) for now in asked] == [first, first, second, None]


def test_somebody_who_left_has_no_next_session(cohort):
    TeachingSessionFactory(cohort=cohort)
    place = PlaceFactory(cohort=cohort, state=PlaceState.WITHDRAWN, seat=None)

    assert next_session_for(place, later(-9)) is None


def test_the_presentation_day_is_the_last_that_goes_ahead(cohort):
    FaceToFaceDayFactory(cohort=cohort, hosts_qip_presentations=True)
    last = FaceToFaceDayFactory(cohort=cohort, hosts_qip_presentations=True, starts_at=later(1))
    FaceToFaceDayFactory(cohort=cohort, hosts_qip_presentations=True, starts_at=later(2), state=SessionState.CANCELLED)
    FaceToFaceDayFactory(cohort=cohort, starts_at=later(3))

    assert (presentation_day(cohort), presentation_day(CohortFactory())) == (last, None)


def test_overlapping_are_those_nobody_can_attend_as_well(cohort):
    session = TeachingSessionFactory(cohort=cohort)
    overlapping = TeachingSessionFactory(cohort=cohort, starts_at=MASTERCLASS_STARTS + timedelta(hours=1))
    TeachingSessionFactory(cohort=cohort, starts_at=session.ends_at)
    TeachingSessionFactory(cohort=cohort, state=SessionState.CANCELLED)
    TeachingSessionFactory()

    assert list(sessions_overlapping(session)) == [overlapping]


def test_hours_are_those_of_sessions_that_go_ahead_and_of_one_slot_a_topic(cohort):
    FaceToFaceDayFactory(cohort=cohort)
    TeachingSessionFactory(cohort=cohort)
    TeachingSessionFactory(cohort=cohort, state=SessionState.CANCELLED)
    without_sets = hours_of(cohort)
    ActionLearningTermsFactory(cohort=cohort)
    for topic in ActionLearningTopicFactory.create_batch(3, cohort=cohort):
        TopicWindowFactory.create_batch(1, topic=topic)
    CoachingTermsFactory(cohort=cohort)

    assert (without_sets, hours_of(cohort)) == (10, 14.5)


@pytest.mark.parametrize("topics", [1, 3])
def test_capacities_take_three_questions_however_many_topics(cohort, topics, django_assert_num_queries):
    ActionLearningTermsFactory(cohort=cohort)
    for topic in ActionLearningTopicFactory.create_batch(topics, cohort=cohort):
        TopicWindowFactory(topic=topic)
        TopicWindowFactory(topic=topic, starts_at=later(200))

    with django_assert_num_queries(3):
        capacities = topic_capacities(cohort)

    assert [(one.at_target.holds, one.at_largest.holds, one.at_largest.people) for one in capacities] == [
        (48, 72, 70)
    ] * topics


def test_a_cohort_without_action_learning_sets_has_no_capacities(cohort):
    assert topic_capacities(cohort) == []


def test_a_topic_without_a_window_holds_nobody(cohort):
    ActionLearningTermsFactory(cohort=cohort)
    ActionLearningTopicFactory(cohort=cohort)

    (capacity,) = topic_capacities(cohort)

    assert (capacity.at_target.holds, capacity.at_target.shortfall) == (0, 70)
