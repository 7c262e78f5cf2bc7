"""One programme's cohort, its sister, a foreign one, and the people of each."""

import pytest

from cohorts.enums import Role
from tests.factories.accounts import OwnerFactory
from tests.factories.cohorts import CohortFactory, TeamRoleFactory


@pytest.fixture
def own():
    return CohortFactory(name="Own cohort", programme__name="Own programme")


@pytest.fixture
def sister(own):
    return CohortFactory(name="Sister cohort", programme=own.programme)


@pytest.fixture
def foreign():
    return CohortFactory(name="Foreign cohort", programme__name="Foreign programme")


@pytest.fixture
def people(own, sister, foreign):
    return {
        "owner": OwnerFactory(),
        "administrator": TeamRoleFactory(administrator=True, programme=own.programme).person,
        "local lead": TeamRoleFactory(role=Role.LOCAL_LEAD, cohort=own).person,
        "reviewer": TeamRoleFactory(role=Role.REVIEWER, cohort=own).person,
    }
