"""PDF files: every object is read, and none may run, launch or carry anything."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from applications.rules.files.outcome import FileRefused, Inspected

_MOST_OBJECTS = 200_000
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/AA", "/XFA", "/RichMediaContent"})
_ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE"})
_CARRYING_KEYS = frozenset({"/EmbeddedFiles", "/EF", "/AF"})
_DAMAGED = "We could not read this PDF to its end: it may be damaged. Open it, save it as a PDF again and send that."


def read(data: bytes) -> Inspected:
    """Count the pages of a PDF. Raises FileRefused where it is locked, damaged, empty, active or carries files."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise FileRefused("This PDF has a password or is locked. Save it without a password and send that.")
        pages = len(reader.pages)
        for found in _dictionaries(reader):
            _refuse_active(found)
    except FileRefused:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        # What pypdf raises on a broken file depends on where it is broken.
        raise FileRefused(_DAMAGED) from error
    if not pages:
        raise FileRefused("This PDF has no pages. Choose the file again.")
    return Inspected("pdf", pages, "")


def _refuse_active(found: DictionaryObject) -> None:
    keys = set(found)
    if keys & _ACTIVE_KEYS or found.get("/S") in _ACTIVE_ACTIONS:
        raise FileRefused("This PDF contains a script or a form that runs. Print it to a new PDF and send that.")
    if keys & _CARRYING_KEYS or found.get("/Subtype") == "/FileAttachment":
        raise FileRefused("This PDF carries other files inside it. Print it to a new PDF and send that.")


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached, each once."""
    seen: set[int] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            if len(seen) > _MOST_OBJECTS:
                raise FileRefused("This PDF is too complex for us to check. Print it to a new PDF and send that.")
            waiting.append(found.get_object())
        elif isinstance(found, DictionaryObject):
            yield found
            waiting.extend(dict.values(found))
        elif isinstance(found, ArrayObject):
            waiting.extend(list.__iter__(found))
