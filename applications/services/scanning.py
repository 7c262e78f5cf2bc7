"""Viruses: asking the scanner again about documents that it said nothing of as they came."""

import logging
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction

from applications.document_messages import tell_of_virus, tell_supporter
from applications.enums import Scan
from applications.models import Document
from applications.rules.statements import STATEMENT
from applications.services.locking import locked
from nextstep.audit.services import record
from nextstep.storage import scanning
from nextstep.storage.scanning import ScannerFailed
from nextstep.transitions import change_fields, change_state

logger = logging.getLogger(__name__)

_AT_ONCE = 200
_RELATED = (
    "required",
    "application",
    "asked__required",
    "asked__application__applicant",
    "asked__application__cohort__programme",
)


def scan_waiting_documents(now: datetime) -> int:
    """Ask the scanner again about each document that waits, the oldest first; returns how many have their verdict.

    A clean one counts from now on. One with a virus is removed, and its applicant is told why. Where the portal has
    no scanner any more, what waits is let through, as it would be today. Stops at the first failure of the scanner.
    """
    done = 0
    for document in Document.objects.waiting().select_related(*_RELATED).order_by("uploaded_at")[:_AT_ONCE]:
        try:
            found = _ask_again(document)
        except ScannerFailed as failure:
            logger.warning("Documents go on waiting to be scanned: %s", failure)
            break
        if found is not None:
            settle_scan(document=document, found=found)
            done += 1
    return done


def _ask_again(document: Document) -> str | None:
    """What the scanner finds; None where the file was removed meanwhile."""
    if not scanning.is_on():
        return ""
    try:
        with default_storage.open(str(document.file.name)) as file:
            return scanning.scan(file.read())
    except FileNotFoundError:
        return None


@transaction.atomic
def settle_scan(*, document: Document, found: str) -> None:
    """Let a waiting document count, or remove it where a virus was `found`. Nothing where it was replaced meanwhile."""
    application = locked(document.application)
    waiting = Document.objects.waiting().filter(pk=document.pk)
    what = {"document": document.required.label, "number": document.number, "sha256": document.sha256}
    if not found:
        if waiting.update(scan=Scan.CLEAN if scanning.is_on() else Scan.OFF):
            record("applications.document_scanned", application, by=None, after=what)
    elif waiting.delete_with_files():
        change_fields(application, changed_at=application.changed_at)
        record("applications.document_infected", application, by=None, before=what, reason=found[:200])
        if document.asked is None:
            tell_of_virus(application, document)
        else:
            change_state(document.asked, STATEMENT["ask_again"], answered_at=None)
            tell_supporter("infected", document.asked)
