"""Uploading in a browser: the progress is shown, a refusal is read, and without script it works the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from applications.models import Document
from nextstep import clock
from tests.browser.pages import check_page
from tests.factories.applications import ApplicationFactory, a_pdf, next_step_cohort

pytestmark = pytest.mark.browser
SAYS = """() => {
  window.said = [];
  new MutationObserver(() => {
    const words = document.querySelector('.app-upload p')?.textContent;
    if (words && !window.said.includes(words)) window.said.push(words);
    if (words) sessionStorage.setItem('said', JSON.stringify(window.said));
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


@pytest.fixture
def application(live_server: Any) -> Any:
    now = clock.now()
    cohort = next_step_cohort(
        applications_open_at=now - timedelta(days=30),
        applications_close_at=now + timedelta(days=30),
        commences_on=(now + timedelta(days=90)).date(),
        ends_on=(now + timedelta(days=300)).date(),
    )
    return ApplicationFactory(cohort=cohort)


def opened(page: Any, sign_in: Any, application: Any) -> None:
    cv = application.cohort.required_documents.get(kind="cv")
    sign_in(page, application.applicant)
    place = [application.cohort.programme.slug, application.cohort.slug]
    page.goto(reverse("applications:upload", args=[*place, cv.pk, 1]))


def upload(page: Any, name: str, data: bytes) -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": data}
    page.get_by_label("Upload: Up-to-date CV").set_input_files(file)
    page.get_by_role("button", name="Upload", exact=True).click()


@pytest.mark.parametrize("visitor", ["page", "scriptless", "phone"])
def test_a_file_is_uploaded_and_listed(request, sign_in, application, visitor) -> None:
    page = request.getfixturevalue(visitor)
    opened(page, sign_in, application)

    upload(page, "cv.pdf", a_pdf())

    page.get_by_text("We have your document “Up-to-date CV”.").wait_for()
    assert page.url.endswith("/apply/documents/")
    assert Document.objects.get().original_name == "cv.pdf"


def test_the_progress_is_said(page, sign_in, application) -> None:
    opened(page, sign_in, application)
    page.evaluate(SAYS)

    upload(page, "cv.pdf", a_pdf())

    page.get_by_text("We have your document “Up-to-date CV”.").wait_for()
    assert "Uploaded. We are checking the file." in page.evaluate("() => sessionStorage.getItem('said')")


@pytest.mark.parametrize("visitor", ["page", "plain"])
def test_a_refusal_is_read_and_the_next_try_goes_through(request, sign_in, application, visitor) -> None:
    page = request.getfixturevalue(visitor)
    opened(page, sign_in, application)
    check_page(page)

    upload(page, "cv.pdf", b"MZ" + b"\0" * 100)

    summary = page.get_by_role("alert")
    summary.get_by_text("must be a PDF, Word (.docx) or OpenDocument (.odt) file").wait_for()
    assert page.title().startswith("Error: Upload Up-to-date CV")
    check_page(page)

    upload(page, "cv.pdf", a_pdf())
    page.get_by_text("We have your document “Up-to-date CV”.").wait_for()
    check_page(page)


def test_without_connection_the_page_says_so_and_keeps_the_file(page, sign_in, application) -> None:
    opened(page, sign_in, application)
    page.evaluate("console.error = () => {}")  # htmx logs the loss, which is meant here
    page.context.set_offline(True)

    upload(page, "cv.pdf", a_pdf())

    page.get_by_text("Not uploaded: no connection. Try again.").wait_for()
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 1
    assert Document.objects.count() == 0
