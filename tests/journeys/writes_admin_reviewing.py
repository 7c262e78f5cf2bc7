"""Pages of the administration that write: reviewing."""

from applications.models import ReviewCriterion, ReviewRound
from applications.services.reviewing import change_round, save_criterion
from tests.factories.reviewing import PreparedRoundFactory
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


REVIEWING_IN_THE_OFFICE = {
    "applications.ReviewRound add": preparing_a_review,
    "applications.ReviewRound change": changing_a_review,
    "applications.ReviewCriterion add": adding_a_review_criterion,
    "applications.ReviewCriterion change": changing_a_review_criterion,
    "applications.ReviewCriterion remove": removing_a_review_criterion,
}
