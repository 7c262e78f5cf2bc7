"""The dated events of a cohort, and the terms of its action learning sets and coaching."""

from sessions_app.models.feed import CalendarFeed, CalendarFeedQuerySet
from sessions_app.models.learning import ActionLearningTerms, ActionLearningTopic, CoachingTerms, TopicWindow
from sessions_app.models.session import TeachingSession, TeachingSessionQuerySet

__all__ = [
    "ActionLearningTerms",
    "ActionLearningTopic",
    "CalendarFeed",
    "CalendarFeedQuerySet",
    "CoachingTerms",
    "TeachingSession",
    "TeachingSessionQuerySet",
    "TopicWindow",
]
