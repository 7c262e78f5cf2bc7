"""The rubric of a review: edited while the round is prepared, then frozen."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from applications.enums import ReviewRoundState
from applications.models import ReviewCriterion, ReviewRound
from applications.services.reviewing.scoring import OVERALL
from cohorts.permissions import check_may_administer
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused

WORDS = ("code", "position", "name", "weight", "guidance", "level_1", "level_3", "level_5", "comment_required")


@transaction.atomic
def save_criterion(
    *,
    review_round: ReviewRound,
    by: User,
    criterion: ReviewCriterion | None = None,
    **words: Any,
) -> ReviewCriterion:
    """Add a criterion, or change one: any of WORDS. Without anything to change nothing is written.

    Raises Refused once the review is open, and where the rubric has a criterion of that code already.
    """
    check_may_administer(by, review_round.cohort)
    if criterion is not None and not words:
        return criterion
    if words.get("code") == OVERALL:
        raise Refused("Choose another code: this one is the portal’s own.")
    _keep_unfrozen(review_round)
    target = criterion or ReviewCriterion(round=review_round, position=review_round.criteria.count() + 1)
    before = _words(target)
    for name in WORDS:
        if name in words:
            setattr(target, name, words[name])
    try:
        with transaction.atomic():
            target.save()
    except IntegrityError:
        raise Refused(f"This rubric has a criterion with the code “{target.code}” already.") from None
    changed = {name: value for name, value in _words(target).items() if value != before[name]}
    old = {name: before[name] for name in changed} if criterion else {}
    record("applications.rubric_changed", review_round, by=by, before=old, after={"criterion": target.code, **changed})
    return target


@transaction.atomic
def remove_criterion(*, criterion: ReviewCriterion, by: User) -> None:
    """Take a criterion out of the rubric. Raises Refused once the review is open."""
    check_may_administer(by, criterion.round.cohort)
    _keep_unfrozen(criterion.round)
    before = _words(criterion)
    criterion.delete()
    record("applications.rubric_changed", criterion.round, by=by, before=before)


def _keep_unfrozen(review_round: ReviewRound) -> None:
    """Raise the round's version, which keeps its opening waiting until this change is in or refused."""
    preparing = ReviewRound.objects.filter(pk=review_round.pk, state=ReviewRoundState.PREPARING)
    if not preparing.update(version=F("version") + 1):
        raise Refused("The review is open, so its rubric can no longer change.")


def _words(criterion: ReviewCriterion) -> dict[str, Any]:
    return {name: getattr(criterion, name) for name in WORDS}
