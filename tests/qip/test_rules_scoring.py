"""The official score, as a table and as properties."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.rules.weighing import Asked, Given, still_missing, weighted_mean
from qip.rules.scoring import Sheet, counted, project_score, project_scores

F = Fraction

WEIGHTS = {"aim": 15, "measurement": 20, "change": 20, "people": 15, "impact": 15, "spread": 10, "talk": 5}
FULL = dict.fromkeys(WEIGHTS, 4)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (FULL, F(4)),
        ({"aim": 1}, F(1)),
        ({"aim": 5, "measurement": 1}, F(5 * 15 + 20, 35)),
        ({"talk": 5, "change": 2}, F(5 * 5 + 2 * 20, 25)),
        ({**FULL, "change": 5}, F(420, 100)),
        ({**FULL, "talk": 1}, F(385, 100)),
    ],
)
def test_a_judges_score_is_the_weighted_mean_over_what_they_scored(values, expected):
    assert weighted_mean(values, WEIGHTS) == expected


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        pytest.param([], None, id="nobody judged it"),
        pytest.param([Sheet("a", 1, {})], None, id="the one judge scored nothing"),
        pytest.param([Sheet("a", 1, {"aim": 4}, final=False)], None, id="nothing is final"),
        pytest.param([Sheet("a", 1, {"aim": 4}), Sheet("b", 1, {"aim": 3})], (F(7, 2), 2), id="each judge once"),
        pytest.param(
            [Sheet("a", 1, {"aim": 4, "change": 4, "talk": 4}), Sheet("b", 1, {"aim": 1})],
            (F(5, 2), 2),
            id="a judge of one criterion weighs as much as a judge of three",
        ),
        pytest.param([Sheet("a", 1, {"aim": 4}), Sheet("b", 1, {})], (F(4), 1), id="an empty sheet leaves the divisor"),
        pytest.param(
            [Sheet("a", 1, {"aim": 4}), Sheet("b", 1, {"aim": 1}, final=False)],
            (F(4), 1),
            id="what is not final is out",
        ),
        pytest.param(
            [Sheet("a", 1, {"aim": 1}), Sheet("b", 1, {"aim": 1}), Sheet("c", 1, {"aim": 2})],
            (F(4, 3), 3),
            id="a third",
        ),
    ],
)
def test_a_projects_score_is_the_mean_over_its_judges(sheets, expected):
    result = project_score(sheets, WEIGHTS)
    assert (result and (result.score, result.judges)) == expected


def test_the_mean_of_a_criterion_is_over_those_who_scored_it():
    sheets = [
        Sheet("a", 1, {"aim": 5, "change": 2}),
        Sheet("b", 1, {"aim": 4}),
        Sheet("c", 1, {"change": 1}, final=False),
    ]
    assert project_score(sheets, WEIGHTS).criteria == {"aim": F(9, 2), "change": F(2)}


def test_a_project_that_nobody_scored_is_listed_without_a_score():
    assert project_scores([1, 2], [Sheet("a", 2, {"aim": 3})], WEIGHTS)[1] is None


def test_sheets_of_projects_that_are_not_asked_about_are_not_read():
    assert list(project_scores([1], [Sheet("a", 2, {"aim": 3})], WEIGHTS)) == [1]


ASKED = [Asked("aim", "Aim", comment_required=False), Asked("change", "Change", comment_required=True)]


@pytest.mark.parametrize(
    ("given_so_far", "missing"),
    [
        ({}, ("Aim: a score", "Change: a score", "Change: a comment")),
        ({"aim": Given(1)}, ("Change: a score", "Change: a comment")),
        ({"aim": Given(1), "change": Given(5)}, ("Change: a comment",)),
        ({"aim": Given(1), "change": Given(5, "  \n")}, ("Change: a comment",)),
        ({"aim": Given(None, "A thought"), "change": Given(5, "Two cycles")}, ("Aim: a score",)),
        ({"aim": Given(1), "change": Given(5, "Two cycles")}, ()),
    ],
)
def test_what_is_missing_is_named_in_the_rubrics_order(given_so_far, missing):
    assert still_missing(ASKED, given_so_far) == missing


# --- properties ----------------------------------------------------------------------------------------------------

values = st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.integers(1, 5))


@st.composite
def panels(draw, projects=4, judges=4):
    """The sheets of a panel: some judges have none for some projects, some are empty, some are not final."""
    pairs = draw(st.sets(st.tuples(st.integers(0, judges - 1), st.integers(0, projects - 1))))
    return [Sheet(f"judge {judge}", project, draw(values), draw(st.booleans())) for judge, project in sorted(pairs)]


PROJECTS = range(4)


def oracle(sheets, weights, project):
    """The same score by another road: everything over one common denominator, in whole numbers."""
    own = [s.values for s in sheets if s.project == project and s.final and s.values]
    rows = [(sum(weights[c] * v for c, v in values.items()), sum(weights[c] for c in values)) for values in own]
    if not rows:
        return None
    common = math.lcm(*(bottom for _, bottom in rows))
    return F(sum(top * (common // bottom) for top, bottom in rows), common * len(rows))


@given(panels())
def test_the_score_agrees_with_an_independent_working_out(sheets):
    scores = project_scores(PROJECTS, sheets, WEIGHTS)
    assert {p: result and result.score for p, result in scores.items()} == {
        p: oracle(sheets, WEIGHTS, p) for p in PROJECTS
    }


@given(panels(), st.randoms(use_true_random=False))
def test_the_order_of_judges_criteria_and_projects_changes_nothing(sheets, random):
    shuffled = [
        Sheet(s.judge, s.project, dict(random.sample(list(s.values.items()), len(s.values))), s.final) for s in sheets
    ]
    random.shuffle(shuffled)
    projects = random.sample(PROJECTS, len(PROJECTS))
    weights = dict(random.sample(list(WEIGHTS.items()), len(WEIGHTS)))
    assert project_scores(projects, shuffled, weights) == project_scores(PROJECTS, sheets, WEIGHTS)


@given(panels(), st.integers(1, 50))
def test_scaling_all_weights_changes_nothing(sheets, factor):
    scaled = {criterion: weight * factor for criterion, weight in WEIGHTS.items()}
    assert project_scores(PROJECTS, sheets, scaled) == project_scores(PROJECTS, sheets, WEIGHTS)


@given(panels(), st.integers(0, 3))
def test_an_empty_sheet_and_one_that_is_not_final_change_nothing(sheets, project):
    more = [*sheets, Sheet("another", project, {}), Sheet("a third", project, FULL, final=False)]
    assert project_scores(PROJECTS, more, WEIGHTS) == project_scores(PROJECTS, sheets, WEIGHTS)


@given(st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.integers(1, 5), min_size=2), st.data())
def test_leaving_out_a_criterion_never_counts_as_a_zero(own, data):
    left_out = data.draw(st.sampled_from(sorted(own)))
    kept = {criterion: value for criterion, value in own.items() if criterion != left_out}
    assert min(kept.values()) <= weighted_mean(kept, WEIGHTS) <= max(kept.values())


@given(panels())
def test_every_score_lies_on_the_scale(sheets):
    results = [result for result in project_scores(PROJECTS, sheets, WEIGHTS).values() if result]
    assert all(1 <= result.score <= 5 and isinstance(result.score, F) for result in results)


@given(panels())
def test_the_divisor_is_the_number_of_sheets_that_count(sheets):
    scores = project_scores(PROJECTS, sheets, WEIGHTS)
    assert sum(result.judges for result in scores.values() if result) == len(counted(sheets))
