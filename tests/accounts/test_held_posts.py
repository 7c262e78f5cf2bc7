"""A form sent after the session ended, or after signing in in another tab: nothing lost, nobody else's business."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import include, path

from nextstep.accounts.access import allowed, public, signed_in
from nextstep.accounts.models import HeldPost, User
from nextstep.clock import now
from nextstep.portal.tasks import forget_what_expired
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

received: list[dict[str, list[str]]] = []


@signed_in
def statement(request: HttpRequest) -> HttpResponse:
    received.append({name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"})
    return HttpResponse("Saved")


@public
def check(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Checked")


@allowed(lambda _: False)
def for_nobody(request: HttpRequest) -> HttpResponse:
    raise AssertionError


urlpatterns = [
    path("statement/", statement),
    path("check/", check),
    path("for-nobody/", for_nobody),
    path("", include("nextstep.urls")),
]

ADA, BEN = "ada@example.org", "ben@example.org"
WORDS = 'I lead the ward round.\r\nFür <b>alle</b> & "everyone".'
HERE = {"Origin": "http://testserver", "Referer": "http://testserver/statement/?step=2"}


@pytest.fixture(autouse=True)
def nothing_received() -> None:
    received.clear()


@pytest.fixture
def ada() -> User:
    return UserFactory(email=ADA)


def type_too_late(browser: Client, **more: object) -> object:
    return browser.post("/statement/?step=2", {"statement": WORDS, "tick": ["a", "b"], **more}, headers=HERE)


def held_page(answer: object) -> str:
    found = re.search(r"/account/unsent/[0-9a-f-]+/", str(answer["Location"]))  # type: ignore[index]
    assert found
    return found[0]


def test_what_was_typed_comes_back_after_sign_in_and_is_sent(ada: User, sign_in: Callable) -> None:
    browser = Client()
    answer = type_too_late(browser)
    sign_in(ADA, browser)

    page = browser.get(held_page(answer))
    fields = {"statement": WORDS, "tick": ["a", "b"]}
    sent = browser.post(f"{held_page(answer)}send/", fields, follow=True)

    assert "/account/sign-in/?next=/account/unsent/" in answer["Location"]  # type: ignore[index]
    assert "You have not lost what you typed" in page.content.decode()
    assert "&lt;b&gt;alle&lt;/b&gt; &amp; &quot;everyone&quot;" in page.content.decode()
    assert sent.redirect_chain == [("/statement/?step=2", 307)]
    assert received == [{"statement": [WORDS], "tick": ["a", "b"]}]


def test_the_page_carries_every_field_with_a_fresh_token(ada: User, sign_in: Callable) -> None:
    browser = Client()
    answer = type_too_late(browser, version="3", csrfmiddlewaretoken="old")
    sign_in(ADA, browser)

    page = browser.get(held_page(answer)).content.decode()

    assert re.findall(r'<input type="hidden" name="(statement|tick|version)" value="([^"]*)"', page) == [
        ("statement", "I lead the ward round.\r\nFür &lt;b&gt;alle&lt;/b&gt; &amp; &quot;everyone&quot;."),
        ("tick", "a"),
        ("tick", "b"),
        ("version", "3"),
    ]
    assert 'value="old"' not in page


def test_files_are_not_kept_and_the_page_names_them(ada: User, sign_in: Callable) -> None:
    browser = Client()
    answer = type_too_late(browser, cv=SimpleUploadedFile("my-cv.pdf", b"%PDF-secret"))
    sign_in(ADA, browser)

    page = browser.get(held_page(answer)).content.decode()

    assert "We do not keep files" in page
    assert "my-cv.pdf" in page
    assert b"secret" not in bytes(HeldPost.objects.get().sealed)


def test_the_database_holds_nothing_that_can_be_read(ada: User) -> None:
    type_too_late(Client())

    assert b"ward" not in bytes(HeldPost.objects.get().sealed)


def test_another_browser_sees_nothing(ada: User, sign_in: Callable) -> None:
    answer = type_too_late(Client())

    page = sign_in(ADA).get(held_page(answer))

    assert page.status_code == 404
    assert "There is nothing to send here" in page.content.decode()


def test_another_account_in_the_same_browser_sees_nothing(ada: User, sign_in: Callable) -> None:
    UserFactory(email=BEN)
    browser = Client()
    browser.force_login(ada)
    browser.get("/account/")  # the browser notes whose session it is
    del browser.cookies["sessionid"]  # and the session ends
    answer = type_too_late(browser)

    sign_in(BEN, browser)

    assert browser.get(held_page(answer)).status_code == 404
    assert browser.post(f"{held_page(answer)}send/").status_code == 302
    assert HeldPost.objects.get().account == ada


def test_the_note_of_the_last_account_cannot_be_forged(ada: User) -> None:
    browser = Client()
    browser.cookies["last_account"] = str(ada.pk)

    type_too_late(browser)

    assert HeldPost.objects.get().account is None


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 404)])
def test_it_is_kept_for_an_hour(ada: User, minutes: int, status: int) -> None:
    with time_machine.travel("2025-05-12 12:00:00+00:00", tick=False) as clock:
        browser = Client()
        answer = type_too_late(browser)
        clock.shift(timedelta(minutes=minutes))
        browser.force_login(ada)
        assert browser.get(held_page(answer)).status_code == status


def test_what_has_expired_is_deleted_when_the_next_is_kept() -> None:
    with time_machine.travel("2025-05-12 12:00:00+00:00", tick=False) as clock:
        type_too_late(Client())
        clock.shift(timedelta(minutes=61))
        type_too_late(Client())

    assert HeldPost.objects.count() == 1


def test_the_hourly_sweep_deletes_what_has_expired_and_sessions_that_ended(ada: User) -> None:
    with time_machine.travel("2025-05-12 12:00:00+00:00", tick=False) as clock:
        type_too_late(Client())
        Client().force_login(ada)
        clock.shift(timedelta(minutes=61))
        type_too_late(Client())
        clock.shift(timedelta(days=7))
        Client().force_login(ada)
        forget_what_expired(now())

    assert (HeldPost.objects.count(), Session.objects.count()) == (0, 1)


def test_a_browser_keeps_ten_and_the_oldest_goes_first(ada: User) -> None:
    browser = Client()
    first, *_, last = [held_page(type_too_late(browser)) for _ in range(12)]
    browser.force_login(ada)

    assert HeldPost.objects.count() == 10
    assert [browser.get(first).status_code, browser.get(last).status_code] == [404, 200]


def test_what_is_larger_than_any_form_is_not_kept(settings: Any) -> None:
    answer = Client().post("/statement/", {"statement": "x" * 200_000})

    assert answer["Location"] == f"/account/sign-in/?next={resolve_url(settings.LOGIN_REDIRECT_URL)}"
    assert HeldPost.objects.count() == 0


def test_it_can_be_deleted_and_leads_back_to_the_page(ada: User) -> None:
    browser = Client()
    answer = type_too_late(browser)
    browser.force_login(ada)

    back = browser.post(f"{held_page(answer)}delete/")

    assert back["Location"] == "/statement/?step=2"
    assert HeldPost.objects.count() == 0


def test_sending_twice_says_when_it_was_sent(ada: User) -> None:
    browser = Client()
    answer = type_too_late(browser)
    browser.force_login(ada)
    browser.post(f"{held_page(answer)}send/")

    assert "You sent this" in browser.get(held_page(answer)).content.decode()


def test_a_token_made_old_by_signing_in_elsewhere_loses_nothing(ada: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)
    browser.get("/account/")
    data = {"statement": WORDS, "csrfmiddlewaretoken": "x" * 64}

    answer = browser.post("/statement/?step=2", data, headers=HERE)
    page = browser.get(held_page(answer))
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert token
    again = {"statement": WORDS, "csrfmiddlewaretoken": token[1]}
    sent = browser.post(f"{held_page(answer)}send/", again, headers=HERE, follow=True)

    assert HeldPost.objects.get().account == ada
    assert sent.redirect_chain == [("/statement/?step=2", 307)]
    assert received == [{"statement": [WORDS]}]


def test_a_token_made_old_and_no_session_leads_through_sign_in(ada: User) -> None:
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post("/statement/", {"statement": WORDS, "csrfmiddlewaretoken": "x" * 64}, headers=HERE)

    assert answer["Location"].startswith("/account/sign-in/?next=/account/unsent/")


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Referer": "https://evil.example/statement/"}, {}],
)
def test_a_form_from_another_site_is_refused_and_not_kept(ada: User, headers: dict[str, str]) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)

    answer = browser.post("/statement/", {"statement": "forged"}, headers=headers)

    assert answer.status_code == 403
    assert "Your page was out of date" in answer.content.decode()
    assert HeldPost.objects.count() == 0


@pytest.mark.parametrize("address", ["/account/sign-in/", "/account/details/", "/account/email/codes/", "/check/"])
def test_sign_in_the_account_and_public_pages_keep_nothing(address: str) -> None:
    Client(enforce_csrf_checks=True).post(address, {"code": "123456"}, headers=HERE)
    Client().post(address, {"code": "123456"}, headers=HERE)

    assert HeldPost.objects.count() == 0


def test_what_the_person_may_not_open_stays_closed_when_sent_again(ada: User) -> None:
    browser = Client()
    answer = browser.post("/for-nobody/", {"statement": WORDS}, headers=HERE)
    browser.force_login(ada)

    sent = browser.post(f"{held_page(answer)}send/", {"statement": WORDS}, follow=True)

    assert sent.status_code == 403


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Accept": "application/json"}])
def test_a_script_that_saves_is_told_and_keeps_its_page(headers: dict[str, str]) -> None:
    answer = Client().post("/statement/", {"statement": WORDS}, headers={**HERE, **headers})

    assert answer.status_code == 401
    assert HeldPost.objects.count() == 0
