"""The ranking: exact means, each reviewer once, missing is not zero; moves, the cut, ties and near ties beside it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.rules.reviewing.board import Score, board, moved, scores_of


def scores(**means):
    return {int(name[1:]): Score(Fraction(mean), Fraction(0), 1) for name, mean in means.items()}


def test_each_reviewer_counts_once_and_the_spread_is_their_distance():
    assert scores_of([(1, Fraction(7, 2)), (1, Fraction(2)), (1, Fraction(3)), (2, Fraction(5))]) == {
        1: Score(Fraction(17, 6), Fraction(3, 2), 3),
        2: Score(Fraction(5), Fraction(0), 1),
    }


def test_who_nobody_has_finished_stands_last_without_a_rank():
    lines = board([1, 2, 3], scores(a2="4", a3="3"), places=2)

    assert [(line.application, line.place, line.rank) for line in lines] == [(2, 1, 1), (3, 2, 2), (1, 3, None)]
    assert lines[-1].score is None


@pytest.mark.parametrize(
    ("means", "places", "near", "tied"),
    [
        ({"a1": "4", "a2": "3", "a3": "2"}, 2, set(), set()),
        ({"a1": "4", "a2": "3", "a3": "59/20"}, 2, {2, 3}, set()),
        ({"a1": "4", "a2": "3", "a3": "2949/1000"}, 2, set(), set()),
        ({"a1": "4", "a2": "3", "a3": "3"}, 2, set(), {2, 3}),
        ({"a1": "3", "a2": "3", "a3": "3"}, 1, set(), {1, 2, 3}),
        ({"a1": "4", "a2": "4", "a3": "3"}, 2, set(), set()),
        ({"a1": "4", "a2": "3"}, 2, set(), set()),
        ({"a1": "4", "a2": "4"}, 5, set(), set()),
        ({"a1": "301/100", "a2": "3", "a3": "3"}, 2, {1, 2, 3}, {2, 3}),
    ],
)
def test_ties_and_near_ties_at_the_cut_are_flagged(means, places, near, tied):
    lines = board([1, 2, 3], scores(**means), places)

    assert {line.application for line in lines if line.tied} == tied
    assert {line.application for line in lines if line.near} == near


def test_equal_scores_share_a_rank_as_in_a_competition():
    lines = board([1, 2, 3, 4], scores(a1="3", a2="4", a3="3", a4="1"), places=1)
    assert [(line.application, line.rank) for line in lines] == [(2, 1), (1, 2), (3, 2), (4, 4)]


@pytest.mark.parametrize(
    ("moves", "order"),
    [
        ([], [1, 2, 3, 4]),
        ([(3, 1)], [3, 1, 2, 4]),
        ([(1, 4)], [2, 3, 4, 1]),
        ([(1, 9)], [2, 3, 4, 1]),
        ([(3, 1), (4, 1)], [4, 3, 1, 2]),
        ([(3, 1), (3, 3)], [1, 2, 3, 4]),
        ([(7, 1)], [1, 2, 3, 4]),
    ],
)
def test_moves_are_made_one_after_the_other(moves, order):
    assert moved([1, 2, 3, 4], moves) == order


MEANS = st.lists(st.tuples(st.integers(1, 9), st.fractions(1, 5, max_denominator=60)), max_size=25)


@given(MEANS, st.randoms())
def test_the_order_of_reviews_never_moves_a_score(means, random):
    shuffled = list(means)
    random.shuffle(shuffled)
    assert scores_of(shuffled) == scores_of(means)


@given(MEANS, st.integers(1, 9), st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=5))
def test_everybody_has_one_place_and_without_moves_nobody_stands_above_a_higher_score(means, places, moves):
    held = scores_of(means)
    lines = board(range(1, 10), held, places, moves)
    assert sorted(line.application for line in lines) == list(range(1, 10))
    assert [line.place for line in lines] == list(range(1, 10))

    plain = [line.score.mean for line in board(range(1, 10), held, places) if line.score]
    assert plain == sorted(plain, reverse=True)
