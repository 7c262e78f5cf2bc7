"""The review round of a cohort: made with the default rubric, prepared, opened."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from applications.models import ReviewCriterion, ReviewRound
from applications.rules.reviewing.default_rubric import DEFAULT_RUBRIC
from applications.rules.reviewing.states import OPEN_ROUND
from cohorts.enums import Selection
from cohorts.models import Cohort
from cohorts.permissions import check_may_administer
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from nextstep.transitions import change_fields, change_state

FIELDS = ("reviews_each", "most_each", "due_at")


@transaction.atomic
def make_round(
    *, cohort: Cohort, due_at: datetime, by: User, reviews_each: int = 2, most_each: int | None = None
) -> ReviewRound:
    """Prepare the review of a cohort's applications, with the default rubric.

    Raises Refused where the cohort has one already, or gives its places first come, first served.
    """
    check_may_administer(by, cohort)
    if cohort.selection == Selection.FIRST_COME_FIRST_SERVED:
        raise Refused("This cohort gives its places first come, first served, so nobody reviews.")
    try:
        with transaction.atomic():
            made = ReviewRound.objects.create(
                cohort=cohort, due_at=due_at, reviews_each=reviews_each, most_each=most_each
            )
    except IntegrityError:
        raise Refused("This cohort has a review already.") from None
    ReviewCriterion.objects.bulk_create(
        ReviewCriterion(round=made, position=position, **asdict(words))
        for position, words in enumerate(DEFAULT_RUBRIC, start=1)
    )
    record("applications.review_prepared", made, by=by, after=_fields(made))
    return made


@transaction.atomic
def change_round(*, review_round: ReviewRound, version: int, by: User, **fields: Any) -> ReviewRound:
    """Change any of FIELDS. Those who have been assigned stay so. Raises Stale where somebody else was first."""
    check_may_administer(by, review_round.cohort)
    stored = ReviewRound.objects.select_related("cohort").get(pk=review_round.pk)
    before = _fields(stored)
    changed = {name: value for name, value in fields.items() if name in FIELDS and value != before[name]}
    change_fields(stored, version=version, **changed)
    record("applications.review_changed", stored, by=by, before={n: before[n] for n in changed}, after=changed)
    return stored


@transaction.atomic
def open_round(*, review_round: ReviewRound, by: User, version: int | None = None) -> ReviewRound:
    """Open the review: the rubric is frozen. Raises Refused where it is open already or nothing is asked for."""
    check_may_administer(by, review_round.cohort)
    if not review_round.criteria.exists():
        raise Refused("The rubric has no criterion. Add one before you open the review.")
    change_state(review_round, OPEN_ROUND, version=version, opened_at=clock.now())
    record("applications.review_opened", review_round, by=by)
    return review_round


def _fields(of: ReviewRound) -> dict[str, Any]:
    return {name: getattr(of, name) for name in FIELDS}
