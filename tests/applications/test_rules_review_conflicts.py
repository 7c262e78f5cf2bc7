"""Conflicts of interest that the portal finds between a reviewer and an application."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.rules.reviewing.conflicts import ApplicantFacts, ReviewerFacts, found_conflict

REVIEWER = ReviewerFacts(
    email="rita@example.nhs.uk",
    registration="7654321",
    employers=("Royal Papworth Hospital NHS Foundation Trust", "King’s"),
    supervisor_email="Sam.Senior@example.nhs.uk",
    people=("Bea Lund", "dan@example.nhs.uk", "GMC 222 2222"),
)
APPLICANT = ApplicantFacts(
    email="asha@example.nhs.uk",
    name="Asha Rao",
    registration="1234567",
    employer="Cambridge University Hospitals",
    supervisor_email="bea.lund@example.nhs.uk",
)
OWN = "This is the reviewer’s own application."
SUPERVISES = "The reviewer supervises the applicant."
SHARED = "The reviewer and the applicant have the same supervisor."
BOTH = "The reviewer and the applicant both work for"
NAMED = "The reviewer has named the applicant as somebody they know."


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, ""),
        ({"email": "RITA@example.nhs.uk "}, OWN),
        ({"registration": "7654321"}, OWN),
        ({"supervisor_email": "Rita@Example.nhs.uk"}, SUPERVISES),
        ({"supervisor_email": " sam.senior@example.nhs.uk"}, SHARED),
        ({"name": "bea  LUND"}, NAMED),
        ({"email": "Dan@example.nhs.uk"}, NAMED),
        ({"registration": "2222222"}, NAMED),
        ({"name": "Bea Lundgren"}, ""),
        ({"employer": "Royal Papworth"}, f"{BOTH} Royal Papworth."),
        ({"employer": "The royal papworth hospital"}, f"{BOTH} The royal papworth hospital."),
        ({"employer": "KING'S NHS Trust"}, f"{BOTH} KING'S NHS Trust."),
        ({"employer": "Royal Papworth and Ely"}, ""),
        ({"employer": "NHS Trust"}, ""),
    ],
)  # fmt: skip
def test_a_conflict_is_found_whatever_the_typing(facts, reason):
    assert found_conflict(REVIEWER, replace(APPLICANT, **facts)) == reason


def test_blanks_on_both_sides_are_no_conflict():
    blank = ReviewerFacts(email=" ", registration="", employers=("", " "), people=("", "-"))
    assert found_conflict(blank, ApplicantFacts(email="", name="", registration="", employer="NHS")) == ""


@given(st.text(max_size=12), st.text(max_size=12))
def test_saying_more_never_hides_a_conflict(employer, person):
    """What a reviewer adds to their interests can only add conflicts."""
    more = replace(REVIEWER, employers=(*REVIEWER.employers, employer), people=(*REVIEWER.people, person))
    for facts in ({"employer": "Royal Papworth"}, {"name": "Bea Lund"}, {"supervisor_email": REVIEWER.email}):
        assert found_conflict(more, replace(APPLICANT, **facts)) != ""
