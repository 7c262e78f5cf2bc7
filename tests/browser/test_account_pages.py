"""Signing in and one's account in a real browser, valid and refused, with and without script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache

from nextstep.accounts.models.held_post import Sent
from nextstep.accounts.services.held_posts import hold_post
from tests.browser.pages import check_page
from tests.factories.accounts import UserFactory, first_words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADA = "ada@example.org"
SECRET = "s" * 43


@pytest.fixture(autouse=True)
def no_limits_used_up() -> None:
    cache.clear()


def newest_code() -> str:
    found = re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE)
    assert found
    return found[0]


@pytest.mark.parametrize("fixture", ["page", "plain"])
def test_the_sign_in_pages_pass_every_check(request: pytest.FixtureRequest, fixture: str) -> None:
    page = request.getfixturevalue(fixture)
    page.goto("/account/sign-in/")
    check_page(page)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("link", name="Enter your email address").wait_for()
    check_page(page)

    page.get_by_label("Email address").fill(ADA)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Enter your code").wait_for()
    check_page(page)
    page.get_by_label("Code", exact=True).fill("12")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="The code has 6 digits").wait_for()
    check_page(page)


def test_a_doctor_signs_in_without_script(scriptless: Any) -> None:
    scriptless.goto("/account/details/")
    scriptless.get_by_label("Email address").fill(ADA)
    scriptless.get_by_role("button", name="Send me a code").click()
    field = scriptless.get_by_label("Code", exact=True)
    assert [field.get_attribute(name) for name in ("autocomplete", "inputmode")] == ["one-time-code", "numeric"]
    field.fill(newest_code())
    scriptless.get_by_role("button", name="Continue").click()

    assert scriptless.url.endswith("/account/details/")


@pytest.mark.parametrize(
    "path",
    [
        "/account/",
        "/account/details/",
        "/account/email/",
        "/account/sign-out/",
        "/account/second-factor/",
        "/account/second-factor/totp/activate/",
        "/account/second-factor/webauthn/add/",
        "/account/second-factor/webauthn/",
        "/privacy/",
        "/accessibility/",
        "/cookies/",
        "/help/",
        "/account/unsent/00000000-0000-0000-0000-000000000000/",
    ],
)
def test_the_account_pages_pass_every_check(page: Any, sign_in: Callable, path: str) -> None:
    first_words()
    sign_in(page, UserFactory(email=ADA, full_name="Ada Abara"))
    answer = page.goto(path)

    assert answer.status == (404 if "unsent" in path else 200)
    assert page.locator("h1").count() == 1
    check_page(page)


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("/account/details/", "Save"),
        ("/account/email/", "Send both codes"),
        ("/account/second-factor/totp/activate/", "Continue"),
    ],
)
def test_the_account_pages_pass_every_check_when_refused(page: Any, sign_in: Callable, path: str, button: str) -> None:
    sign_in(page, UserFactory(email=ADA, full_name=""))
    page.goto(path)
    page.get_by_role("button", name=button).click()
    page.locator(".nhsuk-error-summary").wait_for()

    check_page(page)


def test_the_codes_for_a_new_address_pass_every_check(page: Any, sign_in: Callable) -> None:
    sign_in(page, UserFactory(email=ADA))
    page.goto("/account/email/")
    page.get_by_label("New email address").fill("ada@new-trust.example")
    page.get_by_role("button", name="Send both codes").click()
    page.get_by_role("heading", name="Enter both codes").wait_for()
    check_page(page)
    page.get_by_role("button", name="Change my email address").click()
    page.locator(".nhsuk-error-summary").wait_for()
    check_page(page)


def test_what_was_typed_too_late_is_shown_to_the_person_and_passes_every_check(
    page: Any, sign_in: Callable, live_server: Any
) -> None:
    ada = UserFactory(email=ADA)
    fields = [("statement", "I lead the ward round.\nEvery day. " + "W" * 200)]
    sent = Sent(path="/account/details/", page="/account/", fields=fields, files=["cv.pdf"])
    held = hold_post(sent=sent, browser_secret=SECRET, account=ada)
    assert held is not None
    sign_in(page, ada)
    page.context.add_cookies([{"name": "unsent", "value": SECRET, "url": live_server.url}])
    page.goto(f"/account/unsent/{held.pk}/")

    assert page.get_by_text("I lead the ward round.").is_visible()
    check_page(page)


def test_a_passkey_is_added_and_confirms_the_next_sign_in(page: Any, live_server: Any) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    address = live_server.url.replace("127.0.0.1", "localhost")

    sign_in_with_code(page, f"{address}/account/second-factor/webauthn/add/")
    _press_when_ready(page, "Add a passkey")
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    check_page(page)
    page.get_by_role("button", name="Sign out").first.click()

    sign_in_with_code(page, f"{address}/account/")
    page.get_by_role("heading", name="Confirm that it is you").wait_for()
    check_page(page)
    _press_when_ready(page, "Use a passkey")
    page.get_by_role("heading", name="Your account").wait_for()


def _press_when_ready(page: Any, button: str) -> None:
    """A button that only a script answers is seen before the script at the end of the page has come."""
    wanted = page.get_by_role("button", name=button)
    wanted.wait_for()
    page.wait_for_load_state()
    wanted.click()


def sign_in_with_code(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_label("Email address").fill(ADA)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Enter your code").wait_for()
    page.get_by_label("Code", exact=True).fill(newest_code())
    page.get_by_role("button", name="Continue").click()
