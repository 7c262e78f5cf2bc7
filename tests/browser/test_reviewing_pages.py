"""Reviewers' pages and those of the team that shares out, valid and refused, with script and without."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from applications.models import Review, ReviewScore
from applications.services.reviewing import propose_assignment
from nextstep import clock
from tests.browser.pages import check_page
from tests.factories.accounts import OwnerFactory
from tests.factories.applications import ApplicationFactory, next_step_cohort, with_documents
from tests.factories.reviewing import CODES, READING, ReviewFactory, RoundFactory, give_final_scores, reviewer_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands for the threads of the server too, which `clock.at` does not reach."""
    monkeypatch.setattr(clock, "_pinned", ContextVar("pinned_for_all", default=READING))


@pytest.fixture
def reviews() -> list[Review]:
    opened = RoundFactory(cohort=next_step_cohort())
    rita = reviewer_of(opened, full_name="Rita Readmere")
    made = [ReviewFactory(round=opened, reviewer=rita) for _ in range(3)]
    for review in made:
        with_documents(review.application)
    return made


def address(review: Review, name: str = "review") -> str:
    return reverse(f"applications:{name}", args=[review.round.public_id, review.public_id])


def test_every_page_of_a_reviewer_passes_valid_and_refused(
    page: Page, sign_in: Callable, reviews: list[Review]
) -> None:
    first, second, _ = reviews
    sign_in(page, first.reviewer)
    page.goto(f"/reviewing/{first.round.public_id}/")
    check_page(page)
    page.goto(address(first))
    check_page(page)
    page.get_by_role("button", name="Make final").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check_page(page)
    page.goto(address(first, "review_conflict"))
    page.get_by_role("button", name="Step back").click()
    expect(page.get_by_text("Say what the conflict of interest is").first).to_be_visible()
    check_page(page)
    page.goto(f"/reviewing/{first.round.public_id}/interests/")
    page.get_by_label("what is your supervisor’s email address").fill("sam")
    page.get_by_role("button", name="Save your interests").click()
    check_page(page)
    give_final_scores(second, all=4)
    give_final_scores(ReviewFactory(round=second.round, application=second.application), all=2)
    page.goto(address(second))
    expect(page.get_by_text("Other reviewers’ final scores")).to_be_visible()
    check_page(page)


def test_a_review_is_scored_by_keyboard_and_saved_as_it_is_touched(
    page: Page, sign_in: Callable, reviews: list[Review]
) -> None:
    sign_in(page, reviews[0].reviewer)
    page.goto(address(reviews[0]))
    page.locator("#score-motivation").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#saved-motivation")).to_contain_text("Saved at")
    assert ReviewScore.objects.get().value == 2

    page.get_by_role("button", name="Save and next").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: str(reviews[0].public_id) not in url)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Application")


def test_without_script_a_whole_review_is_made_final(
    scriptless: Page, sign_in: Callable, reviews: list[Review]
) -> None:
    sign_in(scriptless, reviews[0].reviewer)
    scriptless.goto(address(reviews[0]))
    for code in CODES:
        scriptless.locator(f"input[name='score-{code}'][value='4']").check(force=True)
    scriptless.get_by_role("button", name="Make final").click()
    expect(scriptless.get_by_text("is final.")).to_be_visible()

    assert Review.objects.get(pk=reviews[0].pk).state == "final"


def test_a_phone_shows_a_review_without_scrolling_sideways(
    phone: Any, sign_in: Callable, reviews: list[Review]
) -> None:
    sign_in(phone, reviews[0].reviewer)
    phone.goto(address(reviews[0]))

    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_pages_of_sharing_out_pass_valid_and_refused(page: Page, sign_in: Callable, reviews: list[Review]) -> None:
    opened, owner = reviews[0].round, OwnerFactory()
    waiting = ApplicationFactory(cohort=opened.cohort, submitted=True)
    sign_in(page, owner)
    place = reverse("admin:applications_reviewround_sharing", args=[opened.pk])
    page.goto(place)
    check_page(page)
    page.get_by_role("button", name="Share out the applications").click()
    expect(page.get_by_text("Nobody is told until you save.")).to_be_visible()
    check_page(page)
    page.goto(reverse("admin:applications_reviewround_readers", args=[opened.pk, waiting.pk]))
    check_page(page)
    fresh = type(opened).objects.select_related("cohort").get()
    propose_assignment(review_round=fresh, version=fresh.version, by=owner)
    page.get_by_role("button", name="Change the proposal").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check_page(page)


def test_the_pages_of_the_ranking_pass_valid_and_refused(page: Page, sign_in: Callable, reviews: list[Review]) -> None:
    for review, value in zip(reviews, (4, 3, 3), strict=True):
        give_final_scores(review, all=value)
    opened = reviews[0].round
    type(opened.cohort).objects.update(places=2)
    ReviewFactory(round=opened)
    sign_in(page, OwnerFactory())
    page.goto(reverse("admin:applications_reviewround_ranking", args=[opened.pk]))
    check_page(page)
    page.get_by_role("button", name="Freeze the ranking").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check_page(page)
    page.goto(reverse("admin:applications_reviewround_move", args=[opened.pk, reviews[0].application_id]))
    check_page(page)
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("Give a reason")).to_be_visible()
    check_page(page)
