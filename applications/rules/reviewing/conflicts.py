"""Conflicts of interest between a reviewer and an application, from what both have said of themselves.

A conflict keeps the application from the reviewer: assignment, reading, lists and totals (domain.md, QIP judging).
"""

import re
from dataclasses import dataclass
from functools import cached_property

from nextstep.accounts.rules.registration import written_plainly

# What organisations' names carry or leave out at will: "Royal Papworth Hospital NHS Foundation Trust".
_COMMON_WORDS = frozenset({"the", "nhs", "foundation", "trust", "hospital", "hospitals"})


@dataclass(frozen=True)
class ReviewerFacts:
    """What is known of a reviewer. `people` are those whom they must not read: names, addresses or numbers."""

    email: str
    registration: str = ""
    employers: tuple[str, ...] = ()
    supervisor_email: str = ""
    people: tuple[str, ...] = ()

    # Kept, since each is compared with every application of a cohort.
    @cached_property
    def plain_employers(self) -> frozenset[str]:
        return frozenset(filter(None, map(plain_organisation, self.employers)))

    @cached_property
    def plain_people(self) -> frozenset[str]:
        numbers = (written_plainly(entry).casefold() for entry in self.people)
        return frozenset(filter(None, [*map(plain, self.people), *numbers]))


@dataclass(frozen=True)
class ApplicantFacts:
    """What an application says of its applicant."""

    email: str
    name: str = ""
    registration: str = ""
    employer: str = ""
    supervisor_email: str = ""

    # Kept, since each is compared with every reviewer of a cohort.
    @cached_property
    def plain_employer(self) -> str:
        return plain_organisation(self.employer)

    @cached_property
    def called(self) -> frozenset[str]:
        """Every way in which a reviewer may have named them."""
        return frozenset(filter(None, map(plain, (self.email, self.name, self.registration))))


def found_conflict(reviewer: ReviewerFacts, applicant: ApplicantFacts) -> str:
    """Why this reviewer may not read this application, as a sentence for the team; empty where nothing was found."""
    supervisor = plain(applicant.supervisor_email)
    if _same(reviewer.email, applicant.email) or _same(reviewer.registration, applicant.registration):
        return "This is the reviewer’s own application."
    if supervisor and supervisor == plain(reviewer.email):
        return "The reviewer supervises the applicant."
    if supervisor and supervisor == plain(reviewer.supervisor_email):
        return "The reviewer and the applicant have the same supervisor."
    if not reviewer.plain_people.isdisjoint(applicant.called):
        return "The reviewer has named the applicant as somebody they know."
    if applicant.plain_employer and applicant.plain_employer in reviewer.plain_employers:
        return f"The reviewer and the applicant both work for {applicant.employer.strip()}."
    return ""


def plain(text: str) -> str:
    """An address, a name or a number without the differences of typing."""
    return " ".join(text.split()).casefold()


def plain_organisation(name: str) -> str:
    """An organisation's name without punctuation and the words that come and go."""
    words = re.findall(r"\w+", name.replace("’", "").replace("'", "").casefold())
    return " ".join(word for word in words if word not in _COMMON_WORDS)


def _same(one: str, other: str) -> bool:
    return bool(plain(one)) and plain(one) == plain(other)
