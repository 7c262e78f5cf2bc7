"""Sessions of a cohort: the masterclass of 5 November 2025, 5pm to 7pm in London, unless said otherwise."""

from datetime import UTC, datetime, timedelta

import factory

from sessions_app.enums import SessionKind, SessionState
from sessions_app.models import (
    ActionLearningTerms,
    ActionLearningTopic,
    CalendarFeed,
    CoachingTerms,
    TeachingSession,
    TopicWindow,
)
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory

MASTERCLASS_STARTS = datetime(2025, 11, 5, 17, 0, tzinfo=UTC)


class TeachingSessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeachingSession

    cohort = factory.SubFactory(CohortFactory)
    kind = SessionKind.MASTERCLASS
    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda made: f"Crisis Management {made.number}")
    starts_at = MASTERCLASS_STARTS
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(hours=2))
    venue = "Online"
    state = SessionState.PUBLISHED


class FaceToFaceDayFactory(TeachingSessionFactory):
    """Module 1: 8 October 2025, 9am to 5pm in London, British Summer Time."""

    kind = SessionKind.FACE_TO_FACE
    title = factory.LazyAttribute(lambda made: f"Systems Leadership {made.number}")
    starts_at = datetime(2025, 10, 8, 8, 0, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(hours=8))
    venue = "The Jockey Club, Newmarket, Suffolk"


class ActionLearningTermsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionLearningTerms

    cohort = factory.SubFactory(CohortFactory)
    slot_minutes = 90
    group_size = 6
    largest_group = 9


class ActionLearningTopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionLearningTopic

    cohort = factory.SubFactory(CohortFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = "Action for change"


class TopicWindowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TopicWindow

    topic = factory.SubFactory(ActionLearningTopicFactory)
    starts_at = datetime(2026, 1, 9, 13, 0, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(hours=6))


class CoachingTermsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CoachingTerms

    cohort = factory.SubFactory(CohortFactory)
    title = "1-2-1 coaching"


class CalendarFeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CalendarFeed

    person = factory.SubFactory(UserFactory)
