"""Bursaries are awarded once, ties decided by people, and what is given up is passed on."""

import pytest

from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused, Stale
from qip.models import Award, Results
from qip.selectors import outcome_of
from qip.services import (
    TieUnresolved,
    award_bursaries,
    decide_tie,
    give_up_award,
    withdraw_project,
)
from tests.factories.qip import (
    QipTermsFactory,
    opened_results,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_evening")]


def ranks(results):
    return dict(results.awards.held().values_list("project", "rank"))


# --- awarding ------------------------------------------------------------------------------------------------------


def test_the_first_five_get_a_bursary_and_are_told(panel, owner):
    QipTermsFactory(cohort=panel.cohort)
    results, projects = opened_results(panel, owner, 5, 1, 4, 4, 3, 2)
    award_bursaries(results=results, version=1, by=owner)
    assert ranks(results) == {
        projects[0].pk: 1,
        projects[2].pk: 2,
        projects[3].pk: 2,
        projects[4].pk: 4,
        projects[5].pk: 5,
    }
    told = Message.objects.filter(code="qip.bursary_awarded")
    assert set(told.values_list("person", flat=True)) == {projects[n].place.fellow_id for n in (0, 2, 3, 4, 5)}
    assert "The fee for FMLM Associate Fellowship" in told.first().text


@pytest.mark.parametrize("version", [1, 2])
def test_bursaries_are_awarded_once(panel, owner, version):
    results, _ = opened_results(panel, owner, 3, 2)
    award_bursaries(results=results, version=1, by=owner)
    with pytest.raises(Refused):
        award_bursaries(results=Results.objects.get(), version=version, by=owner)
    assert (Award.objects.count(), Message.objects.filter(code="qip.bursary_awarded").count()) == (2, 2)


def test_a_stale_page_awards_nothing(panel, owner):
    results, _ = opened_results(panel, owner, 3, 2)
    with pytest.raises(Stale):
        award_bursaries(results=results, version=7, by=owner)
    assert Award.objects.count() == 0


def test_fewer_projects_than_bursaries_leave_some_unawarded_and_the_audit_says_so(panel, owner):
    results, _ = opened_results(panel, owner, 3, 2)
    award_bursaries(results=results, version=1, by=owner)
    event = Event.objects.get(verb="qip.bursaries_awarded")
    assert (len(event.after["projects"]), event.after["unawarded"]) == (2, 3)


def tie_at_fifth(panel, owner):
    return opened_results(panel, owner, 5, 5, 4, 4, 3, 3, 1)


def test_a_tie_at_fifth_stops_the_award(panel, owner):
    results, projects = tie_at_fifth(panel, owner)
    with pytest.raises(TieUnresolved) as refusal:
        award_bursaries(results=results, version=1, by=owner)
    assert (refusal.value.tied, refusal.value.seats) == ({projects[4].pk, projects[5].pk}, 1)
    assert str(refusal.value) == "2 projects are tied for 1 bursary. Decide the tie first, with a reason."
    assert (Award.objects.count(), Results.objects.get().state) == (0, "open")


def test_a_person_decides_with_a_reason_and_the_award_goes_on(panel, owner):
    results, projects = tie_at_fifth(panel, owner)
    decide_tie(results=results, chosen=[projects[5].pk], reason="More patients gain.", version=1, by=owner)
    award_bursaries(results=results, version=2, by=owner)
    assert ranks(results)[projects[5].pk] == 5
    assert projects[4].pk not in ranks(results)
    steps = Results.objects.get().steps
    assert [step["rung"] for step in steps] == ["score", "criterion", "head_to_head", "decision"]
    assert steps[0]["tied"] == sorted([projects[4].pk, projects[5].pk], key=str)
    assert Event.objects.get(verb="qip.tie_decided").reason == "More patients gain."


@pytest.mark.parametrize(
    ("chosen", "reason", "sentence"),
    [
        ([4], " ", "Give the reason for the decision. It is kept with the results."),
        ([], "R", "Choose 1 project of the 2 that are tied."),
        ([4, 5], "R", "Choose 1 project of the 2 that are tied."),
        ([0], "R", "Choose 1 project of the 2 that are tied."),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(panel, owner, chosen, reason, sentence):
    results, projects = tie_at_fifth(panel, owner)
    with pytest.raises(Refused) as refusal:
        decide_tie(results=results, chosen=[projects[n].pk for n in chosen], reason=reason, version=1, by=owner)
    assert str(refusal.value) == sentence
    assert results.tie_decisions.count() == 0


def test_a_tie_is_decided_once(panel, owner):
    results, projects = tie_at_fifth(panel, owner)
    decide_tie(results=results, chosen=[projects[4].pk], reason="R", version=1, by=owner)
    with pytest.raises(Refused, match="no tie"):
        decide_tie(results=results, chosen=[projects[5].pk], reason="R", version=2, by=owner)


def test_without_a_tie_there_is_nothing_to_decide(panel, owner):
    results, projects = opened_results(panel, owner, 3, 2)
    with pytest.raises(Refused, match="no tie"):
        decide_tie(results=results, chosen=[projects[0].pk], reason="R", version=1, by=owner)


def test_more_tied_than_bursaries_can_be_decided_too(panel, owner):
    results, projects = opened_results(panel, owner, *[3] * 7)
    chosen = [project.pk for project in projects[2:]]
    decide_tie(results=results, chosen=chosen, reason="The chair’s minute.", version=1, by=owner)
    award_bursaries(results=results, version=2, by=owner)
    assert ranks(results) == dict.fromkeys(chosen, 1)


# --- those who leave -----------------------------------------------------------------------------------------------


def test_a_project_that_leaves_after_opening_is_passed_over(panel, owner):
    results, projects = opened_results(panel, owner, 5, 4, 4, 3, 3, 2)
    withdraw_project(project=projects[0], reason="Ill", by=owner)
    award_bursaries(results=results, version=1, by=owner)
    assert ranks(results) == {
        projects[1].pk: 2,
        projects[2].pk: 2,
        projects[3].pk: 4,
        projects[4].pk: 4,
        projects[5].pk: 6,
    }


def test_a_bursary_given_up_goes_to_the_next_and_the_others_keep_theirs(panel, owner):
    results, projects = opened_results(panel, owner, 5, 4, 4, 3, 3, 2)
    award_bursaries(results=results, version=1, by=owner)
    award = Award.objects.get(project=projects[1])
    give_up_award(award=award, reason="Left the NHS.", version=2, by=owner)
    award_bursaries(results=Results.objects.get(), version=3, by=owner)
    assert ranks(results) == {
        projects[0].pk: 1,
        projects[2].pk: 2,
        projects[3].pk: 4,
        projects[4].pk: 4,
        projects[5].pk: 6,
    }
    assert Message.objects.filter(code="qip.bursary_awarded").count() == 6


@pytest.mark.parametrize(("reason", "again", "sentence"), [(" ", False, "Say why"), ("R", True, "given up already")])
def test_a_bursary_is_given_up_once_and_with_a_reason(panel, owner, reason, again, sentence):
    results, _ = opened_results(panel, owner, 5, 4)
    award_bursaries(results=results, version=1, by=owner)
    award = Award.objects.first()
    if again:
        give_up_award(award=award, reason="First", version=2, by=owner)
    with pytest.raises(Refused, match=sentence):
        give_up_award(award=award, reason=reason, version=3, by=owner)


def test_with_nobody_left_a_bursary_given_up_stays_unawarded(panel, owner):
    results, _ = opened_results(panel, owner, 5, 4)
    award_bursaries(results=results, version=1, by=owner)
    give_up_award(award=Award.objects.first(), reason="R", version=2, by=owner)
    award_bursaries(results=Results.objects.get(), version=3, by=owner)
    assert (len(ranks(results)), Results.objects.get().state) == (1, "awarded")


def test_a_holder_of_a_bursary_gives_it_up_before_withdrawing(panel, owner):
    results, projects = opened_results(panel, owner, 5)
    award_bursaries(results=results, version=1, by=owner)
    with pytest.raises(Refused, match="Give the bursary up first"):
        withdraw_project(project=projects[0], reason="Ill", by=owner)


def test_the_outcome_reads_what_was_fixed_and_not_the_scores_again(panel, owner):
    _, projects = opened_results(panel, owner, 5, 4)
    projects[0].assessments.get().scores.update(value=1)
    assert [group.score for group in outcome_of(Results.objects.get()).order] == [5, 4]


@pytest.mark.parametrize("number", [10, 70])
def test_the_outcome_takes_the_same_queries_however_many_projects(django_assert_num_queries, panel, owner, number):
    opened_results(panel, owner, *[1 + n % 5 for n in range(number)], judges=2)
    results = Results.objects.select_related("panel").get()
    with django_assert_num_queries(3):
        outcome_of(results)
