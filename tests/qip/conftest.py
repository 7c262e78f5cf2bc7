import pytest

from tests.factories.accounts import OwnerFactory
from tests.factories.qip import JudgeFactory, PanelFactory, ProjectFactory


@pytest.fixture
def panel(db):
    return PanelFactory()


@pytest.fixture
def owner(db):
    return OwnerFactory()


@pytest.fixture
def judge(db):
    return JudgeFactory()


@pytest.fixture
def project(judge):
    """One of those that `judge` can score."""
    return ProjectFactory(place__cohort=judge.panel.cohort)


@pytest.fixture
def on_the_evening(set_clock):
    """Half past six in London, after the presentations."""
    set_clock(2026, 7, 2, 18, 30)
