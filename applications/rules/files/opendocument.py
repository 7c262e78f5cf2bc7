"""ODT files: nothing in them may run, be fetched when they are opened, or be a file of its own (ODF 1.3)."""

import re

from applications.rules.files.links import check_link, is_local_template, leads_outside
from applications.rules.files.markup import END, START, WORDS, Reader
from applications.rules.files.outcome import (
    CARRIES,
    DAMAGED,
    HIDDEN,
    LOADS,
    LOCKED,
    MACROS,
    SAVE_AS_PDF,
    TWO_KINDS,
    FileRefused,
    Inspected,
)
from applications.rules.files.wording import Wording
from applications.rules.files.zips import Unpacked

_TYPE = "application/vnd.oasis.opendocument.text"
_RUNNING_FOLDERS = frozenset({"basic", "scripts", "dialogs"})
_REFUSED_ELEMENTS = {
    **dict.fromkeys(("script", "event-listener", "execute-macro", "model", "submission"), MACROS),
    **dict.fromkeys(("object", "object-ole", "plugin", "applet", "floating-frame"), CARRIES),
    **dict.fromkeys(("dde-source", "dde-connection", "dde-connection-decl", "dde-link", "auto-reload"), LOADS),
}
_BLOCKS = frozenset({"p", "h"})
# Words that are no part of the document as it reads.
_LEFT_OUT = frozenset({"tracked-changes", "annotation"})
_SPACES = {"s": " ", "tab": " ", "line-break": "\n"}


def read(unpacked: Unpacked) -> Inspected:
    """Extract the text of an ODT. Raises FileRefused where it is another kind of file, locked, active or empty."""
    _check_kind(unpacked)
    reader = Reader()
    if any(_locks(part, reader) for name, part in unpacked.texts.items() if name.lower() == "meta-inf/manifest.xml"):
        raise FileRefused(LOCKED)
    folders = {folder for name in unpacked.names for folder in name.lower().split("/")[:-1]}
    if folders & _RUNNING_FOLDERS:
        raise FileRefused(MACROS)
    if any(re.match(r"object(replacements)?\b", folder) for folder in folders):
        raise FileRefused(CARRIES)
    if "content.xml" not in unpacked.texts:
        raise FileRefused(DAMAGED)
    wording = Wording()
    for name, part in unpacked.texts.items():
        if name != "mimetype":
            _read_part(part, reader, wording if name == "content.xml" else Wording())
    pictures = any(name.startswith("Pictures/") for name in unpacked.names)
    return Inspected("odt", None, wording.text(pictures=pictures))


def _check_kind(unpacked: Unpacked) -> None:
    kind = unpacked.texts["mimetype"].decode("ascii", errors="replace").strip()
    if "[Content_Types].xml" in unpacked.names:
        raise FileRefused(TWO_KINDS)
    if kind != _TYPE:
        raise FileRefused(f"This is not an OpenDocument text (.odt) but another kind of file. {SAVE_AS_PDF}")
    if unpacked.names[0] != "mimetype":
        raise FileRefused(HIDDEN)


def _locks(manifest: bytes, reader: Reader) -> bool:
    return any(kind == START and name == "encryption-data" for kind, name, _ in reader.events(manifest))


def _read_part(part: bytes, reader: Reader, wording: Wording) -> None:
    inside: list[str] = []
    for kind, name, attributes in reader.events(part):
        if kind == START:
            inside.append(name)
            _refuse_active(name, attributes)
            _begin(name, wording)
        elif kind == END:
            inside.pop()
            _end(name, wording)
        elif kind == WORDS and not _LEFT_OUT & set(inside):
            wording.add(name)


def _refuse_active(name: str, attributes: dict[str, str]) -> None:
    if name in _REFUSED_ELEMENTS:
        raise FileRefused(_REFUSED_ELEMENTS[name])
    address = attributes.get("href", "")
    if name == "a":
        check_link(address)
    elif name == "template":
        if address and not is_local_template(address) and re.match(r"\s*([a-z]{2,}:|//|\\\\)", address, re.IGNORECASE):
            raise FileRefused(f"This file loads a template from elsewhere. {SAVE_AS_PDF}")
    elif leads_outside(address) or name == "section-source":
        raise FileRefused(LOADS)


def _begin(name: str, wording: Wording) -> None:
    if name in _BLOCKS:
        wording.begin_paragraph()
    elif name == "table-row":
        wording.begin_row()
    elif name in _SPACES:
        wording.add(_SPACES[name])


def _end(name: str, wording: Wording) -> None:
    if name in _BLOCKS:
        wording.end_paragraph()
    elif name == "table-row":
        wording.end_row()
