"""Django's admin, brought to no violation: index, lists, forms, questions, in valid and in refused state."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin

from nextstep.accounts.models import ContentPage, User
from tests.browser.pages import check_page
from tests.factories.accounts import OwnerFactory, UserFactory, first_words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def owner(page: Any, sign_in: Callable) -> User:
    owner = OwnerFactory(full_name="Olive Owner", email="olive@example.org")
    sign_in(page, owner)
    return owner


@pytest.fixture
def ada() -> User:
    UserFactory(full_name="Dr Ada Abara", registration_body="GMC", registration_number="1234567")
    return UserFactory(
        full_name="Ada Abara", registration_body="GMC", registration_number="1234567", email="ada@example.org"
    )


def test_the_index_and_an_app_pass_every_check(page: Any, owner: User) -> None:
    page.goto("/admin/")
    check_page(page)
    page.goto("/admin/accounts/")
    check_page(page)


@pytest.mark.parametrize(
    "name", sorted(f"{model._meta.app_label}/{model._meta.model_name}" for model in admin.site._registry)
)
def test_every_list_passes_every_check(page: Any, owner: User, ada: User, name: str) -> None:
    page.goto(f"/admin/{name}/")

    assert page.locator("#changelist").count() == 1
    check_page(page)


@pytest.mark.parametrize(
    "name",
    sorted(
        f"{model._meta.app_label}/{model._meta.model_name}"
        for model, model_admin in admin.site._registry.items()
        if getattr(model_admin, "may_add", True) and model is not ContentPage
    ),
)
def test_every_form_for_adding_passes_every_check_also_when_refused(page: Any, owner: User, name: str) -> None:
    answer = page.goto(f"/admin/{name}/add/")
    if answer.status == 403:
        return
    check_page(page)
    page.locator('input[name="_save"]').click()
    page.locator(".portal-errors").wait_for()
    check_page(page)


def test_a_persons_page_passes_every_check_also_when_refused(page: Any, owner: User, ada: User) -> None:
    page.goto(f"/admin/accounts/user/{ada.pk}/change/")
    check_page(page)
    page.get_by_label("Registration number").fill("12")
    page.locator('input[name="_save"]').click()
    page.get_by_role("link", name="Your GMC number must have 7 digits").wait_for()
    check_page(page)


@pytest.mark.parametrize("deed", ["recover", "close", "make-owner"])
def test_the_questions_before_a_deed_pass_every_check(page: Any, owner: User, ada: User, deed: str) -> None:
    page.goto(f"/admin/accounts/user/{ada.pk}/{deed}/")
    check_page(page)


def test_a_question_refused_passes_every_check(page: Any, owner: User, ada: User) -> None:
    page.goto(f"/admin/accounts/user/{ada.pk}/recover/")
    page.get_by_role("button", name="Recover account").click()
    page.get_by_text("Give a reason").first.wait_for()

    check_page(page)


def test_likely_duplicates_pass_every_check(page: Any, owner: User, ada: User) -> None:
    page.goto("/admin/accounts/user/duplicates/")

    assert page.get_by_text("Same GMC number, 1234567").is_visible()
    check_page(page)


def test_a_page_of_words_passes_every_check(page: Any, owner: User) -> None:
    first_words()
    words = ContentPage.objects.get(slug="privacy")
    page.goto(f"/admin/accounts/contentpage/{words.pk}/change/")

    check_page(page)
