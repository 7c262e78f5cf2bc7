"""A registry of periodic jobs that holds only what a test puts there."""

import pytest

from nextstep.jobs import registry


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch):
    monkeypatch.setattr(registry, "_periodic", {})
    monkeypatch.setattr(registry, "_continual", {})
