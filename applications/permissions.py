"""Who may review."""

from django.core.exceptions import PermissionDenied

from applications.models import Review, ReviewRound
from cohorts.enums import Role
from cohorts.permissions import holds_role
from nextstep.accounts.models import User


def check_is_reviewer(user: User, review_round: ReviewRound) -> None:
    """Raise PermissionDenied unless `user` now reviews in the cohort of this round."""
    if not holds_role(user, Role.REVIEWER, review_round.cohort):
        raise PermissionDenied


def check_reviews(user: User, review: Review) -> None:
    """Nobody scores or steps back in another's name."""
    if review.reviewer_id != user.pk:
        raise PermissionDenied
