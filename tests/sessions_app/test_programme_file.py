"""The sections of a programme file about sessions, action learning sets and coaching."""

import copy
from datetime import datetime

import pytest

from cohorts.registries import sections
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from sessions_app.enums import SessionKind, SessionState
from sessions_app.models import ActionLearningTerms, CoachingTerms, TeachingSession, TopicWindow
from sessions_app.rules import definition
from sessions_app.services import cancel_session, create_session
from tests.factories.accounts import OwnerFactory
from tests.factories.cohorts import CohortFactory, PlaceFactory
from tests.factories.sessions_app import TeachingSessionFactory

BY_KEY = {section.key: section for section in sections.registered()}
SESSIONS, SETS, COACHING = BY_KEY["sessions"], BY_KEY["action_learning_sets"], BY_KEY["coaching"]


def local(*parts):
    """As a programme file has it: what clocks in London show, without a zone."""
    return datetime(*parts)  # noqa: DTZ001


def entry(**changes):
    made = {
        "kind": "masterclass",
        "number": 1,
        "title": "Crisis Management",
        "starts": local(2025, 11, 5, 17),
        "ends": local(2025, 11, 5, 19),
        **changes,
    }
    return {key: value for key, value in made.items() if value is not None}


def terms(**changes):
    window = {"starts": local(2025, 10, 4, 12), "ends": local(2025, 10, 4, 18)}
    return {
        "slot_minutes": 90,
        "group_size": 6,
        "largest_group": 9,
        "topics": [{"number": 1, "title": "Action for change", "windows": [window]}],
        **changes,
    }


BACK = "This time happens twice, because the clocks go back. Choose another."
FORWARD = "This time does not exist, because the clocks go forward. Choose another."
KINDS = ", ".join(SessionKind.values)


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        ([], []),
        ([entry()], []),
        ("none", [("", "This must be a list of sessions.")]),
        (["none"], [("[0]", "This must be a table.")]),
        ([entry(kind="lecture")], [("[0].kind", f"This must be one of {KINDS}.")]),
        ([entry(), entry(number=2, kind=None)], [("[1].kind", "This is missing.")]),
        ([entry(number=None)], [("[0].number", "This is missing.")]),
        ([entry(number=0)], [("[0].number", "This must be between 1 and 32767.")]),
        ([entry(ends=local(2025, 11, 5, 16))], [("[0].ends", "The session ends before it starts.")]),
        ([entry(ends=local(2025, 11, 5, 17))], [("[0].ends", "The session ends before it starts.")]),
        ([entry(), entry()], [("[1].number", "Another session of this kind has this number.")]),
        ([entry(), entry(kind="evening")], []),
        ([entry(starts=local(2025, 10, 26, 1, 30))], [("[0].starts", BACK)]),
        ([entry(ends=local(2026, 3, 29, 1, 30))], [("[0].ends", FORWARD)]),
        ([entry(starts=local(2025, 10, 26, 0, 59), ends=local(2025, 10, 26, 2))], []),
        ([entry(joining_link="zoom")], [("[0].joining_link", "This must be a web address.")]),
        ([entry(joining_link="https://zoom.example/1")], []),
        ([entry(venu="Online")], [("[0].venu", "No such key is known. Did you mean venue?")]),
        ([entry(number={}), entry(number={})], [("[0].number", "This must be a whole number."),
                                                ("[1].number", "This must be a whole number.")]),
    ],
)  # fmt: skip
def test_problems_of_sessions_are_named_with_their_keys(data, problems):
    assert [(problem.key, problem.message) for problem in SESSIONS.validate(data, {})] == problems


def window(start, end):
    return {"starts": local(2025, 10, 4, start), "ends": local(2025, 10, 4, end)}


def topics(*windows, number=1):
    return [{"number": number, "title": "Action for change", "windows": list(windows)}]


OVERLAP = "This window overlaps another one of the topic."


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (terms(), []),
        ("none", [("", "This must be a table.")]),
        (terms(topics=[]), [("topics", "There must be at least one topic.")]),
        (terms(topics=["none"]), [("topics[0]", "This must be a table.")]),
        (terms(topics=topics()), [("topics[0].windows", "There must be at least one window.")]),
        (terms(topics=topics(window(12, 15), window(14, 17))), [("topics[0].windows[1].starts", OVERLAP)]),
        (terms(topics=topics(window(12, 15), window(15, 17))), []),
        (terms(topics=topics(window(12, 15)) + topics(window(12, 15), number=2)), []),
        (terms(topics=topics(window(12, 15)) * 2), [("topics[1].number", "Another topic has this number.")]),
        (terms(topics=topics(window(15, 12))), [("topics[0].windows[0].ends", "The window ends before it starts.")]),
        (
            terms(topics=topics(window(12, 13))),
            [("topics[0].windows[0].ends", "This window is shorter than one slot of 90 minutes.")],
        ),
        (terms(largest_group=5), [("largest_group", "The largest group is smaller than the group size.")]),
        (terms(group_size=0), [("group_size", "This must be between 1 and 32767.")]),
    ],
)
def test_problems_of_action_learning_sets_are_named_with_their_keys(data, problems):
    assert [(problem.key, problem.message) for problem in SETS.validate(data, {})] == problems


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        ({"title": "Coaching"}, []),
        ({}, [("title", "This is missing.")]),
        (
            {"title": "Coaching", "sessions_per_fellow": 0},
            [("sessions_per_fellow", "This must be between 1 and 32767.")],
        ),
    ],
)
def test_problems_of_coaching_are_named_with_their_keys(data, problems):
    assert [(problem.key, problem.message) for problem in COACHING.validate(data, {})] == problems


def test_a_time_in_summer_is_stored_an_hour_earlier_in_utc(london):
    fields = definition.session_fields(entry(starts=local(2025, 10, 8, 9), ends=local(2025, 10, 8, 17)))

    assert (fields["starts_at"].hour, fields["ends_at"].hour) == (8, 16)
    assert fields["starts_at"] == london(2025, 10, 8, 9)


@pytest.mark.django_db
def test_applying_twice_changes_nothing_the_second_time():
    cohort = CohortFactory()
    data = [entry(), entry(number=2, title="Finance")]

    first, second = (SESSIONS.apply(cohort, copy.deepcopy(data), None) for _ in range(2))

    assert (first, second) == (["masterclass 1: made", "masterclass 2: made"], [])
    assert list(TeachingSession.objects.values_list("title", "state", "from_file", "sequence")) == [
        ("Crisis Management", "published", True, 0),
        ("Finance", "published", True, 0),
    ]


@pytest.mark.django_db
def test_a_changed_session_keeps_its_calendar_uid_raises_its_sequence_and_is_told(set_clock, london):
    set_clock(2025, 10, 1, 9)
    cohort = CohortFactory()
    fellow = PlaceFactory(cohort=cohort).fellow
    SESSIONS.apply(cohort, [entry()], None)
    before = TeachingSession.objects.get()

    changes = SESSIONS.apply(cohort, [entry(starts=local(2025, 11, 5, 18), ends=local(2025, 11, 5, 20))], None)

    after = TeachingSession.objects.get()
    assert (after.public_id, after.sequence, after.starts_at) == (before.public_id, 1, london(2025, 11, 5, 18))
    assert changes == [
        "masterclass 1: starts_at is now 2025-11-05 18:00:00+00:00",
        "masterclass 1: ends_at is now 2025-11-05 20:00:00+00:00",
    ]
    assert list(Message.objects.values_list("code", "person")) == [("sessions_app.session_changed", fellow.pk)]


@pytest.mark.django_db
def test_what_the_file_does_not_state_stays():
    cohort = CohortFactory()
    TeachingSessionFactory(cohort=cohort, number=1, joining_link="https://zoom.example/1")

    SESSIONS.apply(cohort, [entry()], None)

    assert TeachingSession.objects.get().joining_link == "https://zoom.example/1"


@pytest.mark.django_db
def test_a_session_that_left_the_file_is_removed_and_one_the_team_added_stays():
    cohort = CohortFactory()
    SESSIONS.apply(cohort, [entry(), entry(number=2)], None)
    TeachingSessionFactory(cohort=cohort, kind="networking", number=1, title="Summer evening")

    changes = SESSIONS.apply(cohort, [entry()], None)

    assert changes == ["masterclass 2: removed"]
    assert sorted(TeachingSession.objects.values_list("kind", "number")) == [("masterclass", 1), ("networking", 1)]


@pytest.mark.django_db
def test_without_the_section_every_session_of_the_file_goes():
    cohort = CohortFactory()
    SESSIONS.apply(cohort, [entry()], None)

    assert SESSIONS.apply(cohort, None, None) == ["masterclass 1: removed"]
    assert not TeachingSession.objects.exists()


@pytest.mark.django_db
def test_nothing_is_orphaned_by_removing_a_session_on_which_nothing_hangs():
    cohort = CohortFactory()
    SESSIONS.apply(cohort, [entry()], None)

    assert SESSIONS.orphans(cohort, []) == []


@pytest.mark.django_db
def test_a_session_that_another_one_replaces_cannot_be_taken_out_of_the_file():
    cohort, owner = CohortFactory(), OwnerFactory()
    SESSIONS.apply(cohort, [entry()], None)
    cancelled = TeachingSession.objects.get()
    cancel_session(session=cancelled, reason="The speaker is ill", by=owner)
    create_session(cohort=cohort, by=owner, fields={
        "kind": "masterclass", "number": 9, "title": "Again", "replaces": cancelled,
        "starts_at": cancelled.starts_at, "ends_at": cancelled.ends_at,
    })  # fmt: skip

    assert SESSIONS.orphans(cohort, []) == [
        "masterclass 1 cannot be taken out of the file, because sessions depend on it. Cancel it in the portal instead."
    ]


@pytest.mark.django_db
def test_loading_again_does_not_revive_a_cancelled_session():
    cohort = CohortFactory()
    SESSIONS.apply(cohort, [entry()], None)
    cancel_session(session=TeachingSession.objects.get(), reason="The speaker is ill", by=OwnerFactory())

    assert SESSIONS.apply(cohort, [entry(title="New title")], None) == []
    assert TeachingSession.objects.values_list("state", "title").get() == (SessionState.CANCELLED, "Crisis Management")


@pytest.mark.django_db
def test_action_learning_sets_are_made_changed_and_removed_each_once():
    cohort = CohortFactory()

    lines = [SETS.apply(cohort, data, None) for data in (terms(), terms(), terms(group_size=7), None, None)]

    assert lines == [
        ["action learning sets set"], [], ["action learning sets set"], ["action learning sets removed"], [],
    ]  # fmt: skip
    assert (ActionLearningTerms.objects.count(), TopicWindow.objects.count()) == (0, 0)
    assert Event.objects.about(cohort).filter(verb="sessions_app.action_learning_set").count() == 3


@pytest.mark.django_db
def test_the_largest_group_is_the_group_size_where_the_file_does_not_say():
    cohort = CohortFactory()
    data = terms()
    del data["largest_group"]

    SETS.apply(cohort, data, None)

    assert ActionLearningTerms.objects.get().largest_group == 6


@pytest.mark.django_db
def test_windows_are_compared_whatever_their_order_in_the_file():
    cohort = CohortFactory()
    SETS.apply(cohort, terms(topics=topics(window(12, 14), window(15, 17))), None)

    assert SETS.apply(cohort, terms(topics=topics(window(15, 17), window(12, 14))), None) == []


@pytest.mark.django_db
def test_coaching_is_set_changed_and_removed_each_once():
    cohort = CohortFactory()
    once, twice = {"title": "Coaching"}, {"title": "Coaching", "sessions_per_fellow": 2}

    lines = [COACHING.apply(cohort, data, None) for data in (once, once, twice, None, None)]

    assert lines == [["coaching set"], [], ["coaching set"], ["coaching removed"], []]
    assert not CoachingTerms.objects.exists()
