"""A reviewer steps back from an application, by themself or because the portal found why they must."""

from django.db import transaction

from applications.models import Review
from applications.permissions import check_reviews
from applications.rules.reviewing.states import RECUSE
from cohorts.permissions import check_may_administer
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from nextstep.transitions import change_state


@transaction.atomic
def declare_conflict(*, review: Review, reason: str, by: User) -> Review:
    """Step back from an application, also after the review is final: scores stay on record and do not count.

    Raises Refused without a reason, and where it was declared before.
    """
    check_reviews(by, review)
    if not reason.strip():
        raise Refused("Say what the conflict of interest is.")
    step_back(review=review, reason=reason.strip(), by=by)
    return review


@transaction.atomic
def recuse_reviewer(*, review: Review, reason: str, by: User, version: int | None = None) -> Review:
    """Take a review out of the count, as an administrator. Raises Refused without a reason, and Stale."""
    check_may_administer(by, review.round.cohort)
    if not reason.strip():
        raise Refused("Say why this review does not count.")
    step_back(review=review, reason=reason.strip(), by=by, version=version)
    return review


def step_back(*, review: Review, reason: str, by: User, version: int | None = None) -> None:
    """Write down that this review does not count, in the caller's transaction.

    Raises Refused where that is written down already, and Stale where the review changed meanwhile.
    """
    before = review.state
    change_state(review, RECUSE, version=version, reason=reason)
    after = {"state": review.state}
    record("applications.conflict_recorded", review, by=by, before={"state": before}, after=after, reason=reason)
