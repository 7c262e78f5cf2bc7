"""Results are opened once, with what is left out named and closed."""

from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied

from nextstep.refusals import Refused
from qip.models import Assessment, Results
from qip.selectors import outcome_of, progress_of, unfinished_pairs
from qip.services import (
    ScoresNotFinal,
    declare_conflict,
    open_results,
    withdraw_project,
)
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import TeamRoleFactory
from tests.factories.qip import (
    JudgeFactory,
    ProjectFactory,
    QipTermsFactory,
    give_final_scores,
    give_scores,
    opened_results,
    panel_with,
    projects_for,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_evening")]


# --- opening -------------------------------------------------------------------------------------------------------


def test_opening_fixes_exact_scores_and_the_basis(panel, owner):
    judges = JudgeFactory.create_batch(3, panel=panel)
    project = projects_for(panel, 1)[0]
    for judge, value in zip(judges, (3, 4, 4), strict=True):
        give_final_scores(judge, project, all=value, presentation=5)
    results = open_results(panel=panel, by=owner)
    score = (Fraction(3 * 95 + 25, 100) + 2 * Fraction(4 * 95 + 25, 100)) / 3
    stored = results.ballot["scores"][str(project.pk)]
    assert (stored["score"], stored["judges"], stored["criteria"]["change"]) == (
        f"{score.numerator}/{score.denominator}",
        3,
        "11/3",
    )
    assert (results.basis, results.opened_by, results.bursaries) == ("mean", owner, 5)


def test_results_open_once(panel, owner):
    opened_results(panel, owner, 3)
    with pytest.raises(Refused, match="open already"):
        open_results(panel=panel, by=owner)
    assert Results.objects.count() == 1


def test_results_do_not_open_while_scores_are_not_final(panel, owner):
    judge, idle = (JudgeFactory(panel=panel, person__full_name=name) for name in ("Ann", "Bob"))
    one, two = projects_for(panel, 2)
    give_final_scores(judge, one, all=3)
    give_scores(judge, two, all=3)
    with pytest.raises(ScoresNotFinal) as refusal:
        open_results(panel=panel, by=owner)
    assert refusal.value.missing == {(judge.pk, two.pk), (idle.pk, one.pk), (idle.pk, two.pk)}
    assert str(refusal.value) == (
        "Scores are not final. Projects left: Ann (1), Bob (2). Wait for them, or say whose scores to leave out."
    )
    assert Results.objects.count() == 0


def left_over(panel):
    return unfinished_pairs(progress_of(panel))


def test_what_is_left_out_is_named_with_a_reason_and_closed_for_good(panel, owner):
    judge, idle = JudgeFactory.create_batch(2, panel=panel)
    one, two = projects_for(panel, 2)
    give_final_scores(judge, one, all=3)
    give_scores(judge, two, all=5)
    with pytest.raises(Refused, match="Say why"):
        open_results(panel=panel, by=owner, leave_out=left_over(panel), reason=" ")
    results = open_results(panel=panel, by=owner, leave_out=left_over(panel), reason="Called away.")
    assert list(results.ballot["scores"]) == [str(one.pk)]
    assert results.left_out_reason == "Called away."
    closed = Assessment.objects.filter(state="left_out", reason="Called away.")
    assert set(closed.values_list("judge", "project")) == {(judge.pk, two.pk), (idle.pk, one.pk), (idle.pk, two.pk)}
    with pytest.raises(Refused, match="Results are open"):
        give_scores(idle, one, change=5)


def test_naming_too_little_to_leave_out_is_not_enough(panel, owner):
    judge = JudgeFactory(panel=panel)
    one, two = projects_for(panel, 2)
    with pytest.raises(ScoresNotFinal) as refusal:
        open_results(panel=panel, by=owner, leave_out=[(judge.pk, one.pk)], reason="Ill")
    assert refusal.value.missing == {(judge.pk, two.pk)}


def test_a_panel_without_any_final_score_has_nothing_to_open(panel, owner):
    JudgeFactory(panel=panel)
    projects_for(panel, 2)
    with pytest.raises(Refused, match="No project has a final score"):
        open_results(panel=panel, by=owner, leave_out=left_over(panel), reason="Nobody came.")
    assert Assessment.objects.count() == 0


def test_a_recused_judge_leaves_the_divisor_and_is_not_waited_for(panel, owner):
    fair, friend = JudgeFactory.create_batch(2, panel=panel)
    project = projects_for(panel, 1)[0]
    give_final_scores(fair, project, all=2)
    give_final_scores(friend, project, all=5)
    declare_conflict(judge=friend, project=project, reason="Friends", by=friend.person)
    results = open_results(panel=panel, by=owner)
    assert results.ballot["scores"][str(project.pk)]["score"] == "2/1"


def test_a_conflict_that_is_found_later_takes_the_scores_out_and_is_written_down(panel, owner):
    fair, boss = JudgeFactory.create_batch(2, panel=panel)
    project = projects_for(panel, 1)[0]
    give_final_scores(fair, project, all=2)
    give_final_scores(boss, project, all=5)
    project.place.employer = boss.organisation
    project.place.save()
    fair.organisation = "FMLM"
    fair.save()
    results = open_results(panel=panel, by=owner)
    assert results.ballot["scores"][str(project.pk)]["score"] == "2/1"
    recused = Assessment.objects.get(judge=boss)
    assert (recused.state, recused.reason, recused.scores.count()) == (
        "recused",
        "The judge and the fellow both work for King’s Business School.",
        7,
    )


def test_projects_that_withdrew_or_whose_fellow_left_are_not_in_the_results(panel, owner):
    stays, withdraws, leaves = panel_with(panel, 3, 5, 5)
    withdraw_project(project=withdraws, reason="Ill", by=owner)
    leaves.place.state = "withdrawn"
    leaves.place.save()
    results = open_results(panel=panel, by=owner)
    assert results.ballot["projects"] == [stays.pk]


@pytest.mark.parametrize("who", ["stranger", "judge", "fellow", "administrator_elsewhere"])
def test_others_do_not_open_results(panel, who):
    projects = panel_with(panel, 3)
    person = {
        "stranger": UserFactory,
        "judge": lambda: panel.judges.get().person,
        "fellow": lambda: projects[0].place.fellow,
        "administrator_elsewhere": lambda: TeamRoleFactory(administrator=True).person,
    }[who]()
    with pytest.raises(PermissionDenied):
        open_results(panel=panel, by=person)


def test_an_administrator_who_judges_and_has_a_conflict_opens_nothing(panel):
    judge = JudgeFactory(panel=panel)
    project = projects_for(panel, 1)[0]
    TeamRoleFactory(administrator=True, programme=panel.cohort.programme, person=judge.person)
    declare_conflict(judge=judge, project=project, reason="My registrar", by=judge.person)
    with pytest.raises(PermissionDenied):
        open_results(panel=panel, by=judge.person)


def test_near_ties_around_the_last_bursary_are_kept(panel, owner):
    QipTermsFactory(cohort=panel.cohort, bursaries=1)
    judge = JudgeFactory(panel=panel)
    ahead, behind = projects_for(panel, 2)
    give_final_scores(judge, ahead, all=3, presentation=4)
    give_final_scores(judge, behind, all=3)
    results = open_results(panel=panel, by=owner)
    assert results.near_ties == [{"ahead": ahead.pk, "behind": behind.pk, "difference": "1/20"}]


def test_a_project_nobody_was_free_to_score_is_listed_unscored(panel, owner):
    judge = JudgeFactory(panel=panel)
    heard = ProjectFactory(place__cohort=panel.cohort)
    own = ProjectFactory(place__cohort=panel.cohort, place__employer=judge.organisation)
    give_final_scores(judge, heard, all=3)
    results = open_results(panel=panel, by=owner)
    assert outcome_of(results).unscored == {own.pk}
