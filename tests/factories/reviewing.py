"""A review: its round with the default rubric, its reviewers, and what they were given to read."""

from dataclasses import asdict
from datetime import UTC, datetime

import factory

from applications.enums import ReviewRoundState
from applications.models import ReviewCriterion, ReviewRound
from applications.rules.reviewing.default_rubric import DEFAULT_RUBRIC
from cohorts.enums import Role
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
