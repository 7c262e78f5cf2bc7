"""The second factor: offered to all, demanded of some, and never kept in the clear."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from nextstep.accounts import roles
from nextstep.accounts.access import allowed
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from tests.factories.accounts import OwnerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

ADA = "ada@example.org"


@allowed(lambda user: user.email == ADA)
def scores(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Scores")


urlpatterns = [path("scores/", scores), path("", include("nextstep.urls"))]


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def set_up_app(browser: Client) -> str:
    """Set up an authenticator app in this browser; the secret that the app keeps."""
    page = browser.get("/account/second-factor/totp/activate/").content.decode()
    found = re.search(r"Key: <code[^>]*>(\w+)</code>", page)
    assert found
    answer = browser.post("/account/second-factor/totp/activate/", {"code": code_of(found[1])})
    assert answer.status_code == 302
    return found[1]


@pytest.fixture
def judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "_providers", [lambda user: frozenset({"judge"} if user.email == ADA else ())])


def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(sign_in: Callable) -> None:
    with time_machine.travel("2025-05-12 12:00:00+00:00", tick=False) as clock:
        secret = set_up_app(sign_in(ADA))
        clock.shift(60)
        browser = Client()
        browser = sign_in(ADA, browser)
        asked = browser.get("/account/")
        given = browser.post("/account/second-factor/authenticate/", {"code": code_of(secret)})

        assert asked["Location"] == "/account/sign-in/?next=/account/"
        assert given.status_code == 302
        assert browser.get("/account/").status_code == 200


def test_a_wrong_code_of_the_app_lets_nobody_in(sign_in: Callable) -> None:
    set_up_app(sign_in(ADA))
    browser = sign_in(ADA)

    page = browser.post("/account/second-factor/authenticate/", {"code": "000000"})

    assert "The code is not correct" in page.content.decode()
    assert "_auth_user_id" not in browser.session


def test_a_recovery_code_lets_in_once(sign_in: Callable) -> None:
    first = sign_in(ADA)
    set_up_app(first)
    codes = re.findall(r"<li><code>(\d+)</code>", first.get("/account/second-factor/recovery-codes/").content.decode())

    outcomes = []
    for _ in range(2):
        browser = sign_in(ADA)
        browser.post("/account/second-factor/authenticate/", {"code": codes[0]})
        outcomes.append("_auth_user_id" in browser.session)

    assert len(codes) == 10
    assert outcomes == [True, False]


def test_the_secret_is_sealed_in_the_database(sign_in: Callable) -> None:
    secret = set_up_app(sign_in(ADA))

    assert secret not in str(Authenticator.objects.values_list("data", flat=True))


def test_setting_it_up_is_told_by_mail_and_kept_in_the_audit(
    sign_in: Callable, django_capture_on_commit_callbacks: Callable
) -> None:
    browser = sign_in(ADA)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(browser)

    person = User.objects.get()
    assert Event.objects.get(verb="accounts.second_factor_changed").after == {"what": "totp_activated"}
    assert set(Message.objects.values_list("code", "person")) == {("accounts.second_factor_changed", person.pk)}


def test_removing_it_asks_for_it_first(sign_in: Callable) -> None:
    browser = sign_in(ADA)
    set_up_app(browser)
    later = Client()
    later.force_login(User.objects.get())

    answer = later.post("/account/second-factor/totp/deactivate/")

    assert answer["Location"].startswith("/account/second-factor/reauthenticate/")
    assert Authenticator.objects.filter(type="totp").count() == 1


@pytest.mark.parametrize(("demanded", "status"), [([], 200), (["judge"], 302), (["owner"], 200)])
def test_a_page_for_a_role_asks_for_it_where_the_setting_says_so(
    client: Client, settings: Any, judges: None, demanded: list[str], status: int
) -> None:
    settings.SECOND_FACTOR_DEMANDED_OF = demanded
    client.force_login(UserFactory(email=ADA))

    assert client.get("/scores/").status_code == status


@pytest.mark.parametrize("address", ["/home/", "/judging/", "/registers/", "/applications/documents/{id}/"])
def test_a_role_that_must_have_it_opens_no_page_without_it(client: Client, settings: Any, address: str) -> None:
    settings.SECOND_FACTOR_DEMANDED_OF = ["owner"]
    client.force_login(OwnerFactory())
    address = address.format(id="00000000-0000-0000-0000-000000000000")

    assert client.get(f"{address}?page=2")["Location"] == "/account/second-factor/needed/?" + urlencode(
        {"next": f"{address}?page=2"}
    )


def test_what_was_sent_meanwhile_is_held_and_offered_once_it_is_given(
    sign_in: Callable, settings: Any, judges: None
) -> None:
    browser = sign_in(ADA)
    settings.SECOND_FACTOR_DEMANDED_OF = ["judge"]

    led = browser.post("/scores/", {"comment": "A clear aim"}, headers={"Referer": "http://testserver/scores/"})
    following = parse_qs(urlsplit(led["Location"]).query)["next"][0]
    set_up_app(browser)
    on = browser.get(led["Location"])

    assert on["Location"] == following
    assert "A clear aim" in browser.get(following).content.decode()


def test_a_script_is_told_and_keeps_its_page(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_DEMANDED_OF = ["owner"]
    client.force_login(OwnerFactory())

    assert client.post("/scores/", headers={"HX-Request": "true"}).status_code == 403
    assert client.post("/calendar/make/", headers={"HX-Request": "true"}).status_code == 401


def test_whoever_lacks_it_is_led_to_set_it_up_and_then_comes_in(sign_in: Callable, settings: Any, judges: None) -> None:
    settings.SECOND_FACTOR_DEMANDED_OF = ["judge"]
    browser = sign_in(ADA)

    page = browser.get("/scores/", follow=True)
    set_up_app(browser)

    assert page.redirect_chain == [("/account/second-factor/needed/?next=%2Fscores%2F", 302)]
    assert "Set up a second factor" in page.content.decode()
    assert browser.get("/scores/").status_code == 200
    assert browser.get("/account/second-factor/needed/?next=/scores/")["Location"] == "/scores/"


def test_whoever_has_it_and_did_not_give_it_is_asked_for_it(
    client: Client, sign_in: Callable, settings: Any, judges: None
) -> None:
    settings.SECOND_FACTOR_DEMANDED_OF = ["judge"]
    with time_machine.travel("2025-05-12 12:00:00+00:00", tick=False) as clock:
        secret = set_up_app(sign_in(ADA))
        clock.shift(60)
        client.force_login(User.objects.get())
        page = client.get("/scores/", follow=True)
        again = "/account/second-factor/reauthenticate/?next=/scores/"
        given = client.post(again, {"code": code_of(secret)})

        assert again in page.content.decode().replace("%2F", "/")
        assert given["Location"] == "/scores/"
        assert client.get("/scores/").status_code == 200


def test_the_session_that_gave_it_costs_no_further_question(
    sign_in: Callable, settings: Any, judges: None, django_assert_num_queries: Callable
) -> None:
    settings.SECOND_FACTOR_DEMANDED_OF = ["judge"]
    browser = sign_in(ADA)
    set_up_app(browser)

    with django_assert_num_queries(2):  # the session and its user
        browser.get("/scores/")


@pytest.mark.parametrize("following", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_page_that_asks_leads_to_no_other_site(client: Client, following: str) -> None:
    client.force_login(UserFactory())

    assert client.get(f"/account/second-factor/needed/?next={following}")["Location"] == "/"


def test_the_admin_asks_an_owner_for_it_before_it_opens(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_DEMANDED_OF = ["owner"]
    client.force_login(OwnerFactory())

    assert client.get("/admin/")["Location"] == "/account/second-factor/needed/?next=%2Fadmin%2F"
    assert client.get("/admin/accounts/user/")["Location"].startswith("/account/second-factor/needed/")


def test_the_admin_opens_to_an_owner_who_gave_it(sign_in: Callable, settings: Any) -> None:
    settings.SECOND_FACTOR_DEMANDED_OF = ["owner"]
    OwnerFactory(email=ADA)
    browser = sign_in(ADA)
    set_up_app(browser)

    assert browser.get("/admin/").status_code == 200
