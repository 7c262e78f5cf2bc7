"""Reminders to judges: when, to whom, and once."""

import pytest

from nextstep.notifications.models import Message
from nextstep.notifications.services import queue_due_reminders
from qip.messages import scores_awaited
from qip.services import declare_conflict
from tests.factories.qip import (
    JudgeFactory,
    PanelFactory,
    PresentationDayFactory,
    give_final_scores,
    give_scores,
    opened_results,
    projects_for,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(panel):
    """Presentations end at 5pm on 2 July 2026; Ann has one of two projects left, Bob none."""
    PresentationDayFactory(cohort=panel.cohort)
    ann, bob = (JudgeFactory(panel=panel, person__full_name=name) for name in ("Ann", "Bob"))
    one, two = projects_for(panel, 2)
    give_final_scores(ann, one, all=3)
    for project in (one, two):
        give_final_scores(bob, project, all=3)
    return ann, two


def due(moment):
    return [(due.to.full_name, due.context["left"], due.occasion) for due in scores_awaited(moment)]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ((2026, 7, 2, 16, 59), None),
        ((2026, 7, 2, 17, 0), "2026-07-02"),
        ((2026, 7, 3, 8, 59), None),
        ((2026, 7, 3, 9, 0), "2026-07-03"),
        ((2026, 7, 9, 12, 0), "2026-07-09"),
    ],
)
def test_judges_with_something_left_are_due_once_a_day(panel, waiting, london, now, day):
    assert due(london(*now)) == ([("Ann", 1, f"panel:{panel.pk}:{day}")] if day else [])


def test_what_is_complete_but_not_final_is_still_left(panel, waiting, london, set_clock):
    judge, project = waiting
    set_clock(2026, 7, 2, 16)
    give_scores(judge, project, all=3)
    assert [name for name, _, _ in due(london(2026, 7, 2, 17))] == ["Ann"]


def test_a_conflict_is_nothing_left(waiting, london, set_clock):
    judge, project = waiting
    set_clock(2026, 7, 2, 16)
    declare_conflict(judge=judge, project=project, reason="R", by=judge.person)
    assert due(london(2026, 7, 2, 17)) == []


def test_the_last_of_several_presentations_counts(panel, waiting, london):
    moved = london(2026, 7, 9, 17)
    PresentationDayFactory(cohort=panel.cohort, number=5, starts_at=london(2026, 7, 9, 9), ends_at=moved)
    assert (due(london(2026, 7, 3, 12)), len(due(moved))) == ([], 1)


@pytest.mark.parametrize("state", ["cancelled", "draft"])
def test_presentations_that_do_not_take_place_remind_nobody(panel, waiting, london, state):
    panel.cohort.sessions.update(state=state)
    assert due(london(2026, 7, 3, 12)) == []


def test_open_results_end_the_reminders(owner, london, set_clock):
    set_clock(2026, 7, 2, 18)
    panel = PanelFactory()
    PresentationDayFactory(cohort=panel.cohort)
    opened_results(panel, owner, 3)
    projects_for(panel, 1)
    assert due(london(2026, 7, 3, 12)) == []


def test_a_reminder_goes_once_a_day_and_says_what_is_left(panel, waiting, set_clock):
    for hour in (17, 18):
        queue_due_reminders(set_clock(2026, 7, 2, hour))
    queue_due_reminders(set_clock(2026, 7, 3, 9))
    sent = Message.objects.filter(code="qip.scores_not_final")
    assert sent.count() == 2
    assert sent.first().subject == f"1 project left to score for {panel.cohort}"
    assert f"/judging/{panel.public_id}/" in sent.first().text


@pytest.mark.parametrize("number", [3, 30])
def test_reminders_take_the_same_queries_however_many_projects(django_assert_num_queries, panel, london, number):
    PresentationDayFactory(cohort=panel.cohort)
    JudgeFactory.create_batch(number, panel=panel)
    projects_for(panel, number)
    with django_assert_num_queries(5):
        assert len(due(london(2026, 7, 2, 17))) == number
