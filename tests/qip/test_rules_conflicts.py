"""Conflicts found by the portal, and the days of a reminder."""

from datetime import date

import pytest

from qip.rules.conflicts import JudgeFacts, ProjectFacts, found_conflict
from qip.rules.reminders import reminder_day

JUDGE = JudgeFacts(email="Ada.Judge@kings.example", organisation="King’s Business School")


def project(fellow="f@nhs.example", employer="Addenbrooke’s", supervisors=("s@nhs.example", "")):
    return ProjectFacts(fellow, employer, supervisors)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (project(), ""),
        (project(fellow="ada.judge@KINGS.example"), "This is the judge’s own project."),
        (project(supervisors=("", " ada.judge@kings.example ")), "The judge supervises this fellow."),
        (project(supervisors=("ada.judge@kings.example", "")), "The judge supervises this fellow."),
        (
            project(employer=" king’s  business School"),
            "The judge and the fellow both work for king’s  business School.",
        ),
        (project(employer="King’s Business School Trust"), ""),
    ],
)
def test_a_conflict_is_found_whatever_the_case_and_spacing(facts, reason):
    assert found_conflict(JUDGE, facts) == reason


def test_two_blanks_are_no_conflict():
    assert found_conflict(JudgeFacts(email="", organisation=" "), project(employer="", supervisors=("", ""))) == ""


@pytest.mark.parametrize(
    ("now", "day"),
    [
        pytest.param((2026, 7, 2, 16, 59), None, id="while projects are presented"),
        pytest.param((2026, 7, 2, 17, 0), date(2026, 7, 2), id="when the presentations end"),
        pytest.param((2026, 7, 2, 23, 59), date(2026, 7, 2), id="later that evening"),
        pytest.param((2026, 7, 3, 0, 5), None, id="nobody is written to at night"),
        pytest.param((2026, 7, 3, 9, 0), date(2026, 7, 3), id="the next morning"),
        pytest.param((2026, 10, 26, 9, 0), date(2026, 10, 26), id="after the clocks went back"),
    ],
)
def test_judges_are_reminded_when_presentations_end_and_each_morning_after(london, now, day):
    assert reminder_day(london(2026, 7, 2, 17, 0), london(*now)) == day
