"""What reviewers declare about themselves before they read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from applications.models import ReviewerInterests, ReviewRound
from applications.permissions import check_is_reviewer
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

    `version` is the one they saw, 0 before the first. Raises Stale where they declared on another device meanwhile,
    and PermissionDenied for whoever does not review in this cohort.
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
    return kept


def _first(review_round: ReviewRound, said: Mapping[str, Any], version: int, by: User) -> ReviewerInterests:
    if version:
        raise Stale
    try:
        with transaction.atomic():
            return ReviewerInterests.objects.create(round=review_round, reviewer=by, declared_at=clock.now(), **said)
    except IntegrityError:
        raise Stale from None
