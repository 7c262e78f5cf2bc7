"""What tests of sign-in share: a clean cache (limits live there) and how to read a code."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def no_limits_used_up() -> None:
    cache.clear()


@pytest.fixture
def newest_code() -> Callable[..., str]:
    """newest_code("ada@example.org"): the code in the last mail to that address."""

    def read(address: str) -> str:
        last = [message for message in mail.outbox if message.to == [address]][-1]
        found = re.search(r"^\d{6}$", last.body, re.MULTILINE)
        assert found, last.body
        return found[0]

    return read


@pytest.fixture
def sign_in(newest_code: Callable[..., str]) -> Callable[..., Client]:
    """sign_in("ada@example.org"): a browser in which that person signed in with a code."""

    def sign(address: str, client: Client | None = None) -> Client:
        browser = client or Client()
        browser.post("/account/sign-in/", {"email": address})
        answer = browser.post("/account/sign-in/code/", {"code": newest_code(address.lower())})
        assert answer.status_code == 302
        return browser

    return sign
