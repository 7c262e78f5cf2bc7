"""PDF files: every object is read, also of earlier versions, and none may run or carry anything."""

import io
import re
import time
import zlib

from pypdf import PasswordType, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError, PyPdfError

from applications.rules.files.outcome import TWO_KINDS, FileRefused, Inspected
from applications.rules.files.pdf_dangers import PACKED_TOO_WELL, refuse_danger
from applications.rules.files.pdf_objects import OBJECT, reachable, written

MOST_PAGES = 50
_MOST_OBJECTS = 50_000
_MOST_UNPACKED = 300 * 1024 * 1024
_MOST_SECONDS = 15
_PIECE = 64 * 1024
_AGAIN = "Print it to a new PDF and send that."
_DAMAGED = "We could not read this PDF to its end: it may be damaged. Open it, save it as a PDF again and send that."
_TOO_COMPLEX = f"This PDF is too complex for us to check. {_AGAIN}"
_PASSWORD = "This PDF has a password. Save it without a password and send that."  # noqa: S105 - a sentence
_RESTRICTED = f"This PDF is locked against changes, so we cannot check it. {_AGAIN}"
_MARKUP = re.compile(rb"<(?:!doctype|html|script|body|svg|iframe|\?php)", re.IGNORECASE)
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


def read(data: bytes) -> Inspected:
    """Count the pages of a PDF. Raises FileRefused where it is locked, damaged, empty, active or carries files."""
    _refuse_second_kind(data)
    if sum(1 for _ in OBJECT.finditer(data)) > _MOST_OBJECTS:
        raise FileRefused(_TOO_COMPLEX)
    _weigh(data)
    try:
        with apply_configuration(page_tree_maximum_entries=5_000, page_tree_maximum_page_entries=200_000):
            pages = _pages(data)
    except FileRefused:
        raise
    except LimitReachedError as error:
        raise FileRefused(_TOO_COMPLEX) from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        # What pypdf raises on a broken file depends on where it is broken.
        raise FileRefused(_DAMAGED) from error
    if not pages:
        raise FileRefused("This PDF has no pages. Choose the file again.")
    if pages > MOST_PAGES:
        raise FileRefused(f"This PDF has {pages} pages. Send up to {MOST_PAGES}: only the pages that matter.")
    return Inspected("pdf", pages, "")


def _pages(data: bytes) -> int:
    """The number of pages, once nothing dangerous was found."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        locked = reader.decrypt("") == PasswordType.NOT_DECRYPTED
        raise FileRefused(_PASSWORD if locked else _RESTRICTED)
    pages = len(reader.pages)
    # A file may be small and yet take hours: each object is looked at only within the time that a reader would wait.
    end = time.monotonic() + _MOST_SECONDS
    for objects in (reachable(reader, most=_MOST_OBJECTS), written(reader, data)):
        for found in objects:
            refuse_danger(found)
            if time.monotonic() > end:
                raise FileRefused(_TOO_COMPLEX)
    return pages


def _refuse_second_kind(data: bytes) -> None:
    """A PDF begins at the first byte and ends at its last mark, and is neither archive nor web page beside that."""
    ending = data.rfind(b"%%EOF")
    if ending < 0:
        raise FileRefused(_DAMAGED)
    first = OBJECT.search(data)
    head = data[: first.start() if first else 1024]
    if data[ending + 5 :].strip(b"\0\t\n\f\r ") or b"PK\x05\x06" in data[-65_557:] or _MARKUP.search(head):
        raise FileRefused(TWO_KINDS)


def _weigh(data: bytes) -> None:
    """Unpack each stream for its length alone, up to what a browser should have to bear."""
    left = _MOST_UNPACKED
    for stream in _STREAM.finditer(data):
        unpacker = zlib.decompressobj()
        at = stream.end()
        try:
            while left > 0 and not unpacker.eof and (unpacker.unconsumed_tail or at < len(data)):
                packed = unpacker.unconsumed_tail or data[at : at + _PIECE]
                at += 0 if unpacker.unconsumed_tail else _PIECE
                left -= len(unpacker.decompress(packed, 16 * _PIECE))
        except zlib.error:
            continue  # packed in another way, or not at all
        if left <= 0:
            raise FileRefused(PACKED_TOO_WELL)
