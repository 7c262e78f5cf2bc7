"""The virus scanner: asked over a real socket; while it fails, a document waits and counts as not there."""

import socket
import socketserver
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from applications.models import Document
from applications.services import Incomplete, scan_waiting_documents, submit_application, upload_document
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from nextstep.settings.kinds import SCANNER
from nextstep.storage import scanning
from nextstep.storage.scanning import ScannerFailed, scan
from tests.factories.applications import ApplicationFactory, a_docx, a_pdf, a_zip, next_step_cohort, with_documents
from tests.factories.cohorts import NOW
from tests.factories.scanner import EICAR, Clamd, handler_of, running


@pytest.fixture
def clamd(settings: Settings) -> Iterator[Clamd]:
    made = Clamd()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler_of(made)) as server:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        with running(server):
            yield made


@pytest.fixture
def nobody_there(settings: Settings) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.CLAMD_URL = f"tcp://127.0.0.1:{unused.getsockname()[1]}"


# --- the protocol


def test_a_file_goes_in_pieces_and_arrives_whole(clamd: Clamd) -> None:
    data = bytes(range(256)) * 1_000

    assert scan(data) == ""
    assert clamd.received == data
    assert [len(piece) for piece in clamd.pieces] == [65_536, 65_536, 65_536, 59_392]


def test_an_empty_file_is_asked_about_too(clamd: Clamd) -> None:
    assert scan(b"") == ""


def test_what_is_found_is_named(clamd: Clamd) -> None:
    assert scan(b"before" + EICAR) == "Eicar-Test-Signature"


def test_a_socket_that_is_a_file_does_as_well(settings: Settings, tmp_path: Path) -> None:
    clamd, path = Clamd(), tmp_path / "c.ctl"
    settings.CLAMD_URL = f"unix://{path}"
    with socketserver.ThreadingUnixStreamServer(str(path), handler_of(clamd)) as server, running(server):
        assert scan(EICAR) == "Eicar-Test-Signature"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: OK, but not quite\0",
        b"OK\0",
        b"UNKNOWN COMMAND\0",
        b"stream: Can't allocate memory ERROR\0",
        b"x" * 10_000,
    ],
)
def test_an_answer_without_a_verdict_is_a_failure(clamd: Clamd, answer: bytes) -> None:
    clamd.answer = answer

    with pytest.raises(ScannerFailed):
        scan(b"data")


def test_a_file_beyond_the_scanners_limit_is_a_failure(clamd: Clamd) -> None:
    clamd.most = 100_000

    with pytest.raises(ScannerFailed):
        scan(b"0" * 10_000_000)


def test_a_scanner_that_never_answers_is_a_failure(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "_ANSWER_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(ScannerFailed):
            scan(b"data")


@pytest.mark.parametrize("address", ["", "unix:///nowhere/clamd.ctl"])
def test_a_scanner_that_is_not_there_is_a_failure(settings: Settings, nobody_there: None, address: str) -> None:
    settings.CLAMD_URL = address or settings.CLAMD_URL

    with pytest.raises(ScannerFailed):
        scan(b"data")


@pytest.mark.parametrize("written", ["tcp://127.0.0.1:3310", "tcp://scanner", "unix:///run/clamav/clamd.ctl"])
def test_an_address_of_a_scanner_is_read(written: str) -> None:
    assert SCANNER.read(written) == written


@pytest.mark.parametrize("written", ["127.0.0.1:3310", "http://scanner", "tcp://", "unix://", "tcp://scanner:none"])
def test_what_is_no_address_of_a_scanner_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="such as tcp://"):
        SCANNER.read(written)


# --- documents


@pytest.fixture
def draft(db: None, now: None):
    return ApplicationFactory(cohort=next_step_cohort())


def upload(draft, data: bytes | None = None) -> Document:
    return upload_document(
        application=draft,
        required=draft.cohort.required_documents.get(kind="cv"),
        number=1,
        name="cv.pdf",
        data=a_pdf() if data is None else data,
        by=draft.applicant,
    )


def infected() -> bytes:
    return a_zip({"word/media/note.txt": EICAR}, a_docx())


def with_eicar_seen(clamd: Clamd) -> None:
    """The scanner unpacks what it is sent, as clamd does."""
    clamd.answer = b"stream: Eicar-Test-Signature FOUND\0"


def test_without_a_scanner_a_document_counts_and_says_that_it_was_not_scanned(draft) -> None:
    assert upload(draft).scan == "off"


def test_a_clean_document_counts(draft, clamd: Clamd) -> None:
    assert upload(draft).scan == "clean"


def test_an_infected_document_is_not_kept(draft, clamd: Clamd) -> None:
    with_eicar_seen(clamd)

    with pytest.raises(Refused, match="found a virus in this file"):
        upload(draft, infected())

    assert Document.objects.count() == 0


def test_while_the_scanner_fails_a_document_waits(draft, nobody_there: None) -> None:
    assert upload(draft).scan == "waiting"


def test_a_waiting_document_does_not_make_an_application_whole(draft) -> None:
    with_documents(draft)
    Document.objects.filter(number=2).update(scan="waiting")

    with pytest.raises(Incomplete):
        submit_application(application=draft, by=draft.applicant, declared=True)


def test_a_waiting_document_counts_once_the_scanner_answers(draft, clamd: Clamd) -> None:
    clamd.answer = b"gone"
    document = upload(draft)
    scan_waiting_documents(NOW)
    document.refresh_from_db()
    assert document.scan == "waiting"
    clamd.answer = None

    assert [scan_waiting_documents(NOW) for _ in range(2)] == [1, 0]

    document.refresh_from_db()
    assert document.scan == "clean"
    assert clamd.received == a_pdf()
    assert Event.objects.filter(verb="applications.document_scanned", actor=None).count() == 1


def test_a_waiting_document_with_a_virus_is_removed_and_its_owner_told(
    draft, clamd: Clamd, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    clamd.answer = b"gone"
    document = upload(draft)
    with_eicar_seen(clamd)

    with django_capture_on_commit_callbacks(execute=True):
        done = [scan_waiting_documents(NOW) for _ in range(2)]

    assert done == [1, 0]
    assert Document.objects.count() == 0
    assert not default_storage.exists(document.file.name)
    message = Message.objects.get(code="applications.document_infected")
    assert message.person == draft.applicant
    assert "Up-to-date CV" in message.text
    assert Event.objects.get(verb="applications.document_infected").reason == "Eicar-Test-Signature"


def test_one_failure_ends_the_round(draft, clamd: Clamd, caplog: pytest.LogCaptureFixture) -> None:
    with_documents(draft)
    Document.objects.update(scan="waiting")
    clamd.answer = b"gone"

    assert scan_waiting_documents(NOW) == 0
    assert len(caplog.records) == 1


def test_where_the_scanner_was_taken_away_what_waits_is_let_through(draft) -> None:
    with_documents(draft)
    Document.objects.update(scan="waiting")

    assert scan_waiting_documents(NOW) == 3
    assert set(Document.objects.values_list("scan", flat=True)) == {"off"}


def test_a_document_whose_file_is_gone_goes_on_waiting(draft, clamd: Clamd) -> None:
    clamd.answer = b"gone"
    default_storage.delete(upload(draft).file.name)
    clamd.answer = None

    assert scan_waiting_documents(NOW) == 0


# --- pages


@pytest.fixture
def own_draft(asha, now: None):
    return ApplicationFactory(cohort=next_step_cohort(), applicant=asha)


def place(draft) -> list[str]:
    return [draft.cohort.programme.slug, draft.cohort.slug]


def test_the_applicant_is_told_that_they_need_not_upload_again(own_draft, browser: Client, nobody_there: None) -> None:
    cv = own_draft.cohort.required_documents.get(kind="cv")
    address = reverse("applications:upload", args=[*place(own_draft), cv.pk, 1])

    page = browser.post(address, {"document": SimpleUploadedFile("cv.pdf", a_pdf())}, follow=True).content.decode()

    assert "We could not check this file yet." in page
    assert "you do not need to upload it again" in page
    assert "Not checked yet" in page
    assert Document.objects.get().scan == "waiting"
    assert "0 of 3 uploaded" in browser.get(reverse("applications:tasks", args=place(own_draft))).content.decode()
    answers = browser.get(reverse("applications:answers", args=place(own_draft))).content.decode()
    assert "Wait until we have checked “cv.pdf”" in answers


def test_nobody_opens_a_waiting_document_and_its_owner_can_remove_it(
    own_draft, browser: Client, nobody_there: None
) -> None:
    document = upload(own_draft)

    assert browser.get(reverse("applications:document", args=[document.public_id])).status_code == 404
    assert browser.get(reverse("applications:document_text", args=[document.public_id])).status_code == 404
    assert browser.post(reverse("applications:remove_document", args=[document.public_id])).status_code == 302
    assert Document.objects.count() == 0
