"""The pages on which a place is answered, and the team's pages around it, on a desk and on a phone."""

from collections.abc import Callable
from typing import Any

import pytest

from applications.models import Offer
from applications.services import decline_offer
from tests.browser.pages import check_page
from tests.factories.applications import ApplicationFactory, OfferFactory, ReserveListFactory
from tests.factories.cohorts import NOW
from tests.factories.sessions_app import TeachingSessionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def offer() -> Offer:
    made: Offer = OfferFactory(expires_at="2035-01-01T00:00:00Z")
    TeachingSessionFactory.create_batch(4, cohort=made.application.cohort)
    return made


def test_the_offer_passes_every_check_valid_and_refused(page: Any, sign_in: Callable, offer: Offer) -> None:
    sign_in(page, offer.application.applicant)
    page.goto(f"/offers/{offer.public_id}/")
    check_page(page)
    page.get_by_label("I do not know yet where I will work then").check()
    page.get_by_role("button", name="Accept my place").click()
    page.get_by_role("link", name="Tick every date, or say why you cannot attend the others").wait_for()
    check_page(page)


def test_a_declined_offer_and_the_reserve_list_pass_every_check(page: Any, sign_in: Callable, offer: Offer) -> None:
    ReserveListFactory(cohort=offer.application.cohort, shows_number=True)
    waits = ApplicationFactory(cohort=offer.application.cohort, state="reserve", reserve_rank=4, submitted_at=NOW)
    decline_offer(offer=offer, by=offer.application.applicant)
    sign_in(page, offer.application.applicant)
    page.goto(f"/offers/{offer.public_id}/")
    page.get_by_role("button", name="Undo: I may want the place").wait_for()
    check_page(page)
    sign_in(page, waits.applicant)
    page.goto(f"/applications/{waits.public_id}/")
    page.get_by_text("number 1 of 1").wait_for()
    check_page(page)
