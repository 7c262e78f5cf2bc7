"""What is written about people: invitations, names, registrations, recovery, owners, pages of words."""

import threading
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection, transaction
from django.test import Client

from nextstep.accounts import people, roles, services
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from tests.factories.accounts import OwnerFactory, UserFactory

ADA = "ada@example.org"
REASON = "Called back on the number in the register."


@pytest.fixture
def owner() -> User:
    return OwnerFactory(full_name="Olive Owner")


@pytest.fixture
def leads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is called Lead leads locally and sees those whose name begins with Fellow, and other leads."""
    monkeypatch.setattr(
        roles, "_providers", [lambda user: frozenset({"local_lead"} if user.full_name.startswith("Lead") else ())]
    )
    visible = User.objects.filter(full_name__regex="^(Fellow|Lead)").values("pk")
    nobody = User.objects.none().values("pk")
    monkeypatch.setattr(people, "_providers", [lambda user: visible if user.full_name.startswith("Lead") else nobody])


# --- addresses


@pytest.mark.django_db
@pytest.mark.parametrize("second", ["ADA@example.org", " ada@EXAMPLE.org ", ADA])
def test_an_address_is_one_persons_whatever_its_case(second: str) -> None:
    UserFactory(email="Ada@Example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(second)

    assert User.objects.get().email == ADA


@pytest.mark.django_db
def test_the_database_itself_refuses_an_address_in_capitals() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="Ada@Example.org")])


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_two_first_sign_ins_at_once_make_one_account() -> None:
    barrier, made = threading.Barrier(6), []

    def sign_in() -> None:
        barrier.wait()
        made.append(services.join(email=ADA).pk)
        connection.close()

    threads = [threading.Thread(target=sign_in) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [User.objects.get().pk] * 6


# --- invitations


@pytest.mark.django_db
def test_an_invited_person_gets_an_account_and_one_mail_a_day(owner: User) -> None:
    first = services.invite(email="ADA@example.org", full_name=" Ada Abara ", by=owner)
    again = services.invite(email=ADA, full_name="Somebody Else", by=owner)

    assert (first.pk, first.email, first.full_name) == (again.pk, ADA, "Ada Abara")
    assert list(Message.objects.values_list("code", "address")) == [("accounts.invitation", ADA)]
    assert Event.objects.about(first).count() == 2


@pytest.mark.django_db
def test_the_invitation_says_who_invites_and_where_to_sign_in(owner: User) -> None:
    services.invite(email=ADA, full_name="Ada Abara", by=owner)

    text = Message.objects.get().text
    assert "Dear Ada Abara," in text
    assert "Olive Owner has invited you" in text
    assert "\nhttp://portal.test/account/sign-in/\n" in text


# --- what people say of themselves


@pytest.mark.django_db
def test_a_registration_is_kept_plainly_and_the_audit_holds_no_number() -> None:
    ada = UserFactory(email=ADA)

    services.record_registration(user=ada, body="GMC", number="GMC 123-4567", by=ada)

    assert User.objects.values_list("registration_body", "registration_number").get() == ("GMC", "1234567")
    assert Event.objects.about(ada).get().after == {"registration": "changed"}


@pytest.mark.django_db
def test_a_registration_that_is_none_is_refused() -> None:
    ada = UserFactory(email=ADA)

    with pytest.raises(Refused, match="7 digits"):
        services.record_registration(user=ada, body="GMC", number="123", by=ada)


@pytest.mark.django_db
def test_what_did_not_change_leaves_no_trace() -> None:
    ada = UserFactory(email=ADA, full_name="Ada Abara", registration_body="GMC", registration_number="1234567")

    services.record_name(user=ada, full_name=" Ada  Abara ", by=ada)
    services.record_registration(user=ada, body="GMC", number="1234567", by=ada)

    assert Event.objects.about(ada).count() == 0


@pytest.mark.django_db
def test_signing_out_everywhere_ends_every_session() -> None:
    ada = UserFactory(email=ADA)
    here, there = Client(), Client()
    here.force_login(ada)
    there.force_login(ada)

    here.post("/account/sign-out-everywhere/")

    assert [browser.get("/account/").status_code for browser in (here, there)] == [302, 302]


# --- recovery


@pytest.mark.django_db
def test_a_recovered_account_moves_loses_its_second_factor_and_tells_both_addresses(owner: User) -> None:
    ada = UserFactory(email=ADA)
    Authenticator.objects.create(user=ada, type="totp", data={})
    browser = Client()
    browser.force_login(ada)

    services.recover_account(
        user=ada, email="Ada@New-Trust.example", remove_second_factor=True, reason=f" {REASON} ", by=owner
    )

    event = Event.objects.get(verb="accounts.recovered")
    assert User.objects.get(pk=ada.pk).email == "ada@new-trust.example"
    assert Authenticator.objects.count() == 0
    assert browser.get("/account/").status_code == 302
    assert (event.actor, event.reason, event.after) == (
        owner, REASON, {"email": "changed", "second_factors_removed": 1},
    )  # fmt: skip
    assert sorted(Message.objects.values_list("address", flat=True)) == [ADA, "ada@new-trust.example"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"email": "new@example.org", "reason": " "}, "Give a reason"),
        ({"reason": REASON}, "Enter a new email address, or choose to remove the second factor"),
        ({"email": ADA.upper(), "reason": REASON}, "Enter a new email address, or choose"),
        ({"email": "BEN@example.org", "reason": REASON}, "Another account already uses this email address"),
    ],
)
def test_a_recovery_without_reason_or_change_or_to_a_taken_address_is_refused(
    owner: User, asked: dict[str, str], refusal: str
) -> None:
    ada = UserFactory(email=ADA)
    UserFactory(email="ben@example.org")

    with pytest.raises(Refused, match=refusal):
        services.recover_account(user=ada, by=owner, **asked)

    assert User.objects.get(pk=ada.pk).email == ADA
    assert Message.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("by", "whose", "may"),
    [
        ("Olive Owner", "Fellow", True),
        ("Olive Owner", "Lead B", True),
        ("Olive Owner", "Owner too", True),
        ("Olive Owner", "Olive Owner", False),
        ("Lead A", "Fellow", True),
        ("Lead A", "Stranger", False),
        ("Lead A", "Lead B", False),
        ("Lead A", "Owner too", False),
        ("Lead A", "Lead A", False),
        ("Fellow", "Stranger", False),
    ],
)
def test_who_may_recover_whose_account(owner: User, leads: None, by: str, whose: str, may: bool) -> None:
    OwnerFactory(full_name="Owner too")
    for name in ("Fellow", "Stranger", "Lead A", "Lead B"):
        UserFactory(full_name=name)
    person = User.objects.get(full_name=whose)

    def recover() -> None:
        services.recover_account(
            user=person, remove_second_factor=True, reason=REASON, by=User.objects.get(full_name=by)
        )

    assert (not refuses(recover)) is may


def refuses(deed: Callable[[], None]) -> bool:
    try:
        deed()
    except Refused:
        return True
    return False
