"""What reviewers declare about themselves before they read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from applications.enums import ReviewState
from applications.models import Review, ReviewerInterests, ReviewRound
from applications.permissions import check_is_reviewer
from applications.selectors.reviewing import conflicts_found
from applications.services.reviewing.conflicts import step_back
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import CHANGED, record
from nextstep.refusals import Stale
from nextstep.transitions import change_fields


@transaction.atomic
def declare_interests(
    *,
    review_round: ReviewRound,
    employers: Sequence[str],
    supervisor_email: str,
    people: Sequence[str],
    version: int,
    by: User,
) -> ReviewerInterests:
    """Keep what a reviewer says of themself for this round; the audit does not keep whom they named.

    What they were given and now have a conflict with is taken from them. `version` is the one they saw, 0 before the
    first. Raises Stale where they declared on another device meanwhile, and PermissionDenied for whoever does not
    review in this cohort.
    """
    check_is_reviewer(by, review_round)
    said = {"employers": list(employers), "supervisor_email": supervisor_email, "people": list(people)}
    kept = ReviewerInterests.objects.filter(round=review_round, reviewer=by).first()
    if kept is None:
        kept = _first(review_round, said, version, by)
        changed = set(said)
    else:
        changed = {name for name, value in said.items() if getattr(kept, name) != value}
        if not changed:
            return kept
        change_fields(kept, version=version, declared_at=clock.now(), **said)
    record("applications.interests_declared", kept, by=by, after=dict.fromkeys(sorted(changed), CHANGED))
    _step_back_where_found(review_round, by)
    return kept


def _step_back_where_found(review_round: ReviewRound, by: User) -> None:
    """Take away what the reviewer was given before they said this."""
    own = Review.objects.filter(round=review_round, reviewer=by).exclude(state=ReviewState.RECUSED)
    found = conflicts_found(by, own)
    for review in own.filter(pk__in=found):
        step_back(review=review, reason=found[review.pk], by=by)


def _first(review_round: ReviewRound, said: Mapping[str, Any], version: int, by: User) -> ReviewerInterests:
    if version:
        raise Stale
    try:
        with transaction.atomic():
            return ReviewerInterests.objects.create(round=review_round, reviewer=by, declared_at=clock.now(), **said)
    except IntegrityError:
        raise Stale from None
