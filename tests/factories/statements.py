"""Somebody who was asked for the first supporting statement of an application."""

import uuid

import factory

from applications.models import StatementRequest
from applications.statement_links import digest_of, new_token
from tests.factories.applications import ApplicationFactory, next_step_cohort
from tests.factories.cohorts import NOW


class StatementRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StatementRequest

    public_id = factory.LazyFunction(uuid.uuid4)
    application = factory.SubFactory(ApplicationFactory, cohort=factory.LazyFunction(next_step_cohort))
    required = factory.LazyAttribute(
        lambda made: made.application.cohort.required_documents.get(kind="supporting_statement")
    )
    number = 1
    name = "Bea Lund"
    email = "bea.lund@example.nhs.uk"
    relation = "Educational supervisor"
    token_digest = factory.LazyAttribute(lambda made: digest_of(new_token(made.public_id)))
    asked_at = NOW


def token_of(request):
    return new_token(request.public_id)
