"""The sections `eligibility`, `documents` and `reserve_list` of a programme file."""

from datetime import date
from typing import Any

import pytest

from applications.models import ReserveList
from applications.services import change_reserve_list
from applications.services.programme_file import DocumentsSection, EligibilitySection
from applications.services.reserve_terms import ReserveListSection
from cohorts.models import Cohort
from cohorts.services import load_programme, read_definition, shipped_files
from tests.factories.applications import ApplicationFactory, DocumentFactory, next_step_cohort
from tests.factories.cohorts import CohortFactory

CV = {"kind": "cv", "label": "Up-to-date CV"}
STATEMENTS = {"kind": "supporting_statement", "label": "Supporting statement", "number": 2}


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        ([], []),
        ([{"rule": "holds_ntn"}, {"rule": "within_years_of_cct", "years": 2}], []),
        ("holds_ntn", ["This must be a list of tables, each with a rule."]),
        ([{}], ['[0].rule: Say which rule, for instance { rule = "holds_ntn" }.']),
        (
            [{"rule": "is_tall"}],
            [
                (
                    "[0].rule: No rule is called is_tall. There are band_between, holds_ntn, not_out_of_programme, "
                    "ntn_office, self_identifies, within_years_of_cct, works_in_general_practice, works_in_nhs_care."
                )
            ],
        ),
        ([{"rule": "within_years_of_cct"}], ["[0]: within_years_of_cct needs years."]),
        ([{"rule": "holds_ntn"}, {"rule": "holds_ntn"}], ["The rule holds_ntn is given twice."]),
    ],
)
def test_eligibility_is_checked(data: Any, problems: list[str]) -> None:
    assert [str(problem) for problem in EligibilitySection().validate(data, {})] == problems


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        ([CV, STATEMENTS], []),
        ({}, ["This must be a list of tables, each with kind and label."]),
        (["cv"], ["[0]: This must be a table with kind and label."]),
        ([{**CV, "size": 3}], ["[0].size: There is no such setting."]),
        ([{**CV, "kind": "My CV"}], ["[0].kind: This must be a name of small letters and underscores, such as cv."]),
        ([{"kind": "cv"}], ["[0].label: This must be text of 1 to 100 letters."]),
        ([{**CV, "number": 0}], ["[0].number: This must be a whole number from 1 to 10."]),
        ([{**CV, "number": True}], ["[0].number: This must be a whole number from 1 to 10."]),
        ([CV, CV], ["The kind cv is given twice. Use number for several."]),
    ],
)
def test_documents_are_checked(data: Any, problems: list[str]) -> None:
    assert [str(problem) for problem in DocumentsSection().validate(data, {})] == problems


@pytest.mark.django_db
def test_eligibility_is_brought_in_line_once() -> None:
    cohort = CohortFactory()
    data = [{"rule": "holds_ntn"}, {"rule": "ntn_office", "office": "EAN"}]

    changes = [EligibilitySection().apply(cohort, data, None) for _ in range(2)]

    assert changes == [["eligibility: holds_ntn, ntn_office"], []]
    assert list(cohort.eligibility_criteria.values_list("position", "rule", "parameters")) == [
        (1, "holds_ntn", {}),
        (2, "ntn_office", {"office": "EAN"}),
    ]
    assert EligibilitySection().apply(cohort, None, None) == ["eligibility: none"]


@pytest.mark.django_db
def test_documents_are_brought_in_line_once() -> None:
    cohort = CohortFactory()

    changes = [
        DocumentsSection().apply(cohort, data, None)
        for data in ([CV, STATEMENTS], [CV, STATEMENTS], [{**CV, "label": "Your CV"}], None)
    ]

    assert changes == [
        ["document cv: made", "document supporting_statement: made"],
        [],
        ["document supporting_statement: removed", "document cv: changed"],
        ["document cv: removed"],
    ]


@pytest.mark.django_db
def test_documents_that_were_sent_are_not_orphaned() -> None:
    cohort = next_step_cohort()
    draft = ApplicationFactory(cohort=cohort)
    for number in (1, 2):
        statement = cohort.required_documents.get(kind="supporting_statement")
        DocumentFactory(application=draft, required=statement, number=number)

    orphans = [
        DocumentsSection().orphans(cohort, data) for data in ([CV, STATEMENTS], [{**STATEMENTS, "number": 1}], [])
    ]

    assert orphans == [
        [],
        ["Applicants have sent 1 documents “Supporting statement” that this file no longer asks for."],
        ["Applicants have sent 2 documents “Supporting statement” that this file no longer asks for."],
    ]


@pytest.mark.django_db
def test_the_shipped_programmes_bring_their_rules_and_documents() -> None:
    for file in shipped_files():
        load_programme(definition=read_definition(file), by=None)

    rules = {
        f"{cohort.programme.slug}/{cohort.slug}": list(cohort.eligibility_criteria.values_list("rule", flat=True))
        for cohort in Cohort.objects.select_related("programme")
    }
    assert rules == {
        "next-step/2025-26": ["holds_ntn", "ntn_office", "within_years_of_cct", "not_out_of_programme"],
        "stepping-up/bands-5-6": ["band_between", "works_in_nhs_care", "self_identifies"],
        "stepping-up/band-7": ["band_between", "works_in_nhs_care", "self_identifies"],
        "next-generation-gp/cambridgeshire-peterborough": ["works_in_general_practice"],
    }
    asked = Cohort.objects.get(slug="2025-26").required_documents.values_list("kind", "number")
    assert list(asked) == [("cv", 1), ("supporting_statement", 2)]


# --- the reserve list


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        ({"mode": "automatic", "undo_hours": 12, "refill_until": date(2025, 10, 31), "shows_number": True}, []),
        ({"mode": "sometimes"}, ["mode"]),
        ({"undo_hours": 337}, ["undo_hours"]),
        ({"brake": "on"}, ["brake"]),
    ],
)
def test_what_a_file_may_say_of_a_reserve_list(data, keys):
    assert [problem.key for problem in ReserveListSection().validate(data, {})] == keys


@pytest.mark.django_db
def test_what_a_file_leaves_out_stays_as_the_team_chose():
    cohort = CohortFactory()
    section = ReserveListSection()

    first = section.apply(cohort, None, None)
    change_reserve_list(cohort=cohort, by=None, undo_hours=3)
    lines = [section.apply(cohort, data, None) for data in (None, {"mode": "automatic"}, {"mode": "automatic"})]

    terms = ReserveList.objects.get(cohort=cohort)
    assert (first, lines) == (["reserve list: as usual"], [[], ["reserve list: mode"], []])
    assert (terms.mode, terms.undo_hours) == ("automatic", 3)
