"""Runs of periodic jobs."""

import uuid

import factory

from nextstep import clock
from nextstep.jobs.models import PeriodicRun


class PeriodicRunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PeriodicRun

    job = "tests.job"
    period = factory.LazyFunction(clock.now)
    held_until = factory.LazyFunction(clock.wall)
    claim = factory.LazyFunction(uuid.uuid4)
