"""Everything that sharing out the applications of a round depends on: five queries, whatever there is."""

from dataclasses import dataclass
from functools import cached_property

from applications.enums import ApplicationState, ReviewState
from applications.models import Application, ProposedReview, Review, ReviewRound
from applications.rules.reviewing.assigning import Pair, Wanted
from applications.rules.reviewing.conflicts import ApplicantFacts, found_conflict
from applications.selectors.reviewing.reviewers import (
    Reviewer,
    facts_of_applicant,
    reviewers_of,
    with_applicant_facts,
)


@dataclass(frozen=True)
class Desk:
    """The applications to be read, the reviewers, who reads what, and what is proposed. Pairs: (application, reviewer).

    `stepped_back` holds readings that ended for a conflict, with the reason.
    """

    round: ReviewRound
    reviewers: list[Reviewer]
    applicants: dict[int, ApplicantFacts]
    references: dict[int, str]
    kept: frozenset[Pair]
    stepped_back: dict[Pair, str]
    proposed: frozenset[Pair]

    @cached_property
    def conflicts(self) -> dict[Pair, str]:
        """Every pair that may not be, with the reason: found by the portal, or declared by the reviewer."""
        found = {
            (application, reviewer.person.pk): why
            for reviewer in self.reviewers
            for application, facts in self.applicants.items()
            if (why := found_conflict(reviewer.facts, facts))
        }
        return {**found, **self.stepped_back}

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            applications=self.applicants.keys(),
            reviewers=[reviewer.person.pk for reviewer in self.reviewers],
            each=self.round.reviews_each,
            most=self.round.most_each,
            kept=self.kept,
            closed=frozenset(self.conflicts),
        )


def desk_of(review_round: ReviewRound) -> Desk:
    """The desk of a round: the submitted applications of its cohort, by reference."""
    waiting = Application.objects.filter(cohort=review_round.cohort_id, state=ApplicationState.SUBMITTED)
    rows = sorted(with_applicant_facts(waiting), key=lambda row: row["reference"])
    reviews = list(
        Review.objects.filter(round=review_round)
        .order_by()
        .values_list("application_id", "reviewer_id", "state", "reason")
    )
    proposed = ProposedReview.objects.filter(round=review_round).values_list("application_id", "reviewer_id")
    return Desk(
        round=review_round,
        reviewers=reviewers_of(review_round),
        applicants={row["pk"]: facts_of_applicant(row) for row in rows},
        references={row["pk"]: row["reference"] for row in rows},
        kept=frozenset((one, who) for one, who, state, _ in reviews if state != ReviewState.RECUSED),
        stepped_back={(one, who): why for one, who, state, why in reviews if state == ReviewState.RECUSED},
        proposed=frozenset(proposed),
    )
