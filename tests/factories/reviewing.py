"""A review: its round with the default rubric, its reviewers, and what they were given to read."""

from dataclasses import asdict
from datetime import UTC, datetime

import factory

from applications.enums import ReviewRoundState, ReviewState
from applications.models import Review, ReviewCriterion, ReviewRound, ReviewScore
from applications.rules.reviewing.default_rubric import DEFAULT_RUBRIC
from applications.services.reviewing import Mark, save_scores
from cohorts.enums import Role
from tests.factories.applications import ApplicationFactory
from tests.factories.cohorts import CohortFactory, TeamRoleFactory

# A morning in the weeks after the window of CohortFactory has closed; in London it is nine.
READING = datetime(2025, 6, 10, 8, 0, tzinfo=UTC)
DUE = datetime(2025, 6, 24, 16, 0, tzinfo=UTC)
CODES = tuple(words.code for words in DEFAULT_RUBRIC)


class PreparedRoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewRound

    cohort = factory.SubFactory(CohortFactory)
    due_at = DUE

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        made = super()._create(model_class, *args, **kwargs)
        ReviewCriterion.objects.bulk_create(
            ReviewCriterion(round=made, position=position, **asdict(words))
            for position, words in enumerate(DEFAULT_RUBRIC, start=1)
        )
        return made


class RoundFactory(PreparedRoundFactory):
    """Open, so that applications can be read."""

    state = ReviewRoundState.OPEN
    opened_at = datetime(2025, 6, 9, 8, 0, tzinfo=UTC)


def reviewer_of(review_round, **person):
    """Somebody with the role of reviewer in the round's cohort."""
    fields = {f"person__{name}": value for name, value in person.items()}
    organisation = fields.pop("person__organisation", "")
    return TeamRoleFactory(cohort=review_round.cohort, role=Role.REVIEWER, organisation=organisation, **fields).person


class ReviewFactory(factory.django.DjangoModelFactory):
    """A submitted application that a reviewer of the round was given to read."""

    class Meta:
        model = Review

    round = factory.SubFactory(RoundFactory)
    application = factory.LazyAttribute(
        lambda made: ApplicationFactory(cohort=made.round.cohort, submitted=True, employer="Elsewhere")
    )
    reviewer = factory.LazyAttribute(lambda made: reviewer_of(made.round))
    assigned_at = READING


def give_scores(review, **values):
    """Scores through the service; give_scores(review, all=3) scores every criterion."""
    everything = values.pop("all", None)
    wanted = {**(dict.fromkeys(CODES, everything) if everything else {}), **values}
    held = dict(ReviewScore.objects.filter(review=review).values_list("criterion__code", "version"))
    marks = [Mark(code, value, "", held.get(code, 0)) for code, value in wanted.items()]
    return save_scores(review=review, marks=marks, conflict="", by=review.reviewer)


def give_final_scores(review, **values):
    """A final review in two rows, for tests that are about what follows from many."""
    everything = values.pop("all", None)
    wanted = {**(dict.fromkeys(CODES, everything) if everything else {}), **values}
    criteria = {criterion.code: criterion for criterion in review.round.criteria.all()}
    ReviewScore.objects.bulk_create(
        ReviewScore(review=review, criterion=criteria[code], value=value) for code, value in wanted.items()
    )
    Review.objects.filter(pk=review.pk).update(state=ReviewState.FINAL, finalised_at=READING)
    review.refresh_from_db()
    return review
