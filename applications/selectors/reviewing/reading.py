"""What one reviewer sees: their own reviews and progress, and one application with their own scores.

Nothing here reads another's scores but `other_final_reviews`, and that only beside one's own final review.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from applications.enums import ApplicationState, ReviewState
from applications.models import Document, Review, ReviewCriterion, ReviewerInterests, ReviewRound, ReviewScore
from applications.rules.reviewing.conflicts import found_conflict
from applications.selectors.reviewing.reviewers import applicant_facts, facts_of_applicant, facts_of_reviewer
from cohorts.enums import Role
from cohorts.rules.weighing import Asked, Given, still_missing, weighted_mean
from cohorts.selectors import people_with_role
from nextstep.accounts.models import User

# Nobody reads what was not sent, or was taken back.
NOT_READ = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)
REVIEW_FIELDS = ("state", "version", "reason", "confidence", "comment", "overall_saved_at", "overall_version")
SCORE_FIELDS = ("pk", "criterion_id", "value", "comment", "saved_at", "version")


@dataclass(frozen=True)
class ReviewSheet:
    """A review beside the rubric, with the reviewer's own scores by criterion."""

    review: Review
    criteria: list[ReviewCriterion]
    scores: dict[str, ReviewScore]
    conflict: str

    @property
    def missing(self) -> tuple[str, ...]:
        return missing_of(self.criteria, self.scores)


@dataclass(frozen=True)
class OtherReview:
    """What another reviewer came to, without their name."""

    mean: Fraction
    values: Mapping[int, int]
    comment: str
    confidence: int | None


@dataclass(frozen=True)
class Progress:
    """How many of a reviewer's applications are final, left, or not theirs for a conflict of interest."""

    final: int
    left: int
    conflicts: int


def own_reviews(user: User, review_round: ReviewRound) -> QuerySet[Review]:
    """A reviewer's own reviews of a round, without applications that were taken back."""
    return Review.objects.filter(round=review_round, reviewer=user).exclude(application__state__in=NOT_READ)


def review_tasks(user: User, review_round: ReviewRound) -> QuerySet[Review, Any]:
    """Narrow rows for a reviewer's list: left ones first, each with how much of it is scored."""
    rows = own_reviews(user, review_round).annotate(scored=Count("scores__value"))
    return rows.order_by("finalised_at", "public_id").values("public_id", "state", "scored", "application__reference")


def progress_of(user: User, review_round: ReviewRound) -> Progress:
    """One query."""
    counted = {state.value: Count("pk", filter=Q(state=state)) for state in ReviewState}
    held = own_reviews(user, review_round).aggregate(**counted)
    return Progress(held[ReviewState.FINAL], held[ReviewState.OPEN], held[ReviewState.RECUSED])


def unfinished_reviewers(review_round: ReviewRound) -> list[tuple[User, int]]:
    """Those who still review here and have something left, with how much: two queries."""
    reviews = Review.objects.filter(round=review_round, state=ReviewState.OPEN).exclude(application__state__in=NOT_READ)
    left = dict(reviews.order_by().values_list("reviewer").annotate(left=Count("pk")))
    people = people_with_role(review_round.cohort, Role.REVIEWER).filter(pk__in=left)
    return [(person, left[person.pk]) for person in people.order_by("pk")]


def next_review(user: User, review_round: ReviewRound, *, after: UUID | None = None) -> UUID | None:
    """The reviewer's own unfinished review whose application fewest have finished; `after` only if it is the last."""
    left = own_reviews(user, review_round).filter(state=ReviewState.OPEN)
    read = Count("application__reviews", filter=Q(application__reviews__state=ReviewState.FINAL))
    ordered = left.annotate(read=read).order_by("read", "public_id").values_list("public_id", flat=True)
    others = ordered.exclude(public_id=after) if after else ordered
    return others.first() or ordered.first()


def review_of(user: User, round_id: UUID, review_id: UUID) -> Review | None:
    """A person's own review, where they now review in its cohort, with all that reading asks of it: one query."""
    role = "round__cohort__team_roles"
    return (
        Review.objects.filter(
            public_id=review_id,
            round__public_id=round_id,
            reviewer=user,
            **{f"{role}__person": user, f"{role}__role": Role.REVIEWER, f"{role}__ended_at__isnull": True},
        )
        .exclude(application__state__in=NOT_READ)
        .select_related("round__cohort__programme", "application")
        .defer("application__answers", "application__unread")
        .annotate(
            said=FilteredRelation("round__interests", condition=Q(round__interests__reviewer=user)),
            organisation=F(f"{role}__organisation"),
            said_employers=F("said__employers"),
            said_people=F("said__people"),
            said_supervisor=F("said__supervisor_email"),
            **applicant_facts("application__"),
        )
        .first()
    )


def conflict_of(review: Review, user: User) -> str:
    """Why the portal keeps this application from its reviewer now, of a review that `review_of` gave: no query."""
    held = vars(review)
    interests = ReviewerInterests(
        employers=held["said_employers"] or [],
        people=held["said_people"] or [],
        supervisor_email=held["said_supervisor"] or "",
    )
    return found_conflict(facts_of_reviewer(user, held["organisation"], interests), facts_of_applicant(held))


def sheet_of(review: Review, conflict: str) -> ReviewSheet:
    """The reviewer's own scores beside the rubric: two queries."""
    criteria = criteria_of(review.round_id)
    code_of = {criterion.pk: criterion.code for criterion in criteria}
    scores = ReviewScore.objects.filter(review=review).order_by()
    return ReviewSheet(review, criteria, {code_of[score.criterion_id]: score for score in scores}, conflict)


def stored_review(review: Review) -> tuple[Review, list[ReviewScore]]:
    """The review with its scores as they are now, in one query: without a score it is one row of nothing."""
    own = Review.objects.filter(pk=review.pk).order_by()
    rows = list(own.values("pk", *REVIEW_FIELDS, *(f"scores__{name}" for name in SCORE_FIELDS)))
    fresh = Review(pk=rows[0]["pk"], reviewer_id=review.reviewer_id, round=review.round)
    for name in REVIEW_FIELDS:
        setattr(fresh, name, rows[0][name])
    found = [{name: row[f"scores__{name}"] for name in SCORE_FIELDS} for row in rows]
    return fresh, [ReviewScore(review=fresh, **score) for score in found if score["pk"] is not None]


def criteria_of(round_id: int) -> list[ReviewCriterion]:
    """The rubric of a round, in its order."""
    return list(ReviewCriterion.objects.filter(round=round_id))


def missing_of(criteria: Iterable[ReviewCriterion], scores: Mapping[str, ReviewScore]) -> tuple[str, ...]:
    """What a review still lacks before it can be final, from loaded objects."""
    asked = [Asked(criterion.code, criterion.name, criterion.comment_required) for criterion in criteria]
    return still_missing(asked, {code: Given(score.value, score.comment) for code, score in scores.items()})


def other_final_reviews(sheet: ReviewSheet) -> list[OtherReview]:
    """What others came to, once one's own review is final: two queries; before that, nothing and none."""
    own = sheet.review
    if own.state != ReviewState.FINAL or sheet.conflict:
        return []
    others = Review.objects.filter(application=own.application_id, state=ReviewState.FINAL).exclude(pk=own.pk)
    rows = list(others.order_by("public_id"))
    values: dict[int, dict[int, int]] = {other.pk: {} for other in rows}
    for score in ReviewScore.objects.filter(review__in=values, value__isnull=False).order_by():
        values[score.review_id][score.criterion_id] = score.value or 0
    weights = {str(criterion.pk): criterion.weight for criterion in sheet.criteria}
    return [
        OtherReview(_mean(values[other.pk], weights), values[other.pk], other.comment, other.confidence)
        for other in rows
        if values[other.pk]
    ]


def _mean(values: Mapping[int, int], weights: Mapping[str, int]) -> Fraction:
    return weighted_mean({str(criterion): value for criterion, value in values.items()}, weights)


def documents_read_in(review: Review) -> QuerySet[Document]:
    """The documents of the application that a review is of."""
    sent = Document.objects.filter(application=review.application_id).select_related("required")
    return sent.order_by("required__position", "number")
