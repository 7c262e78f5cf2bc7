"""A reviewer's scores become final; an administrator lets a reviewer see who the applicant is."""

from django.db import transaction

from applications.enums import ReviewState
from applications.models import Review
from applications.rules.reviewing.states import FINALISE
from applications.selectors.reviewing import sheet_of
from applications.services.reviewing.scoring import CLOSED, refuse_where_closed
from cohorts.permissions import check_may_administer
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from nextstep.transitions import change_fields, change_state


class NotComplete(Refused):
    """Scores or required comments are missing: `missing` names them."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__(f"Before you make this review final, add: {'; '.join(missing)}.")


@transaction.atomic
def finalise(*, review: Review, conflict: str, by: User) -> Review:
    """Make a review final. Doing it twice is doing it once.

    Every criterion needs a score, so that nobody helps an application by skipping its weak side (domain.md). Raises
    NotComplete naming what is missing, Refused where the state forbids it, and Stale where a score was saved at the
    same moment.
    """
    refuse_where_closed(review, conflict, by)
    fresh = Review.objects.select_related("round").get(pk=review.pk)
    if fresh.state == ReviewState.FINAL:
        return fresh
    if not FINALISE.allows(fresh.state):
        raise Refused(CLOSED[ReviewState(fresh.state)])
    if missing := sheet_of(fresh, conflict).missing:
        raise NotComplete(missing)
    change_state(fresh, FINALISE, finalised_at=clock.now())
    record("applications.review_finalised", fresh, by=by)
    return fresh


@transaction.atomic
def unblind(*, review: Review, reason: str, by: User, version: int | None = None) -> Review:
    """Let a reviewer see who the applicant is. Raises Refused without a reason or where they see it already; Stale."""
    check_may_administer(by, review.round.cohort)
    if not reason.strip():
        raise Refused("Say why this reviewer must see who the applicant is.")
    if review.unblinded_at is not None:
        raise Refused("This reviewer sees who the applicant is already.")
    change_fields(review, version=version, unblinded_at=clock.now())
    after = {"unblinded": True}
    record("applications.review_unblinded", review, by=by, after=after, reason=reason.strip())
    record("applications.unblinded_for_a_reviewer", review.application, by=by, after=after, reason=reason.strip())
    return review
