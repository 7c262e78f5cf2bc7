"""Statements asked of others: asked, sent, declined, withdrawn; who is told, and what is kept of the link."""

import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.template.loader import get_template
from pytest_django import DjangoCaptureOnCommitCallbacks

from applications.document_messages import TYPES
from applications.models import Document, StatementRequest
from applications.rules.statements import MOST_ASKED, STATEMENT
from applications.services import (
    Incomplete,
    WindowClosed,
    ask_for_statement,
    decline_statement,
    scan_waiting_documents,
    send_statement,
    submit_application,
    upload_document,
    withdraw_statement_request,
)
from applications.statement_links import link_to
from nextstep import clock
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.notifications.services import queue_due_reminders
from nextstep.refusals import Refused
from tests.factories.applications import ApplicationFactory, DocumentFactory, a_pdf, next_step_cohort
from tests.factories.cohorts import NOW
from tests.factories.statements import StatementRequestFactory, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(now: None):
    return ApplicationFactory(cohort=next_step_cohort(), applicant__full_name="Asha Rao")


def ask(draft, *, number: int = 1, email: str = "bea.lund@example.nhs.uk", kind: str = "supporting_statement"):
    return ask_for_statement(
        application=draft,
        required=draft.cohort.required_documents.get(kind=kind),
        number=number,
        name="Bea Lund",
        email=email,
        relation="Educational supervisor",
        by=draft.applicant,
    )


def send(request, **parts):
    return send_statement(request=request, **{"text": "She leads well.", "applicant_may_read": False, **parts})


def mails() -> list[tuple[str, str]]:
    sent = Message.objects.filter(code__startswith="applications.statement").order_by("pk")
    return [(message.code.removeprefix("applications.statement_"), message.address) for message in sent]


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_a_supporter_is_mailed_a_link_that_the_database_does_not_hold(draft) -> None:
    request = ask(draft)

    message = Message.objects.get(code="applications.statement_asked")
    assert message.address == "bea.lund@example.nhs.uk"
    assert message.subject == "Asha Rao asks you for a supporting statement"
    token = re.search(r"/statement/([0-9a-f]{64})/", message.text)
    assert token
    assert token[1] == token_of(request)
    kept = StatementRequest.objects.values().get()
    assert token[1] not in map(str, kept.values())


def test_the_audit_tells_nothing_of_the_supporter(draft) -> None:
    ask(draft)

    event = Event.objects.get()
    assert event.after == {"document": "Supporting statement", "number": 1, "supporter": "changed"}
    assert "Lund" not in f"{event.object_label}{event.after}{event.reason}"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"kind": "cv"}, "cannot be asked for"),
        ({"number": 0}, "cannot be asked for"),
        ({"number": 3}, "cannot be asked for"),
        ({"email": "asha.rao@example.nhs.uk"}, "your own email address"),
        ({"email": " Asha.Rao@Example.nhs.uk "}, "your own email address"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(draft, parts, reason) -> None:
    draft.applicant.email = "asha.rao@example.nhs.uk"
    draft.applicant.save()

    with pytest.raises(Refused, match=reason):
        ask(draft, **parts)

    assert mails() == []


def test_a_document_is_asked_for_once(draft) -> None:
    ask(draft)

    with pytest.raises(Refused, match="Withdraw that request first"):
        ask(draft, email="cai.orme@example.nhs.uk")


def test_what_is_uploaded_is_not_asked_for(draft) -> None:
    DocumentFactory(application=draft, required=draft.cohort.required_documents.get(kind="supporting_statement"))

    with pytest.raises(Refused, match="is there already"):
        ask(draft)


def test_what_is_asked_for_is_not_uploaded(draft) -> None:
    request = ask(draft)

    with pytest.raises(Refused, match="Withdraw the request before"):
        upload_document(
            application=draft, required=request.required, number=1, name="x.pdf", data=a_pdf(), by=draft.applicant
        )

    assert Document.objects.count() == 0


def test_nobody_asks_without_end(draft) -> None:
    for number in range(MOST_ASKED):
        withdraw_statement_request(request=ask(draft, email=f"p{number}@example.nhs.uk"), by=draft.applicant)

    with pytest.raises(Refused, match="You have asked 8 times"):
        ask(draft)


def test_nothing_is_asked_after_the_window(draft) -> None:
    with clock.at(draft.cohort.applications_close_at), pytest.raises(WindowClosed):
        ask(draft)


# --- sending


def test_a_typed_statement_fills_its_place_and_the_applicant_is_told(draft) -> None:
    document = send(ask(draft))

    assert (document.kind, document.text, document.original_name) == (
        "txt",
        "She leads well.",
        "Supporting statement.txt",
    )
    assert document.file.read() == b"She leads well."
    assert mails() == [("asked", "bea.lund@example.nhs.uk"), ("came", draft.applicant.email)]
    assert "You cannot read it" in Message.objects.get(code="applications.statement_came").text
    assert Event.objects.get(verb="applications.statement_came").actor is None


def test_a_file_is_checked_as_every_document(draft) -> None:
    request = ask(draft)
    with pytest.raises(Refused, match="must be a PDF, Word"):
        send(request, text="", name="x.pdf", data=b"MZ" + b"\0" * 100)

    document = send(request, text="", name="letter.pdf", data=a_pdf(pages=2))

    assert (document.kind, document.pages) == ("pdf", 2)


def test_a_statement_is_sent_once(draft) -> None:
    request = ask(draft)
    again = StatementRequest.objects.select_related("application__cohort__programme").get()
    send(request)

    with pytest.raises(Refused):
        send(again)

    assert Document.objects.count() == 1
    assert len(mails()) == 2


def test_a_failed_statement_leaves_no_file_behind(draft, monkeypatch: pytest.MonkeyPatch) -> None:
    request = ask(draft)
    saved: list[str] = []
    monkeypatch.setattr(
        "applications.services.statements._keep",
        lambda _request, document, **_: saved.append(document.file.name) or 1 / 0,
    )

    with pytest.raises(ZeroDivisionError):
        send(request)

    assert [default_storage.exists(name) for name in saved] == [False]


@pytest.mark.parametrize("over", ["closed", "submitted"])
def test_a_statement_that_comes_too_late_is_refused(draft, over: str) -> None:
    request = ask(draft)
    moment = NOW
    if over == "closed":
        moment = draft.cohort.applications_close_at
    else:
        request.application.state, request.application.submitted_at = "submitted", NOW
        request.application.save()

    with clock.at(moment):
        with pytest.raises(Refused, match="This request has ended"):
            send(request)
        with pytest.raises(Refused, match="This request has ended"):
            decline_statement(request=request)

    assert Document.objects.count() == 0


def test_a_statement_counts_when_the_application_is_sent(draft) -> None:
    cv, statement = draft.cohort.required_documents.all()
    DocumentFactory(application=draft, required=cv)
    DocumentFactory(application=draft, required=statement, number=2)
    request = ask(draft)
    with pytest.raises(Incomplete):
        submit_application(application=draft, by=draft.applicant, declared=True)
    send(request)

    submission = submit_application(application=draft, by=draft.applicant, declared=True)

    assert [each["name"] for each in submission.documents] == ["cv.pdf", "Supporting statement.txt", "cv.pdf"]


# --- declining and withdrawing


def test_declining_tells_the_applicant_once_and_somebody_else_can_be_asked(draft) -> None:
    request = ask(draft)

    for _ in range(2):
        decline_statement(request=request)
    ask(draft, email="cai.orme@example.nhs.uk")

    assert mails() == [
        ("asked", "bea.lund@example.nhs.uk"),
        ("declined", draft.applicant.email),
        ("asked", "cai.orme@example.nhs.uk"),
    ]


def test_withdrawing_tells_the_supporter_once_and_deletes_what_came(
    draft, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    request = ask(draft)
    document = send(request)

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            withdraw_statement_request(request=request, by=draft.applicant)

    assert Document.objects.count() == 0
    assert not default_storage.exists(document.file.name)
    assert mails()[2:] == [("not_needed", "bea.lund@example.nhs.uk")]
    assert verbs()[-1] == "applications.statement_request_withdrawn"


def test_nothing_is_withdrawn_once_the_application_is_sent(draft) -> None:
    request = ask(draft)
    draft.refresh_from_db()
    draft.state, draft.submitted_at = "submitted", NOW
    draft.save()

    with pytest.raises(Refused, match="You have sent this application"):
        withdraw_statement_request(request=request, by=draft.applicant)


def test_an_infected_statement_is_asked_for_again(draft, settings) -> None:
    request = ask(draft)
    document = send(request, text="", name="x.pdf", data=a_pdf())
    Document.objects.update(scan="waiting")
    from applications.services import settle_scan

    settle_scan(document=document, found="Eicar")

    request.refresh_from_db()
    assert (request.state, request.answered_at) == ("asked", None)
    assert Document.objects.count() == 0
    assert mails()[2:] == [("infected", "bea.lund@example.nhs.uk")]
    assert scan_waiting_documents(NOW) == 0


# --- reminders and links


def test_whoever_has_not_answered_is_reminded_a_week_and_two_days_before_the_end() -> None:
    waiting = StatementRequestFactory()
    StatementRequestFactory(application=waiting.application, number=2, state="declined")
    StatementRequestFactory(application__submitted=True, application__cohort=waiting.application.cohort)
    closes = waiting.application.cohort.applications_close_at

    queued = []
    for before in (timedelta(days=8), timedelta(days=7), timedelta(days=2), timedelta(hours=1), timedelta(0)):
        with clock.at(closes - before):
            for _ in range(2):
                queue_due_reminders(closes - before)
        queued.append(mails())

    address = "bea.lund@example.nhs.uk"
    week, days = ("due_in_7_days", address), ("due_in_2_days", address)
    assert queued == [[], [week], [week, days], [week, days], [week, days]]
    assert token_of(waiting) in Message.objects.get(code="applications.statement_due_in_2_days").text


def test_a_link_outlives_a_change_of_the_secret_key(settings) -> None:
    request = StatementRequestFactory()
    link = link_to(request.public_id, request.token_digest)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10

    assert link_to(request.public_id, request.token_digest) == link


@pytest.mark.parametrize("message_type", TYPES, ids=lambda one: one.code)
def test_every_message_has_its_words(message_type) -> None:
    assert get_template(message_type.template)


@pytest.mark.parametrize(
    ("verb", "states"),
    [
        ("send", {"asked"}),
        ("decline", {"asked"}),
        ("ask_again", {"came"}),
        ("withdraw", {"asked", "came"}),
    ],
)
def test_what_may_become_of_a_request(verb: str, states: set[str]) -> None:
    assert {state for state in ("asked", "came", "declined", "withdrawn") if STATEMENT[verb].allows(state)} == states
