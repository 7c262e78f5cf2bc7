"""Uploading, replacing and removing documents."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from applications.models import Document
from applications.services import WindowClosed, record_document_opened, remove_document, upload_document
from nextstep import clock
from nextstep.audit.models import Event
from nextstep.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, DocumentFactory, a_docx, a_pdf, next_step_cohort
from tests.factories.cohorts import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return ApplicationFactory(cohort=next_step_cohort())


def upload(draft, data: bytes, *, number: int = 1, kind: str = "cv", name: str = "cv.pdf") -> Document:
    required = draft.cohort.required_documents.get(kind=kind)
    return upload_document(
        application=draft, required=required, number=number, name=name, data=data, by=draft.applicant
    )


def test_a_document_is_kept_under_a_key_that_tells_nothing(now: None, draft) -> None:
    data = a_pdf(pages=2)

    document = upload(draft, data, name="Asha Rao CV.pdf")

    document.refresh_from_db()
    assert (document.original_name, document.kind, document.pages, document.size) == (
        "Asha Rao CV.pdf",
        "pdf",
        2,
        len(data),
    )
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert "Asha" not in document.file.name
    assert document.file.name.startswith("applications/documents/")
    assert document.file.read() == data


def test_the_words_of_a_docx_are_kept_to_be_read(now: None, draft) -> None:
    assert upload(draft, a_docx("I led a project."), name="cv").text == "I led a project."


def test_a_new_file_takes_the_place_of_the_old(
    now: None, draft, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    old = upload(draft, a_pdf())

    with django_capture_on_commit_callbacks(execute=True):
        new = upload(draft, a_pdf(pages=2))

    assert list(Document.objects.all()) == [new]
    assert new.public_id != old.public_id
    assert default_storage.exists(new.file.name)
    assert not default_storage.exists(old.file.name)


def test_several_of_a_kind_stand_side_by_side(now: None, draft) -> None:
    for number in (1, 2):
        upload(draft, a_pdf(), kind="supporting_statement", number=number)

    assert sorted(Document.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize(("kind", "number"), [("cv", 0), ("cv", 2), ("supporting_statement", 3)])
def test_what_is_not_asked_for_is_not_taken(now: None, draft, kind: str, number: int) -> None:
    with pytest.raises(Refused, match="does not ask for that document"):
        upload(draft, a_pdf(), kind=kind, number=number)


def test_a_document_of_another_cohort_is_not_taken(now: None, draft) -> None:
    elsewhere = next_step_cohort().required_documents.get(kind="cv")

    with pytest.raises(Refused, match="does not ask for that document"):
        upload_document(application=draft, required=elsewhere, number=1, name="cv", data=a_pdf(), by=draft.applicant)


def test_a_refused_file_leaves_the_old_one(now: None, draft) -> None:
    kept = upload(draft, a_pdf())

    with pytest.raises(Refused, match="must be a PDF, Word"):
        upload(draft, b"MZ executable")

    assert list(Document.objects.all()) == [kept]


def test_a_file_of_a_failed_upload_is_not_left_behind(now: None, draft, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[str] = []
    monkeypatch.setattr(
        "applications.services.documents._keep",
        lambda _application, document, _by: saved.append(document.file.name) or 1 / 0,
    )

    with pytest.raises(ZeroDivisionError):
        upload(draft, a_pdf())

    assert [default_storage.exists(name) for name in saved] == [False]


def test_nothing_is_uploaded_after_the_window(draft) -> None:
    with clock.at(draft.cohort.applications_close_at), pytest.raises(WindowClosed):
        upload(draft, a_pdf())


def test_nothing_is_uploaded_to_what_was_sent(now: None, draft) -> None:
    draft.state, draft.submitted_at = "submitted", NOW
    draft.save()

    with pytest.raises(Refused, match="You have sent this application"):
        upload(draft, a_pdf())


def test_a_removed_document_is_gone_with_its_file(
    now: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    document = DocumentFactory(application=ApplicationFactory(cohort=next_step_cohort()))

    with django_capture_on_commit_callbacks(execute=True):
        remove_document(document=document, by=document.application.applicant)

    assert Document.objects.count() == 0
    assert not default_storage.exists(document.file.name)


def test_opening_is_written_down_for_others_and_not_for_the_owner(now: None) -> None:
    document = DocumentFactory(application=ApplicationFactory(cohort=next_step_cohort()))
    ada = UserFactory()

    record_document_opened(document=document, by=document.application.applicant)
    record_document_opened(document=document, by=ada)

    event = Event.objects.get(verb="applications.document_opened")
    assert (event.actor, event.after) == (ada, {"document": str(document.public_id)})
