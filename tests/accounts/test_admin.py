"""The admin: who enters, whom they see, and what stays closed."""

import re
from typing import Any

import pytest
from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.test import Client

from cohorts.enums import Role
from cohorts.services import grant_role
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import CohortFactory, PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return OwnerFactory(full_name="Olive Owner")


@pytest.fixture
def lead(owner: User) -> User:
    """Leads one cohort, in which Fellow A has a place; Fellow B's is in another."""
    lead, here, there = UserFactory(full_name="Lee Lead"), CohortFactory(), CohortFactory()
    grant_role(person=lead, role=Role.LOCAL_LEAD, cohort=here, by=owner)
    PlaceFactory(cohort=here, fellow=UserFactory(full_name="Fellow A"))
    PlaceFactory(cohort=there, fellow=UserFactory(full_name="Fellow B"))
    return lead


def browser_of(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def test_the_admin_is_entered_by_signing_in(client: Client) -> None:
    assert client.get("/admin/")["Location"] == "/account/sign-in/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/")["Location"].startswith("/account/sign-in/?next=")


def test_the_admins_own_sign_in_page_leads_on_whoever_is_signed_in(owner: User) -> None:
    assert browser_of(owner).get("/admin/login/?next=/admin/accounts/user/")["Location"] == "/admin/accounts/user/"
    assert browser_of(owner).get("/admin/login/?next=https://evil.example/")["Location"] == "/admin/"
    assert browser_of(UserFactory()).get("/admin/login/").status_code == 403


@pytest.mark.parametrize("path", ["/admin/", "/admin/accounts/user/", "/admin/accounts/contentpage/"])
def test_somebody_without_a_role_is_refused(path: str) -> None:
    assert browser_of(UserFactory()).get(path).status_code == 403


def test_nobody_changes_a_password(owner: User) -> None:
    assert browser_of(owner).get("/admin/password_change/").status_code == 404


@pytest.mark.parametrize("model", ["auth/group", "account/emailaddress", "mfa/authenticator"])
def test_what_would_go_round_the_services_is_not_there(owner: User, model: str) -> None:
    assert browser_of(owner).get(f"/admin/{model}/").status_code == 404


def test_a_local_lead_sees_their_own_people_alone(lead: User) -> None:
    page = browser_of(lead).get("/admin/accounts/user/").content.decode()

    shown = [name for name in ("Lee Lead", "Fellow A", "Fellow B", "Olive Owner") if name in page]
    assert shown == ["Lee Lead", "Fellow A"]


@pytest.mark.parametrize("page", ["change", "recover", "make-owner"])
def test_a_local_lead_opens_nobody_elses_page(lead: User, page: str) -> None:
    stranger = User.objects.get(full_name="Fellow B")

    # Django's own page leads back to the index where there is no such object for this person.
    assert browser_of(lead).get(f"/admin/accounts/user/{stranger.pk}/{page}/").status_code in {302, 403, 404}


def test_a_local_lead_recovers_a_fellow_and_makes_no_owner(lead: User) -> None:
    fellow = User.objects.get(full_name="Fellow A")
    browser = browser_of(lead)

    asked = {"email": "new@example.org", "reason": "Called back."}
    done = browser.post(f"/admin/accounts/user/{fellow.pk}/recover/", asked)

    assert done["Location"] == f"/admin/accounts/user/{fellow.pk}/change/"
    assert User.objects.get(pk=fellow.pk).email == "new@example.org"
    assert browser.post(f"/admin/accounts/user/{fellow.pk}/make-owner/").status_code == 403
    assert browser.get("/admin/accounts/contentpage/").status_code == 403


def test_a_refusal_is_shown_and_keeps_what_was_typed(owner: User) -> None:
    ada = UserFactory()
    UserFactory(email="taken@example.org")

    asked = {"email": "taken@example.org", "reason": "Called back."}
    page = browser_of(owner).post(f"/admin/accounts/user/{ada.pk}/recover/", asked).content.decode()

    assert "Another account already uses this email address." in page
    assert 'value="taken@example.org"' in page


def test_an_owner_invites_and_corrects_through_the_services(owner: User) -> None:
    browser = browser_of(owner)

    browser.post("/admin/accounts/user/add/", {"email": "ADA@example.org", "full_name": "Ada"})
    ada = User.objects.get(email="ada@example.org")
    answers = {"full_name": "Ada Abara", "registration_body": "GMC", "registration_number": "123 4567"}
    browser.post(f"/admin/accounts/user/{ada.pk}/change/", answers)

    ada.refresh_from_db()
    assert (ada.full_name, ada.registration_number) == ("Ada Abara", "1234567")
    assert [event.verb for event in Event.objects.about(ada).order_by("pk")] == [
        "accounts.invited",
        "accounts.renamed",
        "accounts.registration_recorded",
    ]


def test_an_address_cannot_be_changed_by_the_form(owner: User) -> None:
    ada = UserFactory(email="ada@example.org", full_name="Ada Abara")

    answers = {"full_name": "Ada Abara", "email": "owner-of-ada@example.org", "is_superuser": "on"}
    browser_of(owner).post(f"/admin/accounts/user/{ada.pk}/change/", answers)

    ada.refresh_from_db()
    assert (ada.email, ada.is_superuser) == ("ada@example.org", False)


def test_likely_duplicates_are_shown_with_the_reason_and_merged_by_nobody(owner: User) -> None:
    same = {"registration_body": "GMC", "registration_number": "1234567"}
    ada = UserFactory(full_name="Ada Abara", email="one@example.org", **same)
    UserFactory(full_name="A. B.", email="two@example.org", **same)
    UserFactory(full_name="Dr Abara, Ada", email="three@example.org")
    browser = browser_of(owner)

    everyone = browser.get("/admin/accounts/user/duplicates/").content.decode()
    hers = browser.get(f"/admin/accounts/user/{ada.pk}/change/").content.decode()

    assert [words in everyone for words in ("Same GMC number, 1234567", "Same name, Ada Abara")] == [True, True]
    assert [words in hers for words in ("two@example.org", "three@example.org")] == [True, True]
    assert User.objects.count() == 4


@pytest.mark.parametrize("people", [3, 30])
def test_the_list_costs_the_same_queries_however_many_people(
    owner: User, django_assert_num_queries: Any, people: int
) -> None:
    UserFactory.create_batch(people)
    browser = browser_of(owner)

    with django_assert_num_queries(5):  # session, user, count, and the rows with their pages
        browser.get("/admin/accounts/user/")


def test_the_two_parts_of_a_moment_have_a_label_each() -> None:
    field = forms.SplitDateTimeField(widget=AdminSplitDateTime)
    form = type("Moments", (forms.Form,), {"starts_at": field})()

    assert re.findall(r'<label for="(\w+)">([^<]+)</label>', str(form["starts_at"])) == [
        ("id_starts_at_0", "Date, as 02/06/2025"),
        ("id_starts_at_1", "Time, as 17:30"),
    ]
