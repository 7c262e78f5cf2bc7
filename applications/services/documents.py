"""Documents: checked, kept privately, replaceable until submission."""

import hashlib

from django.core.files.storage import default_storage
from django.db import transaction

from applications.enums import StatementState
from applications.intake import taken_in
from applications.models import Application, Document, StatementRequest
from applications.rules.files import safe_name
from applications.services.drafting import check_may_change
from applications.services.locking import locked
from cohorts.models import RequiredDocument
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from nextstep.transitions import change_fields


def upload_document(
    *, application: Application, required: RequiredDocument, number: int, name: str, data: bytes, by: User
) -> Document:
    """Check and keep a file as the `number`th document of the kind `required`, in place of the one that was there.

    The same file once more changes nothing.
    Where the scanner does not answer, the document is kept and waits: see `scan_waiting_documents`.
    Raises Refused with the reason: not a PDF, DOCX or ODT by its content, over 10 MB, empty, locked, damaged, with
    scripts, macros, files or a virus inside; or because the application is no draft in an open window.
    """
    check_may_change(application)
    if required.cohort_id != application.cohort_id or not 1 <= number <= required.number:
        raise Refused("This application does not ask for that document.")
    there = Document.objects.filter(application=application, required=required, number=number).first()
    sha256 = hashlib.sha256(data).hexdigest()
    if there is not None and there.sha256 == sha256 and there.original_name == safe_name(name, there.kind):
        return there
    document = taken_in(required=required, number=number, name=name, data=data)
    try:
        return _keep(application, document, by)
    except BaseException:
        default_storage.delete(document.file.name or "")
        raise


@transaction.atomic
def _keep(application: Application, document: Document, by: User) -> Document:
    application = locked(application)
    check_may_change(application)
    _check_not_asked(application, document)
    there = Document.objects.filter(application=application, required=document.required, number=document.number)
    there.delete_with_files()
    document.application = application
    document.save(force_insert=True)
    change_fields(application, changed_at=document.uploaded_at)
    record(
        "applications.document_uploaded",
        application,
        by=by,
        after={"document": document.required.label, "number": document.number, "sha256": document.sha256},
    )
    return document


def _check_not_asked(application: Application, document: Document) -> None:
    asked = StatementRequest.objects.filter(
        application=application,
        required=document.required,
        number=document.number,
        state__in=(StatementState.ASKED, StatementState.CAME),
    )
    if asked.exists():
        raise Refused("You have asked somebody for this document. Withdraw the request before you upload it yourself.")


@transaction.atomic
def remove_document(*, document: Document, by: User) -> None:
    """Take a document away from a draft. Raises Refused where the application is no draft in an open window."""
    application = locked(document.application)
    check_may_change(application)
    if not Document.objects.filter(pk=document.pk).delete_with_files():
        return
    change_fields(application, changed_at=clock.now())
    record(
        "applications.document_removed",
        application,
        by=by,
        before={"document": document.required.label, "number": document.number},
    )


@transaction.atomic
def record_document_opened(*, document: Document, by: User) -> None:
    """Write down that somebody other than its owner opened a document."""
    if by.pk != document.application.applicant_id:
        after = {"document": str(document.public_id)}
        record("applications.document_opened", document.application, by=by, after=after)


@transaction.atomic
def record_copy_opened(*, application: Application, by: User) -> None:
    """Write down that somebody other than the applicant opened the copy of what was sent."""
    if by.pk != application.applicant_id:
        record("applications.copy_opened", application, by=by)
