"""Statements that an applicant asks somebody else for: asked, sent, declined, withdrawn.

A supporter has no account: whoever holds the link acts, and the audit says that nobody signed in did it.
"""

import uuid

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from applications.document_messages import tell_asker, tell_supporter
from applications.enums import ApplicationState, StatementState
from applications.intake import taken_in, written_down
from applications.models import Application, Document, StatementRequest
from applications.rules.statements import KIND, MOST_ASKED, STATEMENT
from applications.services.drafting import check_may_change
from applications.services.locking import draft_refusal, locked
from applications.statement_links import digest_of, new_token
from cohorts.models import RequiredDocument
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import CHANGED, record
from nextstep.refusals import Refused
from nextstep.transitions import change_fields, change_state

OVER = "This request has ended, so a statement can no longer be sent."


@transaction.atomic
def ask_for_statement(
    *, application: Application, required: RequiredDocument, number: int, name: str, email: str, relation: str, by: User
) -> StatementRequest:
    """Ask somebody for the `number`th document of the kind `required`, and mail them the link.

    Raises WindowClosed, and Refused where the application is no draft, asks for no such statement, has it or has asked
    for it already, where the address is the applicant's own, or where too many were asked.
    """
    application = locked(application)
    check_may_change(application)
    if required.cohort_id != application.cohort_id or required.kind != KIND or not 1 <= number <= required.number:
        raise Refused("This document cannot be asked for. Upload it yourself.")
    if email.strip().casefold() == application.applicant.email.casefold():
        raise Refused("This is your own email address. Enter the address of the person you ask.")
    if Document.objects.filter(application=application, required=required, number=number).exists():
        raise Refused("This document is there already. Remove it before you ask somebody for it.")
    if StatementRequest.objects.filter(application=application).count() >= MOST_ASKED:
        raise Refused(f"You have asked {MOST_ASKED} times. Email the programme team if you need to ask again.")
    public_id = uuid.uuid4()
    request = StatementRequest(
        public_id=public_id,
        application=application,
        required=required,
        number=number,
        name=name,
        email=email.strip(),
        relation=relation,
        token_digest=digest_of(new_token(public_id)),
        asked_at=clock.now(),
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:
        raise Refused("You have asked somebody for this document already. Withdraw that request first.") from None
    change_fields(application, changed_at=request.asked_at)
    after = {"document": required.label, "number": number, "supporter": CHANGED}
    record("applications.statement_asked", application, by=by, after=after)
    tell_supporter("asked", request)
    return request


def send_statement(
    *, request: StatementRequest, applicant_may_read: bool, text: str = "", name: str = "", data: bytes = b""
) -> Document:
    """Take the statement of a supporter, typed as `text` or as a file, and tell the applicant that it came.

    Raises Refused with the reason: as for an upload, or because the request is answered, withdrawn or over.
    """
    _check_open(request, request.application)
    required, number = request.required, request.number
    if text:
        document = written_down(required=required, number=number, name="Supporting statement", text=text)
    else:
        document = taken_in(required=required, number=number, name=name, data=data)
    try:
        return _keep(request, document, applicant_may_read=applicant_may_read)
    except BaseException:
        default_storage.delete(document.file.name or "")
        raise


@transaction.atomic
def _keep(request: StatementRequest, document: Document, *, applicant_may_read: bool) -> Document:
    application = locked(request.application)
    _check_open(request, application)
    now = clock.now()
    change_state(request, STATEMENT["send"], applicant_may_read=applicant_may_read, answered_at=now)
    document.application, document.asked = application, request
    document.save(force_insert=True)
    change_fields(application, changed_at=now)
    after = {"document": request.required.label, "number": request.number, "sha256": document.sha256}
    record("applications.statement_came", application, by=None, after=after)
    tell_asker("came", request)
    return document


@transaction.atomic
def decline_statement(*, request: StatementRequest) -> None:
    """Say for a supporter that they will not write it, and tell the applicant. Declining again changes nothing.

    Raises Refused where it is answered, withdrawn or over.
    """
    if request.state == StatementState.DECLINED:
        return
    application = locked(request.application)
    _check_open(request, application)
    change_state(request, STATEMENT["decline"], answered_at=clock.now())
    after = {"document": request.required.label, "number": request.number}
    record("applications.statement_declined", application, by=None, after=after)
    tell_asker("declined", request)


@transaction.atomic
def withdraw_statement_request(*, request: StatementRequest, by: User) -> None:
    """Take a request back, with the statement if it came, and tell the supporter. Again, it changes nothing.

    Raises WindowClosed, and Refused where the application is no draft or the supporter has declined.
    """
    application = locked(request.application)
    check_may_change(application)
    request.refresh_from_db(fields=["state", "version"])
    if request.state == StatementState.WITHDRAWN:
        return
    change_state(request, STATEMENT["withdraw"], answered_at=clock.now())
    Document.objects.filter(asked=request).delete_with_files()
    change_fields(application, changed_at=clock.now())
    before = {"document": request.required.label, "number": request.number}
    record("applications.statement_request_withdrawn", application, by=by, before=before)
    tell_supporter("not_needed", request)


def _check_open(request: StatementRequest, application: Application) -> None:
    over = application.state != ApplicationState.DRAFT or draft_refusal(application, clock.now())
    if over or request.state != StatementState.ASKED:
        raise Refused(OVER)
