"""A browser over a live server, for tests marked `browser`.

`page` a desktop, `phone` a phone, `plain` a desktop that loads no script but in which axe can run, `scriptless` a
desktop with script disabled. A console error, a page error or a missing static file fails the test.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests.browser.pages import DESKTOP, PHONE

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser(chromium: str | None) -> Iterator[Any]:
    """Chromium, started once for each process of the run."""
    from playwright.sync_api import sync_playwright

    if chromium is None:
        pytest.skip("NO CHROMIUM on the path: install Debian's package or set CHROMIUM")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's own loop runs in this thread; the test's queries beside it are meant to.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def front_end() -> None:
    """The compiled styles and scripts; takes no time where nothing changed."""
    from nextstep.design.build import build

    build()


@pytest.fixture
def open_page(browser: Any, front_end: None, live_server: Any) -> Iterator[Callable[..., Any]]:
    """open_page(viewport=PHONE): a page of a new context, so that two people can act in one test."""
    contexts, problems = [], []

    def opened(**options: Any) -> Any:
        context = browser.new_context(base_url=live_server.url, **{"viewport": DESKTOP, **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        _watch(page, problems)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


def _watch(page: Any, problems: list[str]) -> None:
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))

    def note(message: Any) -> None:
        # A refused page says so by its status, which its test asserts; a missing file is noted below. What axe itself
        # does (a style element for each imported sheet, which the policy refuses) comes from no address.
        of_the_page = message.location["url"] and not message.text.startswith("Failed to load resource")
        if message.type == "error" and of_the_page:
            problems.append(f"{page.url}: {message.text}")

    def answered(response: Any) -> None:
        if response.status >= 400 and "/static/" in response.url:
            problems.append(f"{page.url}: {response.status} for {response.url}")

    page.on("console", note)
    page.on("response", answered)


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """A desktop of 1280 px."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Any]) -> Any:
    """A phone of 360 px, with a finger."""
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def plain(open_page: Callable[..., Any]) -> Any:
    """A desktop on which no script of the page arrives, though the browser could run it: axe needs that."""
    page = open_page()
    page.route("**/*", lambda route: route.abort() if route.request.resource_type == "script" else route.continue_())
    return page


@pytest.fixture
def scriptless(open_page: Callable[..., Any]) -> Any:
    """A desktop with script disabled: journeys are walked in it, axe cannot run in it."""
    return open_page(java_script_enabled=False)


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Any, Any], None]:
    """sign_in(page, user): a session of theirs, without a walk through the sign-in pages."""

    def signed_in(page: Any, user: Any) -> None:
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return signed_in
