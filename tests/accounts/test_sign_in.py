"""Signing in by e-mailed code, from the browser's side."""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.shortcuts import resolve_url
from django.test import Client

from nextstep.accounts.models import User
from nextstep.audit.models import Event
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"
NOON = "2025-05-12 12:00:00+00:00"


def ask(browser: Client, address: str = ADA, **extra: str) -> object:
    return browser.post("/account/sign-in/", {"email": address, **extra})


def answer(browser: Client, code: str, **extra: str) -> object:
    return browser.post("/account/sign-in/code/", {"code": code, **extra})


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_page_asks_for_the_address_alone(client: Client, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        page = client.get("/account/sign-in/")

    assert page.status_code == 200
    assert b'type="password"' not in page.content
    assert page.content.count(b"<h1") == 1


def test_a_person_signs_in_with_the_code_they_were_sent(client: Client, newest_code: Callable, settings: Any) -> None:
    ada = UserFactory(email=ADA)

    first = ask(client)
    second = answer(client, newest_code(ADA))

    assert (first.status_code, first["Location"]) == (302, "/account/sign-in/code/")
    assert (second.status_code, second["Location"]) == (302, resolve_url(settings.LOGIN_REDIRECT_URL))
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_the_first_sign_in_makes_the_account_and_says_so_in_the_audit(client: Client, newest_code: Callable) -> None:
    ask(client, "New.Doctor@Example.ORG")
    assert User.objects.count() == 0

    answer(client, newest_code("new.doctor@example.org"))

    person = User.objects.get()
    assert person.email == "new.doctor@example.org"
    assert not person.has_usable_password()
    assert Event.objects.about(person).get().verb == "accounts.joined"


def test_known_and_unknown_addresses_look_the_same(client: Client) -> None:
    UserFactory(email=ADA)
    ask(client, ADA)
    ask(other := Client(), "nobody@example.org")

    known = client.get("/account/sign-in/code/").content.decode().replace(ADA, "…")
    unknown = other.get("/account/sign-in/code/").content.decode().replace("nobody@example.org", "…")

    assert without_tokens(known) == without_tokens(unknown)
    assert [message.subject for message in mail.outbox] == ["Your Next Step sign-in code"] * 2


def without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_the_case_of_the_address_does_not_matter(client: Client, newest_code: Callable) -> None:
    ada = UserFactory(email="Ada@Example.org")

    ask(client, " ADA@example.ORG ")
    answer(client, newest_code(ADA))

    assert client.session["_auth_user_id"] == str(ada.pk)


def test_spaces_in_a_pasted_code_do_not_matter(client: Client, newest_code: Callable) -> None:
    ask(client)
    code = newest_code(ADA)

    assert answer(client, f" {code[:3]} {code[3:]} ").status_code == 302


def test_a_wrong_code_says_how_many_tries_are_left_and_the_right_one_still_works(
    client: Client, newest_code: Callable
) -> None:
    ask(client)
    code = newest_code(ADA)

    page = answer(client, wrong(code))

    assert "You have 2 tries left" in page.content.decode()
    assert "<title>Error: " in page.content.decode()
    assert answer(client, code).status_code == 302


def test_after_three_wrong_codes_the_right_one_no_longer_works(client: Client, newest_code: Callable) -> None:
    ask(client)
    code = newest_code(ADA)

    for _ in range(2):
        answer(client, wrong(code))
    third = answer(client, wrong(code))
    after = answer(client, code)

    assert (third.status_code, third["Location"]) == (302, "/account/sign-in/")
    assert (after.status_code, after["Location"]) == (302, "/account/sign-in/")
    assert "_auth_user_id" not in client.session


def test_tries_at_once_from_copies_of_one_session_are_counted_together(client: Client, newest_code: Callable) -> None:
    ask(client)
    code = newest_code(ADA)
    before = Session.objects.get().session_data
    for _ in range(3):
        # Each try reads the session as it was before the others wrote to it.
        Session.objects.update(session_data=before)
        answer(client, wrong(code))
    Session.objects.update(session_data=before)

    page = answer(client, code)

    assert page.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("minutes", "signs_in"), [(9.9, True), (10.1, False)])
def test_a_code_works_for_ten_minutes(client: Client, newest_code: Callable, minutes: float, signs_in: bool) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ask(client)
        clock.shift(timedelta(minutes=minutes))
        answer(client, newest_code(ADA))

        assert ("_auth_user_id" in client.session) is signs_in


def test_an_expired_code_leads_back_with_the_reason(client: Client, newest_code: Callable) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ask(client)
        clock.shift(timedelta(minutes=11))
        page = client.post("/account/sign-in/code/", {"code": newest_code(ADA), "next": "/account/"}, follow=True)

    assert page.redirect_chain == [("/account/sign-in/?next=%2Faccount%2F", 302)]
    assert "Your code has expired" in page.content.decode()


def test_a_code_works_in_no_other_browser(client: Client, newest_code: Callable) -> None:
    ask(client)
    elsewhere = Client()

    page = answer(elsewhere, newest_code(ADA))

    assert (page.status_code, page["Location"]) == (302, "/account/sign-in/")
    assert "_auth_user_id" not in elsewhere.session


def test_the_code_is_stored_nowhere(client: Client, newest_code: Callable) -> None:
    ask(client)

    assert newest_code(ADA) not in str(dict(client.session))


def test_a_new_code_replaces_the_old_one(client: Client, newest_code: Callable) -> None:
    ask(client)
    old = newest_code(ADA)

    page = client.post("/account/sign-in/code/", {"action": "resend"}, follow=True)
    new = newest_code(ADA)

    assert "We have sent you a new code" in page.content.decode()
    assert answer(client, old).status_code == (200 if old != new else 302)
    assert answer(client, new).status_code == 302


def test_a_new_code_can_be_sent_twice(client: Client) -> None:
    ask(client)

    for _ in range(4):
        client.post("/account/sign-in/code/", {"action": "resend"})

    assert len(mail.outbox) == 3
    assert b'value="resend"' not in client.get("/account/sign-in/code/").content


def test_somebody_who_asks_too_often_is_told_to_wait(client: Client) -> None:
    for _ in range(3):
        ask(Client())
    page = ask(client, ADA.upper())

    assert "You have asked for too many codes" in page.content.decode()
    assert len(mail.outbox) == 3


def test_a_hospital_behind_one_address_is_not_locked_out() -> None:
    for number in range(60):
        assert ask(Client(), f"doctor{number}@example.org").status_code == 302


def test_behind_a_trusted_proxy_the_limit_is_of_the_person_and_not_of_the_proxy(settings: object) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # type: ignore[attr-defined]
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "1/m/ip"}  # type: ignore[attr-defined]

    def from_address(address: str) -> int:
        data = {"email": f"{address}@example.org"}
        return Client().post("/account/sign-in/", data, headers={"X-Forwarded-For": f"9.9.9.9, {address}"}).status_code

    assert [from_address("10.0.0.1"), from_address("10.0.0.2"), from_address("10.0.0.1")] == [302, 302, 200]


def test_sign_in_leads_back_to_where_the_person_was_going(client: Client, newest_code: Callable) -> None:
    started = client.get("/account/details/?a=1")
    page = client.post(started["Location"], {"email": ADA, "next": "/account/details/?a=1"})
    done = client.post(page["Location"], {"code": newest_code(ADA)})

    assert done["Location"] == "/account/details/?a=1"


def test_sign_in_leads_to_no_other_site(client: Client, newest_code: Callable, settings: Any) -> None:
    ask(client, next="https://evil.example/")

    done = answer(client, newest_code(ADA), next="https://evil.example/")

    assert done["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)


def test_a_link_opened_during_sign_in_is_where_it_ends(client: Client, newest_code: Callable) -> None:
    ask(client)

    page = client.get("/account/sign-in/?next=/account/")

    assert page["Location"] == "/account/sign-in/code/?next=%2Faccount%2F"
    assert client.post(page["Location"], {"code": newest_code(ADA)})["Location"] == "/account/"


def test_the_session_gets_a_new_key(client: Client, newest_code: Callable) -> None:
    ask(client)
    before = client.session.session_key

    answer(client, newest_code(ADA))

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_another_address_can_be_given_instead(client: Client) -> None:
    ask(client)

    page = client.post("/account/sign-out/", {"next": "/account/sign-in/"}, follow=True)

    assert page.redirect_chain == [("/account/sign-in/", 302)]
    assert b'name="email"' in page.content


def test_sign_out_needs_a_post(client: Client, sign_in: Callable) -> None:
    sign_in(ADA, client)

    assert b"Do you want to sign out?" in client.get("/account/sign-out/").content
    assert "_auth_user_id" in client.session
    client.post("/account/sign-out/")

    assert "_auth_user_id" not in client.session


def test_a_closed_account_gets_a_mail_without_a_code_and_the_same_page(client: Client) -> None:
    UserFactory(email=ADA, is_active=False)

    page = ask(client)

    assert page["Location"] == "/account/sign-in/code/"
    assert mail.outbox[0].subject == "Your Next Step account is closed"
    assert answer(client, "000000").status_code == 200


def test_mail_that_cannot_be_sent_is_said_and_no_code_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

    page = ask(client)

    assert "We could not send the email" in page.content.decode()
    assert client.get("/account/sign-in/code/")["Location"] == "/account/sign-in/"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "Enter your email address"),
        ("ada at example", "Enter an email address in the correct format, like name@example.com"),
    ],
)
def test_an_address_that_is_none_is_explained(client: Client, address: str, message: str) -> None:
    page = ask(client, address).content.decode()

    assert message in page
    assert "nhsuk-error-summary" in page


@pytest.mark.parametrize("path", ["signup/", "password/change/", "password/reset/", "login/", "email/x/"])
def test_there_is_no_other_way_in(client: Client, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404
