"""Pages that write, of reviewers."""

from django.urls import reverse

from applications.models import ReviewerInterests
from applications.services.reviewing import declare_interests
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.reviewing import RoundFactory, reviewer_of
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


REVIEWING = {"applications:interests": declaring_interests}
