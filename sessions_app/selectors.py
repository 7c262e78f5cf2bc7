"""Reads about sessions and action learning sets."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import QuerySet

from cohorts.enums import PlaceState
from cohorts.models import Cohort, Place
from nextstep.accounts.models import User
from sessions_app.models import ActionLearningTerms, ActionLearningTopic, TeachingSession, TopicWindow
from sessions_app.rules.slots import Capacity, capacity_of_topic
from sessions_app.rules.timetable import Span, timetable_hours


@dataclass(frozen=True)
class TopicCapacity:
    """How the slots of one topic compare with the places of the cohort."""

    topic: ActionLearningTopic
    at_target: Capacity
    at_largest: Capacity


def sessions_of(cohort: Cohort) -> QuerySet[TeachingSession]:
    """The sessions people are told of, in order of time: published, and cancelled after they were."""
    return TeachingSession.objects.filter(cohort=cohort).shown()


def sessions_for(person: User) -> QuerySet[TeachingSession]:
    """The sessions of every cohort in which the person has or had a place to the end, for their calendar."""
    cohorts = Place.objects.filter(fellow=person).on_programme().values("cohort")
    return TeachingSession.objects.filter(cohort__in=cohorts).shown().select_related("cohort__programme")


def next_session_for(place: Place, now: datetime) -> TeachingSession | None:
    """The session that the fellow goes to next, or is at: none once they have left."""
    if place.state != PlaceState.ACTIVE:
        return None
    return TeachingSession.objects.filter(cohort=place.cohort_id).going_ahead().ending_after(now).first()


def presentation_day(cohort: Cohort) -> TeachingSession | None:
    """The session at which fellows present their projects; the last, where several do."""
    return (
        TeachingSession.objects.filter(cohort=cohort, hosts_qip_presentations=True)
        .going_ahead()
        .order_by("-starts_at")
        .first()
    )


def sessions_overlapping(session: TeachingSession) -> QuerySet[TeachingSession]:
    """Other sessions of the cohort that go ahead while `session` does: nobody can be at both."""
    return (
        TeachingSession.objects.filter(
            cohort=session.cohort_id, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
        )
        .going_ahead()
        .exclude(pk=session.pk)
    )


def hours_of(cohort: Cohort) -> Fraction:
    """The hours that one fellow spends in what the timetable of `cohort` holds: its sessions and action learning sets.

    Of each action learning topic a fellow attends one slot. Two queries and one for the slots' length.
    """
    sessions = TeachingSession.objects.filter(cohort=cohort).going_ahead().values_list("starts_at", "ends_at")
    hours = timetable_hours(Span(*times) for times in sessions)
    terms = ActionLearningTerms.objects.filter(cohort=cohort).first()
    if terms is None:
        return hours
    return hours + Fraction(ActionLearningTopic.objects.filter(cohort=cohort).count() * terms.slot_minutes, 60)


def topic_capacities(cohort: Cohort) -> list[TopicCapacity]:
    """Whether the slots of each topic hold everybody, at the size aimed at and at the largest: three queries."""
    terms = ActionLearningTerms.objects.filter(cohort=cohort).first()
    if terms is None:
        return []
    windows: dict[int, list[Span]] = {}
    for window in TopicWindow.objects.filter(topic__cohort=cohort):
        windows.setdefault(window.topic_id, []).append(Span(window.starts_at, window.ends_at))

    def capacity(topic: ActionLearningTopic, size: int) -> Capacity:
        return capacity_of_topic(
            windows.get(topic.pk, []), minutes=terms.slot_minutes, group_size=size, people=cohort.places
        )

    return [
        TopicCapacity(topic, capacity(topic, terms.group_size), capacity(topic, terms.largest_group))
        for topic in ActionLearningTopic.objects.filter(cohort=cohort)
    ]
