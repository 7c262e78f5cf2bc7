"""Two at once, with real threads on real connections."""

import threading

import pytest
from django.db import connections

from nextstep import clock
from nextstep.notifications.models import Message
from nextstep.refusals import Refused, Stale
from qip.enums import AssessmentState
from qip.models import Assessment, Award, Results, Score
from qip.selectors import pair_of
from qip.services import (
    Mark,
    award_bursaries,
    declare_conflict,
    finalise,
    open_results,
    save_scores,
    score_criterion,
)
from tests.factories.accounts import OwnerFactory
from tests.factories.qip import CODES, EVENING, JudgeFactory, PanelFactory, ProjectFactory, give_scores, opened_results

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions):
    """Run each action in a thread of its own, all from one starting line; answer what each returned or raised."""
    start = threading.Barrier(len(actions))
    outcomes = [None] * len(actions)

    def run(number, action):
        try:
            with clock.at(EVENING):
                start.wait(timeout=10)
                outcomes[number] = action()
        except Refused as refusal:
            outcomes[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


@pytest.fixture
def bench(db):
    """A judge and a project whose rubric is frozen by another score, as on the day."""
    with clock.at(EVENING):
        judge = JudgeFactory()
        project = ProjectFactory(place__cohort=judge.panel.cohort)
        give_scores(judge, ProjectFactory(place__cohort=judge.panel.cohort), change=1)
    return pair_of(judge.person, judge.panel.public_id, project.public_id)


@pytest.mark.parametrize("begun", [False, True])
def test_two_devices_score_the_same_criterion_and_one_is_told(bench, begun):
    judge, project = bench
    if begun:
        with clock.at(EVENING):
            give_scores(judge, project, change=1)

    def put(value):
        return lambda: score_criterion(
            judge=judge, project=project, criterion="change", value=value, version=int(begun), by=judge.person
        )

    outcomes = at_once(put(2), put(5))
    stored = Score.objects.get(assessment__project=project)
    won = [outcome for outcome in outcomes if isinstance(outcome, Score)]
    lost = [outcome for outcome in outcomes if isinstance(outcome, Stale)]
    assert (len(won), len(lost)) == (1, 1)
    assert (stored.value, stored.version) == (won[0].value, int(begun) + 1)


def test_two_devices_score_different_criteria_and_both_are_kept(bench):
    judge, project = bench

    def put(criterion):
        return lambda: save_scores(judge=judge, project=project, marks=[Mark(criterion, 4, "", 0)], by=judge.person)

    outcomes = at_once(put("change"), put("impact"))
    assert [isinstance(outcome, Refused) for outcome in outcomes] == [False, False]
    held = Score.objects.filter(assessment__project=project)
    assert dict(held.values_list("criterion__code", "value")) == {"change": 4, "impact": 4}


def test_one_score_sent_twice_at_once_is_stored_once(bench):
    judge, project = bench
    send = lambda: save_scores(judge=judge, project=project, marks=[Mark("change", 4, "", 0)], by=judge.person)  # noqa: E731
    outcomes = at_once(send, send)
    assert [outcome.conflicts for outcome in outcomes] == [frozenset(), frozenset()]
    assert list(Score.objects.filter(assessment__project=project).values_list("value", "version")) == [(4, 1)]


def test_a_score_and_finalising_at_once_never_change_a_final_sheet_unseen(bench):
    judge, project = bench
    with clock.at(EVENING):
        give_scores(judge, project, all=3)
    outcomes = at_once(
        lambda: finalise(judge=judge, project=project, by=judge.person),
        lambda: score_criterion(judge=judge, project=project, criterion="change", value=5, version=1, by=judge.person),
    )
    value = Score.objects.get(assessment__project=project, criterion__code="change").value
    final = Assessment.objects.get(project=project).state == AssessmentState.FINAL
    finalised, scored = (not isinstance(outcome, Refused) for outcome in outcomes)
    assert (final, value) == (finalised, 5 if scored else 3)
    assert finalised or scored


def test_a_conflict_and_finalising_at_once_leave_one_state(bench):
    judge, project = bench
    with clock.at(EVENING):
        give_scores(judge, project, all=3)
    at_once(
        lambda: finalise(judge=judge, project=project, by=judge.person),
        lambda: declare_conflict(judge=judge, project=project, reason="Friends", by=judge.person),
    )
    assessment = Assessment.objects.get(project=project)
    assert (assessment.state, assessment.finalised_at is None) in {("recused", True), ("final", False)}


def opened_panel():
    with clock.at(EVENING):
        panel = PanelFactory()
        owner = OwnerFactory()
        results, projects = opened_results(panel, owner, 5, 4, 3, 2, 2, 1)
    return panel, owner, results, projects


def test_two_administrators_award_at_once_and_each_bursary_is_given_once():
    _, owner, results, _ = opened_panel()
    other = OwnerFactory()
    copies = [Results.objects.select_related("panel__cohort").get(pk=results.pk) for _ in range(2)]
    outcomes = at_once(
        lambda: award_bursaries(results=copies[0], version=1, by=owner),
        lambda: award_bursaries(results=copies[1], version=1, by=other),
    )
    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert (Award.objects.count(), Message.objects.filter(code="qip.bursary_awarded").count()) == (5, 5)


def test_two_administrators_open_at_once_and_the_results_open_once():
    with clock.at(EVENING):
        panel = PanelFactory()
        owners = OwnerFactory.create_batch(2)
        judge = JudgeFactory(panel=panel)
        project = ProjectFactory(place__cohort=panel.cohort)
        give_scores(judge, project, all=3)
        finalise(judge=judge, project=project, by=judge.person)
    outcomes = at_once(*[lambda owner=owner: open_results(panel=panel, by=owner) for owner in owners])
    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert Results.objects.count() == 1


def test_opening_while_a_judge_begins_leaves_no_score_open():
    with clock.at(EVENING):
        panel = PanelFactory()
        owner = OwnerFactory()
        judge = JudgeFactory(panel=panel)
        done, other = (ProjectFactory(place__cohort=panel.cohort) for _ in range(2))
        give_scores(judge, done, all=3)
        finalise(judge=judge, project=done, by=judge.person)
    found, project = pair_of(judge.person, panel.public_id, other.public_id)
    opened, scored = at_once(
        lambda: open_results(panel=panel, by=owner, leave_out=[(judge.pk, other.pk)], reason="Late."),
        lambda: save_scores(judge=found, project=project, marks=[Mark("change", 5, "", 0)], by=judge.person),
    )
    state = Assessment.objects.get(project=other).state
    if isinstance(opened, Refused):
        assert (state, isinstance(scored, Refused)) == ("open", False)
    else:
        assert state == "left_out"
        assert opened.ballot["scores"].keys() == {str(done.pk)}


def test_the_first_scores_of_a_panel_at_once_freeze_the_rubric_once():
    with clock.at(EVENING):
        judges = JudgeFactory.create_batch(4, panel=PanelFactory())
        panel = judges[0].panel
        projects = [ProjectFactory(place__cohort=panel.cohort) for _ in judges]
    pairs = [
        pair_of(judge.person, panel.public_id, project.public_id)
        for judge, project in zip(judges, projects, strict=True)
    ]
    outcomes = at_once(
        *[
            lambda pair=pair: save_scores(
                judge=pair[0], project=pair[1], marks=[Mark(code, 3, "", 0) for code in CODES], by=pair[0].person
            )
            for pair in pairs
        ]
    )
    assert [isinstance(outcome, Refused) for outcome in outcomes] == [False] * 4
    assert Score.objects.count() == 4 * 7
    panel.cohort.qip_rubric.refresh_from_db()
    assert panel.cohort.qip_rubric.frozen_at == EVENING
