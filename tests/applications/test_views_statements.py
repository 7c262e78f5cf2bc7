"""The pages of a statement asked of somebody else: the applicant's, and the one page of whoever has the link."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications.models import Document, StatementRequest
from applications.services import send_statement
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.notifications.models import Message
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.applications import ApplicationFactory, DocumentFactory, a_pdf, next_step_cohort
from tests.factories.cohorts import NOW
from tests.factories.statements import StatementRequestFactory, token_of

ASKED = {"name": "Bea Lund", "email": "bea.lund@example.nhs.uk", "relation": "Educational supervisor"}


@pytest.fixture(autouse=True)
def no_rates_yet() -> None:
    cache.clear()


@pytest.fixture
def draft(asha: User, now: None):
    return ApplicationFactory(cohort=next_step_cohort(), applicant=asha)


@pytest.fixture
def asked(draft) -> StatementRequest:
    return StatementRequestFactory(application=draft)


def place(draft) -> list[str]:
    return [draft.cohort.programme.slug, draft.cohort.slug]


def page(browser: Client, name: str, draft) -> str:
    return browser.get(reverse(f"applications:{name}", args=place(draft))).content.decode()


def ask_address(draft, kind: str = "supporting_statement", number: int = 1) -> str:
    required = draft.cohort.required_documents.get(kind=kind)
    return reverse("applications:ask", args=[*place(draft), required.pk, number])


def link(asked: StatementRequest, name: str = "statement") -> str:
    return reverse(f"applications:{name}", args=[token_of(asked)])


# --- the applicant


def test_somebody_is_asked_and_the_documents_say_so(draft, browser: Client) -> None:
    told = browser.post(ask_address(draft), ASKED, follow=True).content.decode()

    assert "We have emailed Bea Lund and asked for the statement." in told
    assert "You asked Bea Lund on 29 April 2025." in told
    assert StatementRequest.objects.get().application == draft
    assert "You asked Bea Lund" in page(browser, "answers", draft)
    assert "0 of 3 uploaded" in page(browser, "tasks", draft)


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [("name", "", "Enter their full name"), ("email", "bea", "email address"), ("relation", "", "Enter")],
)
def test_what_is_missing_is_asked_for(draft, browser: Client, field: str, typed: str, error: str) -> None:
    told = browser.post(ask_address(draft), {**ASKED, field: typed})

    assert told.status_code == 200
    assert error in told.content.decode()
    assert StatementRequest.objects.count() == 0


def test_a_cv_cannot_be_asked_for(draft, browser: Client) -> None:
    assert browser.get(ask_address(draft, kind="cv")).status_code == 404


def test_asking_is_limited(draft, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("applications.views.statements._RATES", {"ask": "1/h/user"})
    browser.post(ask_address(draft), ASKED)

    told = browser.post(ask_address(draft, number=2), ASKED).content.decode()

    assert "You have tried too often." in told
    assert StatementRequest.objects.count() == 1


@pytest.mark.parametrize("allowed", [True, False])
def test_the_applicant_reads_a_statement_only_if_its_writer_allows_it(asked, browser: Client, allowed: bool) -> None:
    document = send_statement(request=asked, text="She leads well.", applicant_may_read=allowed)

    addresses = [reverse(f"applications:{name}", args=[document.public_id]) for name in ("document", "document_text")]
    assert [browser.get(address).status_code for address in addresses] == [200 if allowed else 404] * 2
    told = page(browser, "documents", asked.application)
    assert (addresses[1] in told) == allowed
    assert ("Bea Lund sent it in confidence" in told) != allowed
    assert "She leads well." not in told + page(browser, "answers", asked.application)


def test_a_statement_that_came_cannot_be_removed_but_with_its_request(asked, browser: Client) -> None:
    document = send_statement(request=asked, text="She leads well.", applicant_may_read=True)

    assert browser.post(reverse("applications:remove_document", args=[document.public_id])).status_code == 404
    browser.post(reverse("applications:withdraw_request", args=[asked.public_id]))

    assert Document.objects.count() == 0


def test_the_sent_application_names_the_statement_without_an_address(asked, browser: Client) -> None:
    document = send_statement(request=asked, text="She leads well.", applicant_may_read=False)
    application = asked.application
    application.refresh_from_db()
    application.state, application.submitted_at = "submitted", NOW
    application.save()
    application.submissions.create(answers=[], verdicts=[], rules=[], documents=[], declaration="")

    told = browser.get(reverse("applications:application", args=[application.public_id])).content.decode()

    assert "Supporting statement.txt, sent in confidence" in told
    assert str(document.public_id) not in told


def test_the_team_reads_it_and_sees_who_wrote_it(asked, client: Client) -> None:
    document = send_statement(request=asked, text="She leads well.", applicant_may_read=False)
    application = asked.application
    application.refresh_from_db()
    application.state, application.submitted_at = "submitted", NOW
    application.save()
    client.force_login(OwnerFactory())

    read = client.get(reverse("applications:document_text", args=[document.public_id]))

    assert "She leads well." in read.content.decode()


def test_somebody_elses_request_is_not_found(asked, client: Client) -> None:
    client.force_login(UserFactory())

    assert client.post(reverse("applications:withdraw_request", args=[asked.public_id])).status_code == 404


# --- whoever has the link


def test_opening_the_link_changes_nothing(asked, client: Client) -> None:
    before = StatementRequest.objects.values().get()

    opened = client.get(link(asked))

    told = opened.content.decode()
    assert "Supporting statement for Asha Rao" in told
    assert "cannot read it unless you allow" in told
    assert "11:59pm on 2 June 2025" in told
    assert (opened["Cache-Control"], opened["X-Robots-Tag"]) == ("private, no-store", "noindex")
    client.get(link(asked, "decline_request"))
    assert StatementRequest.objects.values().get() == before
    assert (Document.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize("token", ["0" * 64, "gone", "x"])
def test_an_unknown_link_is_not_found(asked, client: Client, token: str) -> None:
    assert client.get(reverse("applications:statement", args=[token])).status_code == 404


def test_the_digest_in_the_database_opens_nothing(asked, client: Client) -> None:
    assert client.get(reverse("applications:statement", args=[asked.token_digest])).status_code == 404


def test_a_typed_statement_is_sent_once(asked, client: Client) -> None:
    for _ in range(2):
        told = client.post(link(asked), {"text": "She leads well."}, follow=True).content.decode()
        assert "Statement sent" in told
        assert "Asha Rao cannot read it." in told

    assert Document.objects.get().text == "She leads well."
    assert Message.objects.count() == 1


def test_a_file_is_sent_and_may_be_shown(asked, client: Client) -> None:
    file = SimpleUploadedFile("../letter.pdf", a_pdf())

    told = client.post(link(asked), {"document": file, "applicant_may_read": "on"}, follow=True).content.decode()

    assert "You allow Asha Rao to read it." in told
    assert Document.objects.get().original_name == "letter.pdf"


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({}, "Write your statement, or choose a file"),
        ({"text": " \n "}, "Write your statement, or choose a file"),
        ({"text": "word " * 1_501}, "1500 words"),
        ({"text": "Words.", "document": b"%PDF-"}, "Either write your statement or choose a file, not both"),
        ({"document": b"MZ"}, "must be a PDF, Word"),
        ({"document": b""}, "The file is empty"),
    ],
)
def test_what_cannot_be_taken_is_said(asked, client: Client, sent: dict, error: str) -> None:
    if "document" in sent:
        sent = {**sent, "document": SimpleUploadedFile("x.pdf", sent["document"])}

    told = client.post(link(asked), sent).content.decode()

    assert error in told
    assert Document.objects.count() == 0


def test_declining_is_confirmed_by_a_post(asked, client: Client) -> None:
    told = client.post(link(asked, "decline_request"), follow=True).content.decode()

    assert "You have declined" in told
    assert StatementRequest.objects.get().state == "declined"


@pytest.mark.parametrize("what", ["closed", "submitted", "withdrawn"])
def test_a_link_ends_with_the_window_the_application_and_the_request(asked, client: Client, what: str) -> None:
    moment = asked.application.cohort.applications_close_at if what == "closed" else NOW
    if what == "submitted":
        asked.application.state, asked.application.submitted_at = "submitted", NOW
        asked.application.save()
    if what == "withdrawn":
        StatementRequest.objects.update(state="withdrawn")

    with clock.at(moment):
        answers = [
            client.get(link(asked)),
            client.post(link(asked), {"text": "x"}),
            client.get(link(asked, "decline_request")),
        ]

    assert ["This request has ended" in answer.content.decode() for answer in answers] == [True] * 3
    assert Document.objects.count() == 0


def test_sending_is_limited(asked, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("applications.views.statements._RATES", {"send": "1/h/key"})
    client.post(link(asked), {"document": SimpleUploadedFile("x.pdf", b"MZ")})

    told = client.post(link(asked), {"text": "She leads well."}).content.decode()

    assert "You have tried too often." in told
    assert Document.objects.count() == 0


def test_an_uploaded_place_is_not_offered_to_be_asked_for(draft, browser: Client) -> None:
    required = draft.cohort.required_documents.get(kind="supporting_statement")
    for number in (1, 2):
        DocumentFactory(application=draft, required=required, number=number)

    assert "Ask somebody to write it" not in page(browser, "documents", draft)
