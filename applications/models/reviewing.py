"""How a cohort's applications are read: the round, and the rubric they are scored by."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.enums import Confidence, ReviewRoundState, ReviewState
from applications.models.application import Application
from cohorts.models import Cohort
from nextstep import clock


class ReviewRound(models.Model):
    """One a cohort. Opening it freezes its rubric, so that every application is read by the same one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.OneToOneField(Cohort, on_delete=models.PROTECT, related_name="review_round")
    state = models.CharField(max_length=20, choices=ReviewRoundState.choices, default=ReviewRoundState.PREPARING)
    # How many reviewers read each application.
    reviews_each = models.PositiveSmallIntegerField("reviewers for each application", default=2)
    most_each = models.PositiveSmallIntegerField("most applications for one reviewer", null=True, blank=True)
    due_at = models.DateTimeField("reviews are due")
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The board as it was frozen, line by line, with exact scores; later events change nothing of it.
    frozen_board = models.JSONField(default=list, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["-cohort__commences_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReviewRoundState.values), name="review_round_state_known"),
            models.CheckConstraint(condition=Q(reviews_each__gt=0), name="review_round_has_reviews"),
            models.CheckConstraint(
                condition=Q(most_each__isnull=True) | Q(most_each__gt=0), name="review_round_most_is_some"
            ),
            models.CheckConstraint(
                condition=Q(state="preparing", opened_at__isnull=True)
                | (~Q(state="preparing") & Q(opened_at__isnull=False)),
                name="review_round_opened_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="frozen", frozen_at__isnull=False) | (~Q(state="frozen") & Q(frozen_at__isnull=True)),
                name="review_round_frozen_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"Review for {self.cohort}"


class ReviewCriterion(models.Model):
    """What reviewers score, from 1 to 5."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="criteria")
    # Names the criterion in records and forms, and stays when its name is reworded.
    code = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    weight = models.PositiveSmallIntegerField()
    guidance = models.TextField()
    level_1 = models.TextField("what 1 looks like")
    level_3 = models.TextField("what 3 looks like")
    level_5 = models.TextField("what 5 looks like")
    comment_required = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "review criteria"
        ordering = ["round_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="review_criterion_code_unique_in_round"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="review_criterion_has_weight"),
        ]

    def __str__(self) -> str:
        return self.name


class ReviewerInterests(models.Model):
    """What a reviewer has said of themself, so that the portal can keep conflicts of interest away from them."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="interests")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    employers = models.JSONField(default=list, blank=True)
    supervisor_email = models.EmailField(blank=True)
    # Names, addresses or registration numbers of people whom the reviewer must not read.
    people = models.JSONField(default=list, blank=True)
    declared_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "reviewers’ interests"
        ordering = ["round_id", "reviewer__full_name"]
        constraints = [
            models.UniqueConstraint(fields=["round", "reviewer"], name="reviewer_interests_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"Interests of {self.reviewer}"

    @property
    def audit_label(self) -> str:
        return f"Interests of reviewer {self.reviewer_id}"


class ProposedReview(models.Model):
    """A reading that the team is looking at, before it is saved and anybody is told."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="proposed")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="proposed_review_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application}, proposed"


class Review(models.Model):
    """An application that a reviewer was given to read. Its address tells nothing of the application."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="reviews")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=20, choices=ReviewState.choices, default=ReviewState.OPEN)
    # Why the reviewer stepped back, or was found to have to.
    reason = models.TextField(blank=True)
    assigned_at = models.DateTimeField(default=clock.now, editable=False)
    finalised_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When an administrator let the reviewer see who the applicant is.
    unblinded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What the reviewer says of the whole; `overall_version` tells two devices apart.
    confidence = models.PositiveSmallIntegerField(null=True, blank=True, choices=Confidence.choices)
    comment = models.TextField(blank=True)
    overall_saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    overall_version = models.PositiveIntegerField(default=0, editable=False)
    # Rises with each score too, so that finalising and scoring cannot pass each other unseen.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["round_id", "application_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="review_once_a_reviewer"),
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="review_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.RECUSED) | ~Q(reason=""), name="review_recused_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.FINAL) | Q(finalised_at__isnull=False), name="review_final_has_moment"
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__in=Confidence.values),
                name="review_confidence_known",
            ),
        ]
        indexes = [models.Index(fields=["reviewer", "round", "state"], name="review_of_reviewer")]

    def __str__(self) -> str:
        return f"{self.application}, read by {self.reviewer}"

    @property
    def audit_label(self) -> str:
        return f"Review {self.pk} by reviewer {self.reviewer_id}"


class ReviewScore(models.Model):
    """One criterion of a review. A comment may come before the value; `version` tells two devices apart."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(ReviewCriterion, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["review_id", "criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="review_score_once_a_criterion"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(1, 5)), name="review_score_from_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value or 'no score yet'}"


class RankingMove(models.Model):
    """An application that a person put at another place of the ranking than its score gave it."""

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="moves")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    reason = models.TextField()
    moved_at = models.DateTimeField(default=clock.now, editable=False)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["moved_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(place__gt=0), name="ranking_move_place_starts_at_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="ranking_move_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application} to place {self.place}"
