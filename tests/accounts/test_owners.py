"""Owners, closed accounts, and the pages of words that owners edit."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from nextstep.accounts import services
from nextstep.accounts.models import ContentPage, User
from nextstep.audit.models import Event
from nextstep.refusals import Refused
from tests.factories.accounts import OwnerFactory, UserFactory, first_words

ADA = "ada@example.org"
REASON = "Called back on the number in the register."


@pytest.fixture
def owner() -> User:
    return OwnerFactory(full_name="Olive Owner")


@pytest.mark.django_db
def test_the_last_owner_stays_one(owner: User) -> None:
    with pytest.raises(Refused, match="only owner"):
        services.end_ownership(user=owner, by=owner)
    with pytest.raises(Refused, match="only owner"):
        services.close_account(user=owner, by=owner, reason=REASON)


@pytest.mark.django_db
def test_an_owner_makes_another_who_can_end_the_first(owner: User) -> None:
    ben = UserFactory()

    services.make_owner(user=ben, by=owner)
    services.end_ownership(user=owner, by=ben)

    assert list(User.objects.filter(is_superuser=True)) == [ben]
    assert [event.verb for event in Event.objects.order_by("pk")] == ["accounts.made_owner", "accounts.ownership_ended"]


@pytest.mark.django_db
def test_nobody_else_makes_owners() -> None:
    ada = UserFactory()

    with pytest.raises(Refused, match="Only an owner"):
        services.make_owner(user=ada, by=ada)


@pytest.mark.django_db
def test_a_closed_account_is_signed_out_and_can_be_reopened(owner: User) -> None:
    ada = UserFactory(email=ADA)
    browser = Client()
    browser.force_login(ada)

    services.close_account(user=ada, by=owner, reason=REASON)
    closed = browser.get("/account/").status_code
    services.reopen_account(user=ada, by=owner, reason=REASON)

    assert (closed, browser.get("/account/").status_code) == (302, 200)


@pytest.mark.django_db
def test_create_owner_makes_the_account_once_and_says_what_comes_next(capsys: pytest.CaptureFixture) -> None:
    call_command("create_owner", "Olive@Example.org", name="Olive Owner")
    call_command("create_owner", "olive@example.org", name="Another Name")

    person = User.objects.get()
    assert (person.email, person.full_name, person.is_superuser) == ("olive@example.org", "Olive Owner", True)
    assert Event.objects.about(person).count() == 1
    assert capsys.readouterr().out.splitlines() == [
        "olive@example.org is now an owner of the portal.",
        "Next: sign in with that address at http://portal.test/admin/",
        "olive@example.org is already an owner of the portal.",
        "Next: sign in with that address at http://portal.test/admin/",
    ]


@pytest.mark.django_db
def test_create_owner_refuses_what_is_no_address() -> None:
    with pytest.raises(CommandError, match="olive at example is no email address"):
        call_command("create_owner", "olive at example")


# --- pages of words


@pytest.mark.django_db
def test_an_owner_edits_a_page_and_the_audit_keeps_both_versions(owner: User, client: Client) -> None:
    first_words()
    page = ContentPage.objects.get(slug="help")

    services.edit_page(page=page, title="Help and contact", body="Write to [us](mailto:team@example.nhs.uk).", by=owner)

    shown = client.get("/help/").content.decode()
    event = Event.objects.about(page).get()
    assert "<h1>Help and contact</h1>" in shown
    assert '<a href="mailto:team@example.nhs.uk">us</a>' in shown
    assert (event.before["title"], event.after["title"]) == ("Help", "Help and contact")


@pytest.mark.django_db
def test_nobody_else_edits_a_page() -> None:
    first_words()
    page = ContentPage.objects.get(slug="help")

    with pytest.raises(Refused, match="Only an owner"):
        services.edit_page(page=page, title="Mine", body="Mine", by=UserFactory())


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["privacy", "accessibility", "cookies", "help"])
def test_every_page_of_words_is_there_from_the_start(
    client: Client, slug: str, django_assert_num_queries: Callable
) -> None:
    first_words()
    with django_assert_num_queries(1):
        page = client.get(f"/{slug}/")

    assert page.status_code == 200
    assert page.content.count(b"<h1") == 1
