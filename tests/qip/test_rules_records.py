"""Results as exact data, and their sentences."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.rules.weighing import decimals, fraction_text
from qip.rules.awarding import Ballot, outcome
from qip.rules.ladder import Decision
from qip.rules.records import ballot_data, ballot_of, fraction_of, near_data, step_data
from qip.rules.scoring import Sheet

F = Fraction

WEIGHTS = {"change": 20, "aim": 15}
NAMES = {1: "Sepsis", 2: "Falls", 3: "Handover"}


def sheets():
    return [
        Sheet(8, 2, {"change": 3, "aim": 4}),
        Sheet(7, 1, {"aim": 5, "change": 4}),
        Sheet(7, 2, {"aim": 5, "change": 4}),
    ]


def made(order=1):
    return Ballot(WEIGHTS, "change", "Change and testing", [1, 2, 3][::order], sheets()[::order])


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (F(7, 2), 3, "3.500"),
        (F(27, 7), 3, "3.857"),
        (F(1, 2000), 3, "0.001"),
        (F(1, 2001), 3, "0.000"),
        (F(9999, 2000), 3, "5.000"),
        (F(4), 2, "4.00"),
        (F(10045, 2000), 2, "5.02"),
    ],
)
def test_decimals_round_half_up_without_a_float(value, places, words):
    assert decimals(value, places) == words


@given(st.fractions())
def test_a_fraction_comes_back_from_its_text(value):
    assert fraction_of(fraction_text(value)) == value


def test_a_ballot_comes_back_from_its_data_through_json():
    data = json.loads(json.dumps(ballot_data(made())))
    assert ballot_of(data).scores() == made().scores()
    assert (ballot_of(data).tie_break, ballot_of(data).tie_break_name) == ("change", "Change and testing")


def test_a_ballots_data_is_the_same_in_whatever_order_it_came():
    assert json.dumps(ballot_data(made(1))) == json.dumps(ballot_data(made(-1)))


def test_a_ballots_data_holds_exact_scores():
    assert ballot_data(made())["scores"] == {
        "1": {"score": "31/7", "judges": 1, "criteria": {"aim": "5/1", "change": "4/1"}},
        "2": {"score": "55/14", "judges": 2, "criteria": {"aim": "9/2", "change": "7/2"}},
    }


def sentences(ballot, seats, decisions=()):
    return [step_data(step, NAMES)["sentence"] for step in outcome(ballot, seats, decisions=decisions).steps]


def tied(*rows):
    own = [Sheet(judge, project, {"aim": aim, "change": change}) for judge, project, aim, change in rows]
    return Ballot({"aim": 1, "change": 1}, "change", "Change and testing", [1, 2, 3], own)


def test_the_steps_read_as_minutes_down_to_a_person():
    ballot = tied((7, 1, 3, 3), (7, 2, 3, 3), (8, 1, 3, 3), (8, 2, 3, 3))
    assert sentences(ballot, 1, [Decision(frozenset({1, 2}), frozenset({2}))]) == [
        "2 projects have exactly the same score, and 1 of them can have a bursary. Tied: Falls, Sepsis.",
        "The mean score for Change and testing is the same for all of them. Falls 3.000; Sepsis 3.000.",
        "For at least one pair, as many judges preferred the one as the other: no single order. Falls 0, Sepsis 0.",
        "A person decided. Order: Falls; then Sepsis.",
    ]


def test_the_steps_name_the_criterion_that_told_projects_apart():
    assert sentences(tied((7, 1, 4, 2), (7, 2, 2, 4)), 1)[1] == (
        "The mean score for Change and testing tells them apart, in whole or in part. "
        "Falls 4.000; Sepsis 2.000. Order: Falls; then Sepsis."
    )


def test_a_step_is_kept_as_data_too():
    data = step_data(outcome(tied((7, 1, 4, 2), (7, 2, 2, 4)), 1).steps[1], NAMES)
    data.pop("sentence")
    assert data == {
        "rung": "criterion",
        "seats": 1,
        "tied": [1, 2],
        "groups": [[2], [1]],
        "figures": {"1": "2/1", "2": "4/1"},
        "pairs": [],
    }


def test_near_ties_are_kept_exactly():
    ballot = Ballot(
        {"aim": 39, "change": 1},
        "change",
        "",
        [1, 2],
        [Sheet(7, 1, {"aim": 3, "change": 4}), Sheet(7, 2, {"aim": 3, "change": 3})],
    )
    assert near_data(outcome(ballot, 1).near) == [{"ahead": 1, "behind": 2, "difference": "1/40"}]
