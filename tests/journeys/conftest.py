"""The portal as people meet it: with script, without it, and where no script arrives."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from tests.browser.pages import PageIsBroken, axe, check_page
from tests.journeys.people import Eyes, Portal, as_it_comes, without_scripts


def axe_alone(page: Page) -> None:
    """The layout is that of the journey with script, which passed the other checks."""
    if problems := axe(page):
        raise PageIsBroken("\n".join(problems))


@pytest.fixture
def portal(request: pytest.FixtureRequest, open_page: Callable[..., Page], sign_in: Callable) -> Iterator[Portal]:
    """By the parameter: `with script`, `script disabled` (axe cannot run there), `no script arrives`."""
    cache.clear()
    options: dict[str, Any] = {"java_script_enabled": False} if request.param == "script disabled" else {}
    check = {"with script": check_page, "script disabled": None, "no script arrives": axe_alone}[request.param]
    prepare = without_scripts if request.param == "no script arrives" else as_it_comes
    opened = Portal(open_page, sign_in, Eyes(check), prepare, options, request.param == "with script")
    yield opened
    if opened.eyes.broken:
        pytest.fail("\n\n".join(opened.eyes.broken), pytrace=False)
