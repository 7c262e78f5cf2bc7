"""Pages that write, of reviewers."""

from django.urls import reverse

from applications.models import Review, ReviewerInterests, ReviewScore
from applications.services.reviewing import declare_interests
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.reviewing import ReviewFactory, RoundFactory, give_scores, reviewer_of
from tests.journeys.scenes import Scene

WORDS = "Bea Lund & “Dan” Ash"


def declaring_interests() -> Scene:
    opened = RoundFactory()
    rita = reviewer_of(opened, full_name="Rita Readmere")

    def elsewhere() -> None:
        declare_interests(review_round=opened, employers=["King’s"], supervisor_email="", people=[], version=0, by=rita)

    return Scene(
        by=rita,
        path=reverse("applications:interests", args=[opened.public_id]),
        data={"people": WORDS},
        typed=WORDS,
        stored=lambda: list(ReviewerInterests.objects.values_list("people", flat=True)),
        twice="We have saved your interests.",
        meanwhile=elsewhere,
        stale="You declared your interests somewhere else",
        others=[UserFactory(), OwnerFactory()],
    )


def scoring_an_application() -> Scene:
    review = ReviewFactory()
    return Scene(
        by=review.reviewer,
        path=reverse("applications:review", args=[review.round.public_id, review.public_id]),
        data={"score-motivation": "4", "comment-motivation": WORDS, "action": "save"},
        typed=WORDS,
        stored=lambda: list(ReviewScore.objects.order_by("criterion__position").values_list("value", "comment")),
        twice="Saved at",
        meanwhile=lambda: give_scores(review, motivation=2),
        stale="You changed this on another device",
        others=[UserFactory(), reviewer_of(review.round), review.application.applicant, OwnerFactory()],
    )


def stepping_back_from_an_application() -> Scene:
    review = ReviewFactory()
    return Scene(
        by=review.reviewer,
        path=reverse("applications:review_conflict", args=[review.round.public_id, review.public_id]),
        data={"reason": WORDS},
        typed=WORDS,
        stored=lambda: list(Review.objects.values_list("state", flat=True)),
        twice="A conflict of interest is written down for this application already.",
        others=[UserFactory(), reviewer_of(review.round), OwnerFactory()],
    )


REVIEWING = {
    "applications:interests": declaring_interests,
    "applications:review": scoring_an_application,
    "applications:review_conflict": stepping_back_from_an_application,
}
