"""What an eligibility rule answers: an outcome, why, and what would change it."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NEEDS_PERSON = "needs_person"


@dataclass(frozen=True)
class Verdict:
    """The answer of the rule with the code `rule`. `reason` and `remedy` are sentences for the applicant."""

    rule: str
    outcome: Outcome
    reason: str
    # What would change the outcome; empty where it is met or where nothing would.
    remedy: str = ""
