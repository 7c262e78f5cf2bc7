"""Judges score, finalise and step back."""

import pytest
from django.core.exceptions import PermissionDenied

from nextstep.audit.models import Event
from nextstep.refusals import Refused, Stale
from qip.enums import AssessmentState
from qip.models import Assessment, Rubric, Score
from qip.selectors import judge_of, judge_tasks, pair_of
from qip.services import (
    Mark,
    NotComplete,
    StaleScore,
    declare_conflict,
    finalise,
    finalise_all,
    open_results,
    save_criterion,
    save_scores,
    score_criterion,
)
from tests.factories.accounts import OwnerFactory
from tests.factories.qip import (
    CODES,
    JudgeFactory,
    PanelFactory,
    ProjectFactory,
    give_final_scores,
    give_scores,
    projects_for,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_evening")]


def values(judge, project):
    held = Score.objects.filter(assessment__judge=judge, assessment__project=project)
    return dict(held.values_list("criterion__code", "value"))


def score(judge, project, value, version, *, criterion="change", comment=""):
    marked = {"criterion": criterion, "value": value, "comment": comment, "version": version}
    return score_criterion(judge=judge, project=project, by=judge.person, **marked)


def test_the_first_score_makes_the_assessment_and_freezes_the_rubric(judge, project):
    saved = score(judge, project, 4, 0)
    assert (saved.value, saved.version) == (4, 1)
    assert Assessment.objects.get().state == AssessmentState.OPEN
    rubric = Rubric.objects.get()
    assert rubric.frozen_at is not None
    with pytest.raises(Refused, match="Scoring has begun"):
        save_criterion(rubric=rubric, by=OwnerFactory(), criterion=rubric.criteria.get(code="change"), weight=99)
    assert rubric.criteria.get(code="change").weight == 20


def test_a_score_is_changed_by_who_has_seen_the_last_one(judge, project):
    score(judge, project, 4, 0)
    assert score(judge, project, 5, 1).version == 2
    assert values(judge, project) == {"change": 5}


def test_an_old_version_overwrites_nothing_and_says_what_stands(judge, project):
    score(judge, project, 4, 0)
    with pytest.raises(StaleScore) as refusal:
        score(judge, project, 2, 0)
    assert (refusal.value.score.value, refusal.value.score.version) == (4, 1)
    assert values(judge, project) == {"change": 4}


def test_sending_a_score_twice_saves_it_once(judge, project):
    first = score(judge, project, 4, 0, comment="Clear")
    again = score(judge, project, 4, 0, comment="Clear")
    assert (again.version, again.pk) == (first.version, Score.objects.get().pk)
    assert Event.objects.filter(verb="qip.scored").count() == 1


def test_the_audit_holds_what_stood_before(judge, project):
    score(judge, project, 4, 0)
    score(judge, project, 1, 1)
    last = Event.objects.about(Assessment.objects.get()).first()
    assert (last.verb, last.before, last.after, last.actor) == (
        "qip.scored",
        {"change": 4},
        {"change": 1},
        judge.person,
    )


def test_a_comment_may_come_before_its_score(judge, project):
    saved = score(judge, project, None, 0, comment="Three cycles")
    assert (saved.value, saved.comment) == (None, "Three cycles")
    assert score(judge, project, 5, 1, comment="Three cycles").value == 5


def test_a_whole_form_is_saved_at_once_and_only_its_stale_part_is_not(judge, project):
    score(judge, project, 4, 0)
    marks = [Mark("change", 2, "", 0), Mark("impact", 3, "Good", 0), Mark("problem", None, "", 0)]
    saved = save_scores(judge=judge, project=project, marks=marks, by=judge.person)
    assert (saved.conflicts, values(judge, project)) == (frozenset({"change"}), {"change": 4, "impact": 3})
    assert saved.scores["change"].value == 4


def test_an_unknown_criterion_is_refused(judge, project):
    with pytest.raises(Refused, match="no criterion charm"):
        score(judge, project, 4, 0, criterion="charm")
    assert Assessment.objects.count() == 0


def test_nobody_scores_in_anothers_name(judge, project):
    with pytest.raises(PermissionDenied):
        save_scores(judge=judge, project=project, marks=[], by=OwnerFactory())


@pytest.mark.parametrize(
    ("organisation", "supervisor", "sentence"),
    [
        ("addenbrooke’s hospital", "", "The judge and the fellow both work for Addenbrooke’s Hospital."),
        ("King’s", "JUDGE@nhs.example", "The judge supervises this fellow."),
    ],
)
def test_a_conflict_that_the_portal_finds_stops_scoring(organisation, supervisor, sentence):
    judge = JudgeFactory(organisation=organisation, person__email="judge@nhs.example")
    project = ProjectFactory(place__cohort=judge.panel.cohort, supervisor_email=supervisor)
    for attempt in (
        lambda: score(judge, project, 4, 0),
        lambda: finalise(judge=judge, project=project, by=judge.person),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert str(refusal.value) == f"You cannot score this project. {sentence}"
    assert Assessment.objects.count() == 0


# --- finalising ----------------------------------------------------------------------------------------------------


def test_finalising_names_what_is_missing_and_changes_nothing(judge, project):
    give_scores(judge, project, **{code: 3 for code in CODES if code != "impact"})
    with pytest.raises(NotComplete) as refusal:
        finalise(judge=judge, project=project, by=judge.person)
    assert str(refusal.value) == "Before you make these scores final, add: Impact and learning: a score."
    assert Assessment.objects.get().state == AssessmentState.OPEN


def test_finalising_what_was_never_begun_names_all_seven(judge, project):
    with pytest.raises(NotComplete) as refusal:
        finalise(judge=judge, project=project, by=judge.person)
    assert len(refusal.value.missing) == 7


def test_a_required_comment_is_asked_for(judge, project):
    judge.panel.cohort.qip_rubric.criteria.filter(code="impact").update(comment_required=True)
    give_scores(judge, project, all=3)
    with pytest.raises(NotComplete) as refusal:
        finalise(judge=judge, project=project, by=judge.person)
    assert refusal.value.missing == ("Impact and learning: a comment",)


def test_finalising_twice_is_finalising_once(judge, project):
    give_scores(judge, project, all=3)
    finalise(judge=judge, project=project, by=judge.person)
    finalise(judge=judge, project=project, by=judge.person)
    assert Assessment.objects.get().state == AssessmentState.FINAL
    assert Event.objects.filter(verb="qip.scores_finalised").count() == 1


def test_final_scores_do_not_change(judge, project):
    give_scores(judge, project, all=3)
    finalise(judge=judge, project=project, by=judge.person)
    with pytest.raises(Refused, match="Your scores of this project are final"):
        score(judge, project, 5, 1)
    assert values(judge, project)["change"] == 3


def test_all_that_is_complete_is_finalised_and_the_rest_named(judge):
    done, half, _untouched = projects_for(judge.panel, 3)
    give_scores(judge, done, all=4)
    give_scores(judge, half, **dict.fromkeys(CODES[1:], 2))
    finalised, left = finalise_all(judge=judge, by=judge.person)
    assert (finalised, left) == ([done], {half.title: ("Problem and aim: a score",)})


# --- conflicts declared --------------------------------------------------------------------------------------------


def test_a_conflict_needs_a_reason(judge, project):
    with pytest.raises(Refused, match="Say what the conflict"):
        declare_conflict(judge=judge, project=project, reason="  ", by=judge.person)


def test_a_conflict_stops_scoring(judge, project):
    declare_conflict(judge=judge, project=project, reason="We share a clinic.", by=judge.person)
    with pytest.raises(Refused, match="You declared a conflict of interest"):
        score(judge, project, 3, 0)
    with pytest.raises(Refused, match="You declared a conflict of interest"):
        finalise(judge=judge, project=project, by=judge.person)


@pytest.mark.parametrize("final", [False, True])
def test_a_later_conflict_keeps_the_scores_and_they_do_not_count(judge, project, final):
    give_scores(judge, project, all=5)
    if final:
        finalise(judge=judge, project=project, by=judge.person)
    declare_conflict(judge=judge, project=project, reason="We are friends.", by=judge.person)
    assessment = Assessment.objects.get()
    assert (assessment.state, assessment.reason, assessment.scores.count()) == ("recused", "We are friends.", 7)


def test_a_conflict_is_declared_once(judge, project):
    declare_conflict(judge=judge, project=project, reason="Friends", by=judge.person)
    with pytest.raises(Refused, match="already"):
        declare_conflict(judge=judge, project=project, reason="Again", by=judge.person)


def test_once_results_are_open_nothing_of_a_judge_changes(judge, project):
    give_final_scores(judge, project, all=3)
    open_results(panel=judge.panel, by=OwnerFactory())
    found_judge, found = pair_of(judge.person, judge.panel.public_id, project.public_id)
    for attempt in (
        lambda: score(found_judge, found, 5, 1),
        lambda: finalise(judge=found_judge, project=found, by=judge.person),
        lambda: declare_conflict(judge=found_judge, project=found, reason="Late", by=judge.person),
    ):
        with pytest.raises(Refused, match="Results are open"):
            attempt()


# --- what a judge can find -----------------------------------------------------------------------------------------


def test_a_judge_finds_the_projects_of_their_own_panel_alone(judge, project):
    other = ProjectFactory()
    stranger = JudgeFactory()
    assert pair_of(judge.person, judge.panel.public_id, project.public_id)[0] == judge
    assert pair_of(judge.person, judge.panel.public_id, other.public_id) is None
    assert pair_of(stranger.person, judge.panel.public_id, project.public_id) is None
    assert judge_of(stranger.person, judge.panel.public_id) is None


def test_each_judge_of_a_panel_is_found_as_themselves(judge, project):
    colleague = JudgeFactory(panel=judge.panel, organisation="FMLM")
    found, same = pair_of(colleague.person, judge.panel.public_id, project.public_id)
    assert (found, found.organisation, same) == (colleague, "FMLM", project)


def test_a_judge_whose_role_ended_finds_nothing(judge, project, london):
    judge.person.team_roles.update(ended_at=london(2026, 7, 2, 12))
    assert pair_of(judge.person, judge.panel.public_id, project.public_id) is None
    assert judge_of(judge.person, judge.panel.public_id) is None


def test_a_judges_list_shows_their_own_progress_and_nobody_elses():
    panel = PanelFactory()
    judge, other = JudgeFactory.create_batch(2, panel=panel)
    final, begun, declared, untouched = projects_for(panel, 4)
    give_final_scores(judge, final, all=3)
    give_scores(judge, begun, change=3, impact=2)
    declare_conflict(judge=judge, project=declared, reason="Friends", by=judge.person)
    give_final_scores(other, untouched, all=5)
    assert [(task.project_id, task.state, task.scored, task.is_left) for task in judge_tasks(judge)] == [
        (final.pk, "final", 7, False),
        (begun.pk, "open", 2, True),
        (declared.pk, "recused", 0, False),
        (untouched.pk, "", 0, True),
    ]


@pytest.mark.parametrize("number", [10, 70])
def test_scoring_takes_the_same_few_queries_however_many_projects(django_assert_num_queries, judge, number):
    projects = projects_for(judge.panel, number)
    give_scores(judge, projects[0], change=3)
    found, project = pair_of(judge.person, judge.panel.public_id, projects[0].public_id)
    # Savepoint, read, lock, criteria, write, audit, release.
    with django_assert_num_queries(7):
        score(found, project, 4, 1)
    found, project = pair_of(judge.person, judge.panel.public_id, projects[1].public_id)
    with django_assert_num_queries(7):
        score(found, project, 4, 0)


def test_a_judge_who_saves_while_finalising_elsewhere_is_told(judge, project, monkeypatch):
    give_scores(judge, project, all=3)
    seen = Assessment.objects.get()
    Assessment.objects.update(version=seen.version + 1)
    monkeypatch.setattr("qip.services.settling.sheet_of", lambda *_: _sheet(seen))
    with pytest.raises(Stale):
        finalise(judge=judge, project=project, by=judge.person)


def _sheet(assessment):
    class Sheet:
        missing = ()

    Sheet.assessment = assessment
    return Sheet
