"""DOCX and ODT files are zip archives: their parts are listed and weighed before any is unpacked."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from xml.etree import ElementTree as ET

import docx
from docx.opc.exceptions import OpcError

from applications.rules.files.outcome import FileRefused, Inspected

_MOST_PARTS = 2_000
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_TIMES_LARGER = 200
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"
_DAMAGED = "We could not read this file to its end: it may be damaged. Open it, save it again and send that."
_MACROS = "This file contains macros or scripts. Save it as a PDF and send that."
_CARRIES = "This file carries other files or objects inside it. Save it as a PDF and send that."
_LOCKED = "This file has a password. Save it without a password and send that."
_EMPTY = "There is no text in this file. Check that it is the right one, or save it as a PDF and send that."


def read(data: bytes) -> Inspected:
    """Extract the text of a DOCX or ODT. Raises FileRefused where it is neither, locked, damaged, active or empty."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _weigh(archive)
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return _docx(archive, names, data)
            if "mimetype" in names and archive.read("mimetype").strip() == _ODT_TYPE:
                return _odt(archive, names)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OpcError,
        KeyError,
        ValueError,
        EOFError,
        SyntaxError,
        NotImplementedError,
    ) as e:
        # SyntaxError is the parent of XML errors in ElementTree and lxml.
        raise FileRefused(_DAMAGED) from e
    raise FileRefused("The file must be a PDF, Word (.docx) or OpenDocument (.odt) file. This one is another archive.")


def _weigh(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED or unpacked > packed * _MOST_TIMES_LARGER:
        raise FileRefused("This file unpacks to far more than its size, so we do not open it. Save it as a PDF.")
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(_LOCKED)
    if any(part.filename.startswith("/") or ".." in re.split(r"[/\\]", part.filename) for part in parts):
        raise FileRefused(_CARRIES)
    if archive.testzip() is not None:
        raise FileRefused(_DAMAGED)


def _docx(archive: zipfile.ZipFile, names: set[str], data: bytes) -> Inspected:
    lowered = {name.lower() for name in names}
    types = archive.read("[Content_Types].xml").lower()
    if b"macroenabled" in types or any("vba" in name or "activex" in name for name in lowered):
        raise FileRefused(_MACROS)
    if any("/embeddings/" in name or "oleobject" in name for name in lowered):
        raise FileRefused(_CARRIES)
    if any(b"attachedTemplate" in archive.read(name) for name in names if name.endswith(".rels")):
        raise FileRefused("This file loads a template from elsewhere. Save it as a PDF and send that.")
    document = docx.Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [" | ".join(cell.text for cell in row.cells) for row in table.rows]
    return Inspected("docx", None, _text(lines))


def _odt(archive: zipfile.ZipFile, names: set[str]) -> Inspected:
    if any(name.startswith(("Basic/", "Scripts/", "Dialogs/")) for name in names):
        raise FileRefused(_MACROS)
    if any(name.startswith("Object") for name in names):
        raise FileRefused(_CARRIES)
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise FileRefused(_LOCKED)
    content = archive.read("content.xml")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FileRefused(_DAMAGED)
    if b"<script:" in content:
        raise FileRefused(_MACROS)
    root = ET.fromstring(content)  # noqa: S314 - no document type, so no entities to expand
    blocks = (part for part in root.iter() if part.tag.rpartition("}")[2] in {"p", "h"})
    return Inspected("odt", None, _text("".join(block.itertext()) for block in blocks))


def _text(lines: Iterable[str]) -> str:
    text = "\n".join(lines).strip()
    if not text:
        raise FileRefused(_EMPTY)
    return text
