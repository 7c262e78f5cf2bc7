"""A reviewer's scores, saved as each is touched.

Two devices of one reviewer never overwrite each other silently: each score has a version, and whoever has not seen the
last one is told what it is. Each save raises the version of the review, if nobody else did since it was read, so that
scoring, finalising and stepping back take their turns on any database.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from applications.enums import Confidence, ReviewRoundState, ReviewState
from applications.models import Review, ReviewCriterion, ReviewScore
from applications.permissions import check_reviews
from applications.selectors.reviewing import criteria_of, missing_of, stored_review
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import CHANGED, record
from nextstep.refusals import Refused, Stale

# The mark of the whole: its value is how sure the reviewer is, and never counts. No criterion can have this code.
OVERALL = "_overall"
CLOSED = {
    ReviewState.FINAL: "Your review of this application is final, so it can no longer change.",
    ReviewState.RECUSED: "You have a conflict of interest with this application, so you cannot review it.",
}
ROUND_CLOSED = "The review is closed, so scores can no longer change."
# Collisions need two devices of one reviewer at the same moment: the second try wins.
TRIES = 3


@dataclass(frozen=True)
class Mark:
    """What a reviewer puts down for one criterion, or OVERALL. `version` is that of what they saw; 0 for nothing."""

    criterion: str
    value: int | None
    comment: str
    version: int


@dataclass(frozen=True)
class Saved:
    """The reviewer's scores by criterion, and the review itself, as they now stand, and what is `missing` for final.

    Of the criteria in `conflicts` the mark was not taken.
    """

    review: Review
    criteria: list[ReviewCriterion]
    scores: Mapping[str, ReviewScore]
    conflicts: frozenset[str]
    missing: tuple[str, ...]


class _Overtaken(Exception):
    """The review changed between reading and locking it."""


def save_scores(*, review: Review, marks: Sequence[Mark], conflict: str, by: User) -> Saved:
    """Save each mark (values from 1 to 5, or None for a comment alone) whose version is the last one.

    A mark that says what is stored already is no change, whatever its version: sending it twice saves it once.
    `conflict` is what the portal found between the two. Raises Refused where the review is final, closed, or not theirs
    for a conflict of interest.
    """
    refuse_where_closed(review, conflict, by)
    for _ in range(TRIES):
        # A collision of two devices undoes this try alone: the next one sees what the other wrote.
        with suppress(IntegrityError, _Overtaken):
            return _save(review, marks, by=by)
    raise Stale


def refuse_where_closed(review: Review, conflict: str, by: User) -> None:
    """Raise Refused where the round is closed or there is a conflict, from loaded objects."""
    check_reviews(by, review)
    if conflict:
        raise Refused(CLOSED[ReviewState.RECUSED])
    if review.round.state != ReviewRoundState.OPEN:
        raise Refused(ROUND_CLOSED)


@transaction.atomic
def _save(review: Review, marks: Sequence[Mark], *, by: User) -> Saved:
    """One try: read, criteria, lock, write, audit; without a change nothing is locked or written."""
    fresh, found = stored_review(review)
    if fresh.state != ReviewState.OPEN:
        raise Refused(CLOSED[ReviewState(fresh.state)])
    stored = _stored(fresh, found)
    if unknown := {mark.criterion for mark in marks} - stored.keys() - {OVERALL}:
        raise Refused(f"The rubric has no criterion {', '.join(sorted(unknown))}.")
    changes = [mark for mark in marks if _differs(mark, fresh, stored)]
    taken = [mark for mark in changes if mark.version == _version(mark.criterion, fresh, stored)]
    if taken:
        _lock(fresh, next((mark for mark in taken if mark.criterion == OVERALL), None))
        _write(fresh, [mark for mark in taken if mark.criterion != OVERALL], stored, by=by)
    conflicts = frozenset(mark.criterion for mark in changes if mark not in taken)
    scores = {code: score for code, score in stored.items() if score.version}
    criteria = [score.criterion for score in stored.values()]
    return Saved(fresh, criteria, scores, conflicts, missing_of(criteria, scores))


def _stored(review: Review, scores: Iterable[ReviewScore]) -> dict[str, ReviewScore]:
    """The reviewer's score of each criterion, or an unsaved one of version 0."""
    of_criterion = {score.criterion_id: score for score in scores}
    stored = {}
    for criterion in criteria_of(review.round_id):
        score = of_criterion.get(criterion.pk) or ReviewScore(value=None, comment="", version=0)
        score.criterion = criterion
        stored[criterion.code] = score
    return stored


def _differs(mark: Mark, review: Review, stored: Mapping[str, ReviewScore]) -> bool:
    if mark.criterion == OVERALL:
        return (mark.value, mark.comment) != (review.confidence, review.comment)
    score = stored[mark.criterion]
    return (mark.value, mark.comment) != (score.value, score.comment)


def _version(criterion: str, review: Review, stored: Mapping[str, ReviewScore]) -> int:
    return review.overall_version if criterion == OVERALL else stored[criterion].version


def _lock(review: Review, overall: Mark | None) -> None:
    """Keep others out until the transaction ends; what was read before still holds, or the try is given up."""
    fields: dict[str, Any] = {}
    if overall is not None:
        confidence = overall.value if overall.value in Confidence.values else None
        fields = {"confidence": confidence, "comment": overall.comment, "overall_saved_at": clock.now()}
        fields["overall_version"] = review.overall_version + 1
    same = Review.objects.filter(pk=review.pk, state=ReviewState.OPEN, version=review.version)
    if not same.update(version=F("version") + 1, **fields):
        raise _Overtaken
    for name, value in fields.items():
        setattr(review, name, value)


def _write(review: Review, marks: Sequence[Mark], stored: Mapping[str, ReviewScore], *, by: User) -> None:
    scores = [stored[mark.criterion] for mark in marks]
    before = {mark.criterion: score.value for mark, score in zip(marks, scores, strict=True)}
    now = clock.now()
    for mark, score in zip(marks, scores, strict=True):
        score.value, score.comment, score.saved_at, score.version = mark.value, mark.comment, now, score.version + 1
    if scores:
        ReviewScore.objects.bulk_create(
            [_row(review, score) for score in scores],
            update_conflicts=True,
            unique_fields=["review", "criterion"],
            update_fields=["value", "comment", "saved_at", "version"],
        )
    after: Mapping[str, Any] = {mark.criterion: mark.value for mark in marks} or {"overall": CHANGED}
    record("applications.review_scored", review, by=by, before=before, after=after)


def _row(review: Review, score: ReviewScore) -> ReviewScore:
    return ReviewScore(
        review=review,
        criterion_id=score.criterion_id,
        value=score.value,
        comment=score.comment,
        saved_at=score.saved_at,
        version=score.version,
    )
