"""Documents in the browser: who may open which, with which headers, and what is written down."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications.models import Application, Document
from cohorts.enums import Role
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    DocumentFactory,
    a_docx,
    a_pdf,
    next_step_cohort,
)
from tests.factories.cohorts import NOW, TeamRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(asha: User) -> Application:
    return ApplicationFactory(cohort=next_step_cohort(), applicant=asha)


@pytest.fixture
def document(draft: Application) -> Document:
    return DocumentFactory(application=draft, original_name="Asha’s CV.pdf")


def upload_page(draft: Application, number: int = 1) -> str:
    required = draft.cohort.required_documents.get(kind="cv")
    return f"/{draft.cohort.programme.slug}/{draft.cohort.slug}/apply/documents/{required.pk}/{number}/"


def address(document: Document, page: str = "") -> str:
    return f"/applications/documents/{document.public_id}/{page}"


def test_an_upload_is_kept_and_listed(now: None, browser: Client, draft: Application) -> None:
    response = browser.post(upload_page(draft), {"document": SimpleUploadedFile("cv.pdf", a_pdf(pages=2))}, follow=True)

    assert "We have your document “Up-to-date CV”." in response.text
    slot = response.context["slots"][0]
    assert (slot.name, slot.facts) == ("cv.pdf", "PDF, 1KB, 2 pages. Uploaded on 29 April 2025 at midday.")


@pytest.mark.parametrize(
    ("file", "error"),
    [
        (None, "Select a file"),
        (SimpleUploadedFile("cv.pdf", b""), "The file is empty. Choose the file again."),
        (
            SimpleUploadedFile("cv.pdf", b"MZ not a pdf"),
            "The file must be a PDF, Word (.docx) or OpenDocument (.odt) file. This one seems to be .exe",
        ),
    ],
)
def test_a_refused_upload_says_why_beside_the_question(
    now: None, browser: Client, draft: Application, file: SimpleUploadedFile | None, error: str
) -> None:
    response = browser.post(upload_page(draft), {"document": file} if file else {})

    assert response.context["form"].errors["document"][0].startswith(error)
    assert Document.objects.count() == 0


def test_an_upload_twice_is_one_document(now: None, browser: Client, draft: Application) -> None:
    for _ in range(2):
        browser.post(upload_page(draft), {"document": SimpleUploadedFile("cv.pdf", a_pdf())})

    assert Document.objects.count() == 1


def test_an_upload_after_the_window_is_refused(browser: Client, draft: Application) -> None:
    with clock.at(draft.cohort.applications_close_at):
        response = browser.post(upload_page(draft), {"document": SimpleUploadedFile("cv.pdf", a_pdf())})

    assert (response.status_code, Document.objects.count()) == (409, 0)


def test_a_document_that_is_not_asked_for_is_not_found(now: None, browser: Client, draft: Application) -> None:
    assert browser.get(upload_page(draft, number=2)).status_code == 404


def test_removing_asks_first(now: None, browser: Client, document: Document) -> None:
    asked = browser.get(address(document, "remove/"))
    assert Document.objects.count() == 1

    browser.post(address(document, "remove/"))

    assert "Remove Asha’s CV.pdf?" in asked.text
    assert Document.objects.count() == 0


# --- who may open which


def nobody(document: Document) -> User | None:
    return None


def owner_of_it(document: Document) -> User:
    return document.application.applicant


def another_applicant(document: Document) -> User:
    return ApplicationFactory(cohort=document.application.cohort, submitted=True).applicant


def its_administrator(document: Document) -> User:
    return TeamRoleFactory(administrator=True, programme=document.application.cohort.programme).person


def its_local_lead(document: Document) -> User:
    return TeamRoleFactory(role=Role.LOCAL_LEAD, cohort=document.application.cohort).person


def its_judge(document: Document) -> User:
    return TeamRoleFactory(role=Role.JUDGE, cohort=document.application.cohort).person


def administrator_elsewhere(document: Document) -> User:
    return TeamRoleFactory(administrator=True).person


def portals_owner(document: Document) -> User:
    return UserFactory(is_superuser=True)


@pytest.mark.parametrize("page", ["", "text/"])
@pytest.mark.parametrize(
    ("who", "draft_opens", "sent_opens"),
    [
        (nobody, 302, 302),
        (owner_of_it, 200, 200),
        (another_applicant, 404, 404),
        (its_administrator, 404, 200),
        (its_local_lead, 404, 200),
        (its_judge, 404, 404),
        (administrator_elsewhere, 404, 404),
        (portals_owner, 404, 200),
    ],
)
def test_who_may_open_a_document(
    now: None,
    client: Client,
    document: Document,
    who: Callable[[Document], User | None],
    draft_opens: int,
    sent_opens: int,
    page: str,
) -> None:
    if person := who(document):
        client.force_login(person)

    before = client.get(address(document, page)).status_code
    Application.objects.filter(pk=document.application_id).update(state="submitted", submitted_at=NOW)
    after = client.get(address(document, page)).status_code

    assert (before, after) == (draft_opens, sent_opens)


def test_only_its_owner_may_remove_a_document(now: None, client: Client, document: Document) -> None:
    Application.objects.filter(pk=document.application_id).update(state="submitted", submitted_at=NOW)
    client.force_login(UserFactory(is_superuser=True))

    assert client.post(address(document, "remove/")).status_code == 404
    assert Document.objects.count() == 1


def test_a_pdf_is_shown_in_the_portals_own_pages_alone(now: None, browser: Client, document: Document) -> None:
    response = browser.get(address(document))

    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert {name: response[name] for name in ("Content-Type", "X-Content-Type-Options", "X-Frame-Options")} == {
        "Content-Type": "application/pdf",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
    }
    assert response["Content-Disposition"] == "inline; filename*=utf-8''Asha%E2%80%99s%20CV.pdf"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("kind", "query"), [("docx", ""), ("pdf", "?download=1")])
def test_anything_else_is_sent_to_be_saved_in_a_sandbox(
    now: None, browser: Client, draft: Application, kind: str, query: str
) -> None:
    document = DocumentFactory(application=draft, kind=kind, data=a_docx(), original_name=f"cv.{kind}")

    response = browser.get(address(document, query))

    assert response["Content-Disposition"] == f'attachment; filename="cv.{kind}"'
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


def test_the_words_of_a_docx_are_shown_as_words(now: None, browser: Client, draft: Application) -> None:
    document = DocumentFactory(application=draft, kind="docx", text="I led <b>a</b> project.\n\nIt went well.")

    page = browser.get(address(document, "text/")).text

    assert "I led &lt;b&gt;a&lt;/b&gt; project." in page


def test_the_team_opening_a_document_is_written_down(now: None, client: Client, document: Document) -> None:
    Application.objects.update(state="submitted", submitted_at=NOW)
    administrator = its_administrator(document)
    client.force_login(administrator)

    client.get(address(document))

    event = Event.objects.about(document.application).get(verb="applications.document_opened")
    assert event.actor == administrator
