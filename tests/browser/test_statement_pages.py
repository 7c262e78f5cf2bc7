"""A statement asked of somebody else, in the browser: every page, valid and refused, with script and without."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from applications.models import Document, StatementRequest
from nextstep import clock
from tests.browser.pages import check_page
from tests.factories.applications import ApplicationFactory, next_step_cohort
from tests.factories.statements import StatementRequestFactory, token_of

pytestmark = pytest.mark.browser


@pytest.fixture
def application(live_server: Any) -> Any:
    now = clock.now()
    cohort = next_step_cohort(
        applications_open_at=now - timedelta(days=30),
        applications_close_at=now + timedelta(days=30),
        commences_on=(now + timedelta(days=90)).date(),
        ends_on=(now + timedelta(days=300)).date(),
    )
    return ApplicationFactory(cohort=cohort, applicant__full_name="Asha Rao")


def documents(application: Any) -> str:
    return reverse("applications:documents", args=[application.cohort.programme.slug, application.cohort.slug])


@pytest.mark.parametrize("visitor", ["page", "plain"])
def test_an_applicant_asks_and_withdraws(request, sign_in, application, visitor) -> None:
    page = request.getfixturevalue(visitor)
    sign_in(page, application.applicant)
    page.goto(documents(application))
    page.get_by_role("link", name="Ask somebody to write it as Supporting statement 1 of 2").click()
    check_page(page)
    page.get_by_role("button", name="Send the request").click()
    page.get_by_role("link", name="Enter their full name").wait_for()
    check_page(page)
    page.get_by_label("Their full name").fill("Bea Lund")
    page.get_by_label("Their work email address").fill("bea.lund@example.nhs.uk")
    page.get_by_label("How do they know your work?").fill("Educational supervisor")
    page.get_by_role("button", name="Send the request").click()
    page.get_by_text("We have emailed Bea Lund").wait_for()
    check_page(page)
    page.get_by_role("link", name="Withdraw the request for Supporting statement 1 of 2").click()
    check_page(page)
    page.get_by_role("button", name="Withdraw the request").click()
    page.get_by_text("You can ask somebody else.").wait_for()

    assert StatementRequest.objects.get().state == "withdrawn"


@pytest.mark.parametrize("visitor", ["page", "plain"])
def test_a_supporter_writes(request, application, visitor) -> None:
    page = request.getfixturevalue(visitor)
    asked = StatementRequestFactory(application=application)
    page.goto(reverse("applications:statement", args=[token_of(asked)]))
    check_page(page)
    page.get_by_role("button", name="Send my statement").click()
    page.get_by_role("link", name="Write your statement, or choose a file").wait_for()
    check_page(page)
    page.get_by_label("Write your statement here").fill("She leads well.")
    page.get_by_role("button", name="Send my statement").click()
    page.get_by_role("heading", name="Statement sent").wait_for()
    check_page(page)

    assert Document.objects.get().text == "She leads well."


def test_a_supporter_declines_without_script(scriptless, application) -> None:
    asked = StatementRequestFactory(application=application)
    scriptless.goto(reverse("applications:statement", args=[token_of(asked)]))
    scriptless.get_by_role("link", name="I cannot write this statement").click()
    scriptless.get_by_role("button", name="I cannot write it").click()
    scriptless.get_by_role("heading", name="You have declined").wait_for()

    assert StatementRequest.objects.get().state == "declined"


def test_the_pages_of_declining_are_readable(page, application) -> None:
    asked = StatementRequestFactory(application=application)
    page.goto(reverse("applications:decline_request", args=[token_of(asked)]))
    check_page(page)
    StatementRequest.objects.update(state="declined")
    page.goto(reverse("applications:statement", args=[token_of(asked)]))
    check_page(page)
    StatementRequest.objects.update(state="withdrawn")
    page.goto(reverse("applications:statement", args=[token_of(asked)]))
    page.get_by_role("heading", name="This request has ended").wait_for()
    check_page(page)
