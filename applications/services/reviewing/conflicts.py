"""A reviewer steps back from an application, by themself or because the portal found why they must."""

from applications.models import Review
from applications.rules.reviewing.states import RECUSE
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.transitions import change_state


def step_back(*, review: Review, reason: str, by: User) -> None:
    """Write down that this review does not count, in the caller's transaction.

    Raises Refused where that is written down already, and Stale where the review changed meanwhile.
    """
    before = review.state
    change_state(review, RECUSE, reason=reason)
    after = {"state": review.state}
    record("applications.conflict_recorded", review, by=by, before={"state": before}, after=after, reason=reason)
