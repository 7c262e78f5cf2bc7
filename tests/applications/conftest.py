"""A signed-in applicant, and the moment at which the factories' cohorts are open."""

from collections.abc import Iterator

import pytest
from django.test import Client

from nextstep import clock
from nextstep.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import NOW


@pytest.fixture
def now() -> Iterator[None]:
    """The clock stands in the middle of the open window."""
    with clock.at(NOW):
        yield


@pytest.fixture
def asha(db: None) -> User:
    return UserFactory(full_name="Asha Rao", email="asha.rao@example.nhs.uk")


@pytest.fixture
def browser(client: Client, asha: User) -> Client:
    client.force_login(asha)
    return client
