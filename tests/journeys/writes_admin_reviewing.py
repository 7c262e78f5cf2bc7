"""Pages of the administration that write: reviewing."""

from django.urls import reverse

from applications.models import ProposedReview, RankingMove, Review, ReviewCriterion, ReviewRound
from applications.services.reviewing import change_round, move_application, propose_assignment, save_criterion, unblind
from tests.factories.applications import ApplicationFactory
from tests.factories.reviewing import PreparedRoundFactory, ReviewFactory, RoundFactory, give_final_scores, reviewer_of
from tests.journeys.office import CHANGED, ELSE, WORDS, Office
from tests.journeys.scenes import Scene

DUE = {"due_at_0": "2025-06-24", "due_at_1": "17:00:00"}


def preparing_a_review() -> Scene:
    office = Office()
    data = {"cohort": str(office.cohort.pk), "reviews_each": "2", "most_each": "", **DUE}
    return office.adds(ReviewRound, data, twice="This cohort has a review already.")


def changing_a_review() -> Scene:
    office = Office()
    made = PreparedRoundFactory(cohort=office.cohort)
    return office.changes(
        made,
        {"reviews_each": "3"},
        twice=CHANGED,
        meanwhile=lambda: change_round(review_round=made, version=1, by=office.owner, reviews_each=1),
        stale=CHANGED,
    )


def adding_a_review_criterion() -> Scene:
    office = Office()
    made = PreparedRoundFactory(cohort=office.cohort)
    levels = {f"level_{level}": f"Level {level}" for level in (1, 3, 5)}
    data = {"round": str(made.pk), "name": "Kindness", "code": "kindness", "position": "9", "weight": "5"}
    return office.adds(
        ReviewCriterion,
        {**data, **levels, "guidance": WORDS},
        typed=WORDS,
        twice="This rubric has a criterion with the code “kindness” already.",
    )


def changing_a_review_criterion() -> Scene:
    office = Office()
    made = PreparedRoundFactory(cohort=office.cohort)
    criterion = made.criteria.all()[0]

    def elsewhere() -> None:
        save_criterion(review_round=made, criterion=criterion, guidance="Look.", by=office.owner)

    return office.changes(
        criterion, {"guidance": WORDS}, typed=WORDS, twice="was changed successfully", meanwhile=elsewhere, stale=ELSE
    )


def removing_a_review_criterion() -> Scene:
    office = Office()
    made = PreparedRoundFactory(cohort=office.cohort)
    kept = ReviewCriterion.objects.count
    return office.acts(made.criteria.all()[0], "remove", stored=kept, twice="5 review criteria")


def sharing_out() -> Scene:
    office = Office()
    opened = RoundFactory(cohort=office.cohort)
    reviewer_of(opened, full_name="Rita Readmere")
    ApplicationFactory(cohort=office.cohort, submitted=True)
    return Scene(
        by=office.ada,
        path=reverse("admin:applications_reviewround_sharing", args=[opened.pk]),
        data={"propose": "1"},
        stored=ProposedReview.objects.count,
        twice=CHANGED,
        meanwhile=lambda: propose_assignment(review_round=opened, version=1, by=office.owner),
        stale=CHANGED,
        others=office.others,
    )


def choosing_readers() -> Scene:
    office = Office()
    opened = RoundFactory(cohort=office.cohort)
    rita = reviewer_of(opened, full_name="Rita Readmere")
    application = ApplicationFactory(cohort=office.cohort, submitted=True)
    return Scene(
        by=office.ada,
        path=reverse("admin:applications_reviewround_readers", args=[opened.pk, application.pk]),
        data={"reviewers": [str(rita.pk)]},
        stored=ProposedReview.objects.count,
        twice=CHANGED,
        meanwhile=lambda: propose_assignment(review_round=opened, version=1, by=office.owner),
        stale=CHANGED,
        others=office.others,
    )


def taking_a_review_out() -> Scene:
    office = Office()
    review = ReviewFactory(round=RoundFactory(cohort=office.cohort))

    def elsewhere() -> None:
        unblind(review=Review.objects.get(), reason="Adjustments.", by=office.owner)

    return office.changes(
        review,
        {"recuse_now": "on", "why": WORDS},
        stored=lambda: Review.objects.get().state,
        twice="This could not be saved: it was ended or closed after you opened the page.",
        meanwhile=elsewhere,
        stale=CHANGED,
    )


class Ranked(Office):
    """A review with two final readings, and what somebody else does to its ranking."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = RoundFactory(cohort=self.cohort)
        self.first, self.second = [
            give_final_scores(ReviewFactory(round=self.opened), all=value).application for value in (4, 3)
        ]

    def address(self, name: str, *more: int) -> str:
        return reverse(f"admin:applications_reviewround_{name}", args=[self.opened.pk, *more])

    def moves(self) -> None:
        given = {"review_round": ReviewRound.objects.get(), "version": self.opened.version, "by": self.owner}
        move_application(application=self.second, place=1, reason="Panel of 12 June.", **given)


def freezing_the_ranking() -> Scene:
    office = Ranked()
    return Scene(
        by=office.ada,
        path=office.address("ranking"),
        data={"freeze": "1", "reason": WORDS},
        typed=WORDS,
        stored=lambda: ReviewRound.objects.get().state,
        twice="Only the ranking of an open review can be frozen.",
        meanwhile=office.moves,
        stale=CHANGED,
        others=office.others,
    )


def moving_in_the_ranking() -> Scene:
    office = Ranked()
    return Scene(
        by=office.ada,
        path=office.address("move", office.second.pk),
        data={"place": "1", "reason": WORDS},
        typed=WORDS,
        stored=RankingMove.objects.count,
        twice=CHANGED,
        meanwhile=office.moves,
        stale=CHANGED,
        others=office.others,
    )


REVIEWING_IN_THE_OFFICE = {
    "applications_reviewround_ranking": freezing_the_ranking,
    "applications_reviewround_move": moving_in_the_ranking,
    "applications.Review change": taking_a_review_out,
    "applications_reviewround_sharing": sharing_out,
    "applications_reviewround_readers": choosing_readers,
    "applications.ReviewRound add": preparing_a_review,
    "applications.ReviewRound change": changing_a_review,
    "applications.ReviewCriterion add": adding_a_review_criterion,
    "applications.ReviewCriterion change": changing_a_review_criterion,
    "applications.ReviewCriterion remove": removing_a_review_criterion,
}
