"""Who may review."""

from django.core.exceptions import PermissionDenied

from applications.models import ReviewRound
from cohorts.enums import Role
from cohorts.permissions import holds_role
from nextstep.accounts.models import User


def check_is_reviewer(user: User, review_round: ReviewRound) -> None:
    """Raise PermissionDenied unless `user` now reviews in the cohort of this round."""
    if not holds_role(user, Role.REVIEWER, review_round.cohort):
        raise PermissionDenied
