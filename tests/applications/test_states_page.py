"""The page of the state machines is what the tables say."""

import pytest

from applications.presenters.states import states_page
from applications.rules.states import APPLICATION, OFFER, RELEASE
from tests.architecture.tree import ROOT


def test_the_page_is_what_the_command_would_write() -> None:
    """Made anew by `python manage.py draw_states`."""
    assert (ROOT / "docs/states.md").read_text(encoding="utf-8") == states_page()


@pytest.mark.parametrize("table", [APPLICATION, OFFER, RELEASE], ids=["application", "offer", "release"])
def test_every_transition_is_an_arrow_and_a_row(table) -> None:
    page = states_page()
    for verb, transition in table.items():
        words = verb.replace("_", " ")
        assert f"\n| {words} | " in page
        for before in transition.before:
            assert f"    {before} --> {transition.after}: {words}\n" in page
