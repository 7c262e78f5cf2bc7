"""Changing one's address: both mailboxes confirm, and no link does."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from nextstep.accounts import services
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

OLD, NEW = "ada@old-trust.example", "ada@new-trust.example"


@pytest.fixture
def ada(client: Client) -> User:
    ada = UserFactory(email=OLD)
    client.force_login(ada)
    return ada


def ask(client: Client, address: str = NEW) -> object:
    return client.post("/account/email/", {"email": address})


def answer(client: Client, old: str, new: str) -> object:
    return client.post("/account/email/codes/", {"old_code": old, "new_code": new}, follow=True)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_codes_from_both_addresses_move_the_account_and_keep_this_browser_signed_in(
    client: Client, ada: User, newest_code: Callable
) -> None:
    ask(client, NEW.upper())

    page = answer(client, newest_code(OLD), newest_code(NEW))

    assert User.objects.get().email == NEW
    assert page.redirect_chain == [("/account/", 302)]
    assert f"Your email address is now {NEW}" in page.content.decode()


def test_both_addresses_are_told_and_the_audit_holds_no_address(
    client: Client, ada: User, newest_code: Callable
) -> None:
    ask(client)
    answer(client, newest_code(OLD), newest_code(NEW))

    event = Event.objects.get(verb="accounts.email_changed")
    assert (event.actor, event.after) == (ada, {"email": "changed"})
    assert sorted(Message.objects.values_list("code", "address")) == [
        ("accounts.email_changed", NEW),
        ("accounts.email_changed", OLD),
    ]


def test_other_devices_are_signed_out(client: Client, ada: User, newest_code: Callable) -> None:
    elsewhere = Client()
    elsewhere.force_login(ada)
    ask(client)

    answer(client, newest_code(OLD), newest_code(NEW))

    assert elsewhere.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("errors", [["id_old_code"], ["id_new_code"], ["id_old_code", "id_new_code"]])
def test_one_code_is_not_enough(client: Client, ada: User, newest_code: Callable, errors: list[str]) -> None:
    ask(client)
    old, new = newest_code(OLD), newest_code(NEW)

    page = answer(
        client, wrong(old) if "id_old_code" in errors else old, wrong(new) if "id_new_code" in errors else new
    )

    assert User.objects.get().email == OLD
    assert [name for name in ("id_old_code", "id_new_code") if f'href="#{name}"' in page.content.decode()] == errors


def test_after_three_wrong_tries_it_starts_again(client: Client, ada: User, newest_code: Callable) -> None:
    ask(client)
    old, new = newest_code(OLD), newest_code(NEW)

    for _ in range(2):
        answer(client, wrong(old), new)
    third = answer(client, wrong(old), new)
    answer(client, old, new)

    assert third.redirect_chain == [("/account/email/", 302)]
    assert User.objects.get().email == OLD


def test_the_codes_work_for_ten_minutes(client: Client, ada: User, newest_code: Callable) -> None:
    with time_machine.travel("2025-05-12 12:00:00+00:00", tick=False) as clock:
        client.force_login(ada)
        ask(client)
        clock.shift(timedelta(minutes=10, seconds=1))
        page = answer(client, newest_code(OLD), newest_code(NEW))

    assert "The codes have expired" in page.content.decode()
    assert User.objects.get().email == OLD


def test_the_codes_work_in_no_other_browser(client: Client, ada: User, newest_code: Callable) -> None:
    ask(client)
    elsewhere = Client()
    elsewhere.force_login(ada)

    answer(elsewhere, newest_code(OLD), newest_code(NEW))

    assert User.objects.get().email == OLD


def test_the_mails_hold_no_link_for_a_scanner_to_open(client: Client, ada: User) -> None:
    ask(client)

    assert [message.to for message in mail.outbox] == [[OLD], [NEW]]
    assert [message.body for message in mail.outbox if "http" in message.body] == []


def test_opening_the_pages_changes_nothing(client: Client, ada: User) -> None:
    ask(client)

    client.get("/account/email/")
    client.get("/account/email/codes/")

    assert User.objects.get().email == OLD


def test_an_address_with_an_account_is_not_given_away(client: Client, ada: User, newest_code: Callable) -> None:
    UserFactory(email=NEW)

    page = ask(client)

    assert page["Location"] == "/account/email/codes/"
    assert mail.outbox[-1].subject == "This email address already has an account"
    assert "This code is not correct" in answer(client, newest_code(OLD), "000000").content.decode()
    assert User.objects.get(pk=ada.pk).email == OLD


def test_an_address_taken_meanwhile_is_refused(client: Client, ada: User, newest_code: Callable) -> None:
    ask(client)
    UserFactory(email=NEW)

    page = answer(client, newest_code(OLD), newest_code(NEW))

    assert "Another account already uses this email address." in page.content.decode()
    assert User.objects.get(pk=ada.pk).email == OLD


def test_the_same_address_is_no_change(client: Client, ada: User) -> None:
    page = ask(client, OLD.upper())

    assert "This is your email address already" in page.content.decode()
    assert mail.outbox == []


def test_asking_too_often_is_stopped(client: Client, ada: User) -> None:
    pages = [ask(client, f"ada{number}@example.org").status_code for number in range(4)]

    assert pages == [302, 302, 302, 200]


def test_the_service_refuses_a_taken_address_in_any_case_and_changes_nothing() -> None:
    ada, ben = UserFactory(email=OLD), UserFactory(email=NEW)

    with pytest.raises(Refused, match="Another account already uses this email address"):
        services.change_email(user=ada, email=NEW.upper(), by=ada)

    assert ada.email == OLD
    assert set(User.objects.values_list("pk", "email")) == {(ada.pk, OLD), (ben.pk, NEW)}
    assert Message.objects.count() == 0
