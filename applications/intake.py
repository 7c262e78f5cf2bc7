"""How a file comes in: read, scanned and stored, before the transaction that makes it a document."""

import hashlib
import logging

from django.core.files.base import ContentFile

from applications.enums import DocumentType, Scan
from applications.models import Document
from applications.rules.files import FileRefused, inspect, safe_name
from cohorts.models import RequiredDocument
from nextstep import clock
from nextstep.refusals import Refused
from nextstep.storage import scanning
from nextstep.storage.scanning import ScannerFailed

logger = logging.getLogger(__name__)

VIRUS = "Our scanner found a virus in this file, so we did not keep it. Check your computer, then send a new file."


def taken_in(*, required: RequiredDocument, number: int, name: str, data: bytes) -> Document:
    """Check a file and store it; the row is the caller's to save, or the file the caller's to delete.

    Raises Refused with the reason.
    """
    try:
        found = inspect(data)
        scan = _scan(data)
    except FileRefused as refusal:
        raise Refused(str(refusal)) from None
    document = Document(
        required=required,
        number=number,
        original_name=safe_name(name, found.kind),
        kind=found.kind,
        size=len(data),
        pages=found.pages,
        sha256=hashlib.sha256(data).hexdigest(),
        text=found.text,
        uploaded_at=clock.now(),
        scan=scan,
    )
    document.file.save("document", ContentFile(data), save=False)
    return document


def written_down(*, required: RequiredDocument, number: int, name: str, text: str) -> Document:
    """Store words that were typed on a page, as `taken_in` stores a file."""
    data = text.encode()
    document = Document(
        required=required,
        number=number,
        original_name=safe_name(name, DocumentType.TXT),
        kind=DocumentType.TXT,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        uploaded_at=clock.now(),
    )
    document.file.save("document", ContentFile(data), save=False)
    return document


def _scan(data: bytes) -> Scan:
    """What is known of a file that comes in: waiting where the scanner fails. Raises FileRefused for a virus."""
    if not scanning.is_on():
        return Scan.OFF
    try:
        found = scanning.scan(data)
    except ScannerFailed as failure:
        logger.warning("A document waits to be scanned: %s", failure)
        return Scan.WAITING
    if found:
        raise FileRefused(VIRUS)
    return Scan.CLEAN
