"""Who reviews, and what they have said of themselves."""

from django.db.models import QuerySet

from applications.models import ReviewerInterests, ReviewRound
from cohorts.enums import Role
from nextstep.accounts.models import User


def rounds_of_reviewer(user: User) -> QuerySet[ReviewRound]:
    """The rounds of the cohorts in which the person now holds the role of reviewer, the newest first."""
    role = "cohort__team_roles__"
    held = {f"{role}person": user, f"{role}role": Role.REVIEWER, f"{role}ended_at__isnull": True}
    return ReviewRound.objects.filter(**held).select_related("cohort__programme").order_by("-cohort__commences_on")


def interests_of(review_round: ReviewRound, reviewer: User) -> ReviewerInterests | None:
    """What a reviewer has declared for a round; None where they have not said yet."""
    return ReviewerInterests.objects.filter(round=review_round, reviewer=reviewer).first()
