"""Marks, excusals and closures, each in one cohort: the session's."""

from datetime import UTC, datetime

import factory

from attendance.enums import Effect, MarkState
from attendance.models import Excusal, Mark, RegisterClosure
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import PlaceFactory
from tests.factories.sessions_app import FaceToFaceDayFactory

MARKED_AT = datetime(2025, 10, 8, 8, 5, tzinfo=UTC)


class MarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mark

    session = factory.SubFactory(FaceToFaceDayFactory)
    place = factory.SubFactory(PlaceFactory, cohort=factory.SelfAttribute("..session.cohort"))
    state = MarkState.PRESENT
    marked_by = factory.SubFactory(UserFactory)
    marked_at = MARKED_AT


class ExcusalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Excusal

    session = factory.SubFactory(FaceToFaceDayFactory)
    place = factory.SubFactory(PlaceFactory, cohort=factory.SelfAttribute("..session.cohort"))
    effect = Effect.COUNTS_AS_MET
    reason = "Watched the recording and wrote a reflection"
    decided_by = factory.SubFactory(UserFactory)
    decided_at = MARKED_AT


class RegisterClosureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RegisterClosure

    session = factory.SubFactory(FaceToFaceDayFactory)
    closed_by = factory.SubFactory(UserFactory)
    closed_at = MARKED_AT
