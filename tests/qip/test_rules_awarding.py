"""Order, cut, near ties and the tie ladder."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.rules.ranking import Cut, Group, NearTie, cut_at, grouped, near_ties, ranked
from qip.rules.awarding import Ballot, Winner, outcome
from qip.rules.ladder import CRITERION, DECISION, HEAD_TO_HEAD, SCORE, Decision, Pair, majorities
from qip.rules.scoring import Sheet

F = Fraction

WEIGHTS = {"aim": 1, "change": 1}
fs = frozenset


def ballot(*sheets, projects=None, weights=WEIGHTS):
    """Sheets as (judge, project, aim, change)."""
    made = [Sheet(judge, project, {"aim": aim, "change": change}) for judge, project, aim, change in sheets]
    named = projects if projects is not None else sorted({sheet.project for sheet in made})
    return Ballot(weights, "change", "Change and testing", named, made)


def scored(**scores):
    """One judge, each project with the same value for both criteria: ties are total."""
    return ballot(*(("j", project, value, value) for project, value in scores.items()))


def winners(result):
    return {winner.project: winner.rank for winner in result.winners}


# --- order ---------------------------------------------------------------------------------------------------------


def test_projects_with_one_score_share_a_rank_and_the_next_one_skips():
    scores = {"a": F(3), "b": F(7, 2), "c": F(3), "d": F(1)}
    assert ranked(scores) == (
        Group(1, F(7, 2), fs("b")),
        Group(2, F(3), fs("ac")),
        Group(4, F(1), fs("d")),
    )


def test_scores_that_a_float_would_confuse_stay_apart():
    scores = {"a": F(1, 3) + F(1, 10**18), "b": F(1, 3)}
    assert [group.members for group in ranked(scores)] == [fs("a"), fs("b")]


@pytest.mark.parametrize(
    ("groups", "seats", "expected"),
    [
        ([], 5, Cut((), fs(), 5)),
        ([fs("a")], 0, Cut((), fs(), 0)),
        ([fs("a"), fs("b")], 5, Cut((fs("a"), fs("b")), fs(), 3)),
        ([fs("ab"), fs("c"), fs("d")], 3, Cut((fs("ab"), fs("c")), fs(), 0)),
        ([fs("ab"), fs("cd")], 3, Cut((fs("ab"),), fs("cd"), 1)),
        ([fs("abcdefg")], 5, Cut((), fs("abcdefg"), 5)),
    ],
)
def test_the_cut_keeps_a_tie_together(groups, seats, expected):
    assert cut_at(groups, seats) == expected


@pytest.mark.parametrize(
    ("scores", "seats", "expected"),
    [
        pytest.param({"a": F(4), "b": F(395, 100)}, 1, {("a", "b", F(1, 20))}, id="exactly 0.05 apart"),
        pytest.param({"a": F(4), "b": F(394, 100)}, 1, set(), id="more than 0.05 apart"),
        pytest.param({"a": F(4), "b": F(4)}, 1, set(), id="a tie is no near tie"),
        pytest.param({"a": F(4), "b": F(399, 100)}, 2, set(), id="as many bursaries as projects"),
        pytest.param({"a": F(4), "b": F(399, 100)}, 0, set(), id="no bursary"),
        pytest.param(
            {"a": F(402, 100), "b": F(4), "c": F(4), "d": F(397, 100)},
            2,
            {
                ("a", "b", F(1, 50)),
                ("a", "c", F(1, 50)),
                ("b", "d", F(3, 100)),
                ("c", "d", F(3, 100)),
                ("a", "d", F(1, 20)),
            },
            id="around a tie across the cut",
        ),
        pytest.param({"a": F(5), "b": F(499, 100), "c": F(3)}, 2, set(), id="near ones on the same side"),
    ],
)
def test_near_ties_are_flagged_around_the_last_bursary(scores, seats, expected):
    assert near_ties(scores, seats) == {NearTie(*pair) for pair in expected}


# --- outcomes without a ladder -------------------------------------------------------------------------------------


def test_five_clear_winners_need_no_step():
    result = outcome(scored(a=5, b=4, c=3, d=2, e=1), 4)
    assert (winners(result), result.steps, result.tied, result.seats_left) == (
        {"a": 1, "b": 2, "c": 3, "d": 4},
        (),
        fs(),
        0,
    )


def test_a_tie_above_the_cut_shares_its_rank_and_needs_no_step():
    result = outcome(scored(a=5, b=5, c=3, d=2), 3)
    assert (winners(result), result.steps) == ({"a": 1, "b": 1, "c": 3}, ())


def test_fewer_scored_projects_than_bursaries_leave_the_rest_unawarded():
    result = outcome(scored(a=5, b=4), 5)
    assert (winners(result), result.seats_left, result.tied) == ({"a": 1, "b": 2}, 3, fs())


def test_a_project_that_nobody_scored_wins_nothing_even_where_bursaries_are_left():
    result = outcome(ballot(("j", "a", 3, 3), projects=["a", "b"]), 5)
    assert (winners(result), result.unscored) == ({"a": 1}, fs("b"))


def test_where_no_judge_scored_anything_nobody_wins():
    result = outcome(ballot(projects=["a", "b"]), 5)
    assert (winners(result), result.order, result.seats_left) == ({}, (), 5)


def test_a_judge_who_scored_nobody_changes_nothing():
    one = ballot(("j", "a", 3, 3), ("j", "b", 2, 2))
    other = Ballot(WEIGHTS, "change", "Change", ["a", "b"], [*one.sheets, Sheet("k", "a", {}), Sheet("k", "b", {})])
    assert outcome(one, 1).winners == outcome(other, 1).winners


def test_a_project_that_withdrew_is_passed_over_and_the_others_keep_their_ranks():
    result = outcome(scored(a=5, b=4, c=3), 2, out=["a"])
    assert winners(result) == {"b": 2, "c": 3}


def test_a_bursary_given_up_goes_to_the_next_in_order_and_the_others_keep_theirs():
    result = outcome(scored(a=5, b=4, c=3, d=2), 3, out=["b"], held=["a", "c"])
    assert winners(result) == {"d": 4}


def test_a_holder_of_a_bursary_is_never_tied_for_it_again():
    tie = scored(a=5, b=4, c=4, d=4)
    chosen = outcome(tie, 2, decisions=[Decision(fs("bcd"), fs("c"))])
    assert winners(chosen) == {"a": 1, "c": 2}
    passed_on = outcome(tie, 2, out=["a"], held=["c"])
    assert (winners(passed_on), passed_on.tied, passed_on.seats_left) == ({}, fs("bd"), 1)


# --- the ladder ----------------------------------------------------------------------------------------------------


def rungs(result):
    return [step.rung for step in result.steps]


def test_the_named_criterion_decides_first():
    result = outcome(ballot(("j", "a", 4, 2), ("j", "b", 2, 4)), 1)
    assert (winners(result), rungs(result)) == ({"b": 1}, [SCORE, CRITERION])


def test_winners_whom_the_ladder_tells_apart_follow_one_another_in_rank():
    result = outcome(ballot(("j", "a", 2, 4), ("j", "b", 3, 3), ("j", "c", 4, 2)), 2)
    assert winners(result) == {"a": 1, "b": 2}


def test_the_named_criterion_may_tell_only_some_apart():
    result = outcome(ballot(("j", "a", 2, 4), ("j", "b", 3, 3), ("j", "c", 3, 3)), 2)
    assert (winners(result), rungs(result), result.tied, result.seats_left) == (
        {"a": 1},
        [SCORE, CRITERION, HEAD_TO_HEAD, DECISION],
        fs("bc"),
        1,
    )
    assert [step.groups for step in result.steps[1:]] == [(fs("a"), fs("bc")), (fs("bc"),), (fs("bc"),)]


def test_the_named_criterion_is_passed_over_where_a_tied_project_has_no_score_for_it():
    sheets = [Sheet("j", "a", {"aim": 3}), Sheet("j", "b", {"aim": 3, "change": 3})]
    result = outcome(Ballot(WEIGHTS, "change", "Change and testing", ["a", "b"], sheets), 1)
    assert result.steps[1].groups == (fs("ab"),)
    assert result.steps[1].why == "Not every tied project has a score for Change and testing, so it could not be used."


HEAD_TO_HEAD_TIE = ballot(
    # Both mean 3 in all and in change; two judges prefer a by a little, one prefers b by much.
    ("j", "a", 4, 3),
    ("j", "b", 3, 3),
    ("k", "a", 4, 3),
    ("k", "b", 3, 3),
    ("l", "a", 1, 3),
    ("l", "b", 3, 3),
)


def test_head_to_head_the_majority_decides():
    result = outcome(HEAD_TO_HEAD_TIE, 1)
    assert (winners(result), rungs(result)) == ({"a": 1}, [SCORE, CRITERION, HEAD_TO_HEAD])
    assert {(pair.one, pair.for_one, pair.other, pair.for_other) for pair in result.steps[2].pairs} <= {
        ("a", 2, "b", 1),
        ("b", 1, "a", 2),
    }


def test_only_judges_who_scored_both_are_asked_head_to_head():
    sheets = ballot(("j", "a", 5, 3), ("k", "b", 1, 3), ("l", "a", 2, 3), ("l", "b", 3, 3)).sheets
    pair = majorities(fs("ab"), sheets, WEIGHTS)
    assert pair in ((Pair("a", "b", 0, 1),), (Pair("b", "a", 1, 0),))


def cycle():
    """Three judges who like a, b, c; b, c, a; c, a, b: each pair has a majority, and they run in a circle."""
    likes = {"j": "abc", "k": "bca", "l": "cab"}
    return ballot(
        *((judge, project, 5 - place, 3) for judge, order in likes.items() for place, project in enumerate(order))
    )


@pytest.mark.parametrize("seats", [1, 2])
def test_a_circle_of_majorities_goes_to_a_person(seats):
    result = outcome(cycle(), seats)
    assert (winners(result), result.tied, result.seats_left) == ({}, fs("abc"), seats)
    assert result.steps[2].why == "The judges’ preferences between pairs run in a circle: no single order."


def test_as_many_for_the_one_as_for_the_other_goes_to_a_person():
    result = outcome(ballot(("j", "a", 4, 3), ("j", "b", 2, 3), ("k", "a", 2, 3), ("k", "b", 4, 3)), 1)
    assert (result.tied, result.steps[2].groups) == (fs("ab"), (fs("ab"),))


def test_more_tied_than_bursaries_with_nothing_to_tell_them_apart_goes_to_a_person():
    result = outcome(scored(a=4, b=4, c=4, d=4, e=4, f=4, g=4), 5)
    assert (winners(result), result.tied, result.seats_left) == ({}, fs("abcdefg"), 5)


def test_a_persons_decision_ends_the_ladder():
    result = outcome(scored(a=5, b=4, c=4, d=4), 3, decisions=[Decision(fs("bcd"), fs("bd"))])
    assert (winners(result), result.tied, result.steps[-1].rung) == ({"a": 1, "b": 2, "d": 2}, fs(), DECISION)


@pytest.mark.parametrize(
    "decision",
    [
        pytest.param(Decision(fs("bc"), fs("b")), id="about others"),
        pytest.param(Decision(fs("bcd"), fs("b")), id="too few"),
        pytest.param(Decision(fs("bcd"), fs("bcd")), id="all of them"),
        pytest.param(Decision(fs("bcd"), fs("ab")), id="one who is not tied"),
    ],
)
def test_a_decision_that_does_not_fit_the_tie_decides_nothing(decision):
    assert outcome(scored(a=5, b=4, c=4, d=4), 3, decisions=[decision]).tied == fs("bcd")


# --- properties ----------------------------------------------------------------------------------------------------


@st.composite
def ballots(draw):
    pairs = draw(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 5)), min_size=1))
    mark = st.integers(2, 4)
    return ballot(*((judge, project, draw(mark), draw(mark)) for judge, project in sorted(pairs)), projects=range(6))


def said(result):
    """All that an outcome says, free of the order in which sets are walked."""
    return (
        set(result.winners),
        result.tied,
        result.seats_left,
        result.order,
        result.near,
        [(step.rung, step.tied, step.groups, step.why) for step in result.steps],
    )


@given(ballots(), st.randoms(use_true_random=False))
def test_order_of_entry_changes_no_outcome(made, random):
    mixed = Ballot(
        dict(random.sample(list(made.weights.items()), 2)),
        made.tie_break,
        made.tie_break_name,
        random.sample(list(made.projects), 6),
        random.sample(list(made.sheets), len(made.sheets)),
    )
    assert said(outcome(mixed, 3)) == said(outcome(made, 3))


@given(ballots(), st.permutations(range(6)))
def test_other_numbers_for_the_projects_change_no_outcome_but_in_name(made, numbers):
    sheets = [Sheet(sheet.judge, numbers[sheet.project], sheet.values) for sheet in made.sheets]
    renamed = outcome(Ballot(made.weights, "change", made.tie_break_name, made.projects, sheets), 3)
    plain = outcome(made, 3)
    assert set(renamed.winners) == {Winner(numbers[winner.project], winner.rank) for winner in plain.winners}
    assert renamed.tied == {numbers[project] for project in plain.tied}


@given(ballots(), st.integers(0, 6))
def test_every_bursary_is_won_open_to_a_decision_or_has_no_scored_project_left(made, seats):
    result = outcome(made, seats)
    assert len(result.winners) + result.seats_left == seats
    if result.tied:
        assert len(result.tied) > result.seats_left > 0
    else:
        assert len(result.winners) == min(seats, 6 - len(result.unscored))


@given(ballots(), st.integers(1, 5))
def test_no_loser_has_a_higher_score_than_a_winner(made, seats):
    result = outcome(made, seats)
    score = {project: group.score for group in result.order for project in group.members}
    won = {winner.project for winner in result.winners}
    assert all(score[winner] >= score[other] for winner in won for other in set(score) - won)


@given(ballots())
def test_the_ladder_ends_once_a_person_has_decided(made):
    first = outcome(made, 3)
    if first.tied:
        chosen = fs(sorted(first.tied)[: first.seats_left])
        decided = outcome(made, 3, decisions=[Decision(first.tied, chosen)])
        assert (decided.tied, {winner.project for winner in decided.winners}) == (
            fs(),
            {winner.project for winner in first.winners} | chosen,
        )


@given(ballots())
def test_head_to_head_agrees_with_a_search_through_all_orders(made):
    """The oracle: of all orders of the tied, those in which each majority puts the earlier one first."""
    for step in outcome(made, 3).steps:
        if step.rung != HEAD_TO_HEAD:
            continue
        wins = {(pair.one, pair.other) for pair in step.pairs if pair.for_one > pair.for_other}
        wins |= {(pair.other, pair.one) for pair in step.pairs if pair.for_other > pair.for_one}
        fitting = [
            order
            for order in permutations(step.tied)
            if all((one, other) in wins for place, one in enumerate(order) for other in order[place + 1 :])
        ]
        assert len(fitting) <= 1
        assert step.groups == (tuple(fs([project]) for project in fitting[0]) if fitting else (step.tied,))


def test_one_value_is_one_group_whatever_its_spelling():
    assert grouped({"a": F(2, 4), "b": F(1, 2)}) == (fs("ab"),)
