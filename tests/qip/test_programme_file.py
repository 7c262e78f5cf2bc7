"""The section `qip` of a programme file."""

from datetime import datetime

import pytest

from qip.models import QipTerms, Rubric
from qip.services import award_bursaries
from qip.services.programme_file import QipSection
from tests.factories.cohorts import CohortFactory
from tests.factories.qip import DraftProjectFactory, JudgeFactory, ProjectFactory, give_scores, opened_results

pytestmark = pytest.mark.django_db

SECTION = QipSection()
DATA = {"bursaries": 5, "bursary": "The fee for FMLM Associate Fellowship", "panel": ["King’s", "FMLM"]}


@pytest.fixture
def cohort():
    return CohortFactory()


def problems(data):
    return [str(problem) for problem in SECTION.validate(data, {})]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (DATA, []),
        ({"bursaries": 1}, []),
        ({**DATA, "projects_close": datetime(2026, 7, 1, 23, 59, 59)}, []),  # noqa: DTZ001 - as in a file
        ({}, ["bursaries: This is missing."]),
        ({"bursaries": 0}, ["bursaries: This must be between 1 and 100."]),
        ({"bursaries": "5"}, ["bursaries: This must be a whole number."]),
        ({**DATA, "panel": "King’s"}, ["panel: This must be a list of texts."]),
        ({**DATA, "bursery": "x"}, ["bursery: No such key is known. Did you mean bursary?"]),
        ([], ["This must be a table."]),
    ],
)
def test_problems_are_named_with_their_key(data, expected):
    assert problems(data) == expected


def test_loading_sets_the_terms_and_the_rubric_and_loading_again_changes_nothing(cohort):
    assert SECTION.apply(cohort, DATA, None) == ["QIP terms set"]
    assert SECTION.apply(cohort, DATA, None) == []
    terms = QipTerms.objects.get()
    assert (terms.bursaries, terms.bursary, terms.panel_organisations, terms.projects_close_at) == (
        5,
        "The fee for FMLM Associate Fellowship",
        ["King’s", "FMLM"],
        None,
    )
    assert Rubric.objects.get().criteria.count() == 7


def test_a_change_keeps_the_row_and_a_last_second_closes_at_midnight(cohort, london):
    SECTION.apply(cohort, DATA, None)
    first = QipTerms.objects.get()
    changed = {**DATA, "projects_close": datetime(2026, 7, 1, 23, 59, 59)}  # noqa: DTZ001 - as in a file
    assert SECTION.apply(cohort, changed, None) == ["QIP terms changed"]
    again = QipTerms.objects.get()
    assert (again.pk, again.projects_close_at) == (first.pk, london(2026, 7, 2))


def test_without_the_section_terms_and_rubric_go_where_nothing_hangs_on_them(cohort):
    assert (SECTION.orphans(cohort, None), SECTION.apply(cohort, None, None)) == ([], [])
    SECTION.apply(cohort, DATA, None)
    assert SECTION.orphans(cohort, None) == []
    assert SECTION.apply(cohort, None, None) == ["QIP terms removed"]
    assert (QipTerms.objects.count(), Rubric.objects.count()) == (0, 0)


def test_projects_and_scores_keep_the_section(cohort, on_the_evening):
    DraftProjectFactory(place__cohort=cohort)
    assert SECTION.orphans(cohort, None) == ["1 QIPs have been started, so the section cannot be taken out."]
    give_scores(JudgeFactory(panel__cohort=cohort), ProjectFactory(place__cohort=cohort), change=3)
    assert SECTION.orphans(cohort, None)[1:] == ["Judges have scored QIPs, so the section cannot be taken out."]


@pytest.mark.parametrize(
    ("bursaries", "reasons"), [(2, []), (1, ["2 bursaries have been awarded, so there cannot be 1."])]
)
def test_bursaries_that_are_awarded_stay(panel, owner, on_the_evening, bursaries, reasons):
    results, _ = opened_results(panel, owner, 4, 3)
    award_bursaries(results=results, version=1, by=owner)
    assert SECTION.orphans(panel.cohort, {**DATA, "bursaries": bursaries}) == reasons
