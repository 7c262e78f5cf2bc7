"""DOCX files: nothing in them may run, be fetched when they are opened, or be a file of its own.

Parts, content types and relationships: ECMA-376 part 2. Fields: part 1, section 17.16.5.
"""

import posixpath
import re

from applications.rules.files.links import check_link, is_local_template, leads_outside
from applications.rules.files.markup import END, START, WORDS, Reader
from applications.rules.files.outcome import CARRIES, DAMAGED, LOADS, MACROS, SAVE_AS_PDF, FileRefused, Inspected
from applications.rules.files.wording import Wording
from applications.rules.files.zips import Unpacked

_MAIN = "wordprocessingml.document.main+xml"
_ACTIVE = re.compile(r"macroenabled|vba|activex|keymapcustom|attachedtoolbars")
# The last word of a relationship's type.
_RUNS = frozenset({"vbaProject", "wordVbaData", "control", "activeXControlBinary", "attachedToolbars", "extensibility"})
_CARRIED = frozenset({"oleObject", "package", "aFChunk", "subDocument", "embeddedFile"})
_FETCHED = frozenset({"frame", "externalLink", "externalLinkPath", "mailMergeSource", "mailMergeHeaderSource"})
_RUNNING_FIELDS = frozenset({"DDE", "DDEAUTO", "MACROBUTTON", "EMBED", "LINK"})
_FETCHING_FIELDS = frozenset({"INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "DATABASE", "RD"})
_SPELT_IN_NUMBERS = re.compile(r"\s*QUOTE(\s+\d{1,4}){2,}", re.IGNORECASE)
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_REFUSED_ELEMENTS = {"altChunk": CARRIES, "OLEObject": CARRIES, "subDoc": CARRIES, "control": MACROS, "ocx": MACROS}
_SPACES = {"tab": " ", "br": "\n", "cr": "\n"}
_VML_PICTURES = frozenset({"imagedata", "fill", "stroke"})


def read(unpacked: Unpacked) -> Inspected:
    """Extract the text of a DOCX. Raises FileRefused where it is another kind of file, active or empty."""
    reader = Reader()
    active = [name for name in unpacked.names if re.search(r"vba|activex|customui/", name.lower())]
    if active:
        raise FileRefused(MACROS)
    if any("/embeddings/" in name.lower() or "oleobject" in name.lower() for name in unpacked.names):
        raise FileRefused(CARRIES)
    main = _main_part(unpacked, reader)
    for name, part in unpacked.texts.items():
        if name.lower().endswith(".rels"):
            _check_relationships(part, reader)
    wording = Wording()
    for name, part in unpacked.texts.items():
        _Body(wording if name == main else Wording()).read(part, reader)
    pictures = any(name.lower().startswith("word/media/") for name in unpacked.names)
    return Inspected("docx", None, wording.text(pictures=pictures))


def _main_part(unpacked: Unpacked, reader: Reader) -> str:
    """The part that the package names as its document, if that is a Word document."""
    relations = _relations(unpacked.texts.get("_rels/.rels", b""), reader)
    main = next((r["Target"].lstrip("/") for r in relations if r.get("Type", "").endswith("/officeDocument")), "")
    types = {}
    for kind, name, attributes in reader.events(unpacked.texts.get("[Content_Types].xml", b"")):
        if kind == START and name in {"Override", "Default"}:
            types[attributes.get("PartName", "").lstrip("/")] = attributes.get("ContentType", "")
            if _ACTIVE.search(attributes.get("ContentType", "").lower()):
                raise FileRefused(MACROS)
    if main not in unpacked.texts:
        raise FileRefused(DAMAGED)
    if not types.get(main, "").endswith(_MAIN):
        raise FileRefused(f"This is not a Word document (.docx) but another Office file. {SAVE_AS_PDF}")
    return main


def _relations(part: bytes, reader: Reader) -> list[dict[str, str]]:
    found = [a for kind, name, a in reader.events(part) if kind == START and name == "Relationship"]
    if any("Target" not in relation for relation in found):
        raise FileRefused(DAMAGED)
    return found


def _check_relationships(part: bytes, reader: Reader) -> None:
    for relation in _relations(part, reader):
        kind, target = posixpath.basename(relation.get("Type", "")), relation["Target"]
        if kind in _RUNS:
            raise FileRefused(MACROS)
        if kind in _CARRIED:
            raise FileRefused(CARRIES)
        if kind == "hyperlink":
            check_link(target)
        elif kind == "attachedTemplate":
            if not is_local_template(target):
                raise FileRefused(f"This file loads a template from elsewhere. {SAVE_AS_PDF}")
        elif kind in _FETCHED or relation.get("TargetMode") == "External":
            raise FileRefused(LOADS)


class _Body:
    """One part: its words, and the instructions of its fields, which may be cut into many runs."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._inside: list[str] = []
        self._instruction: list[str] = []

    def read(self, part: bytes, reader: Reader) -> None:
        for kind, name, attributes in reader.events(part):
            if kind == START:
                self._inside.append(name)
                self._begin(name, attributes)
            elif kind == END:
                self._inside.pop()
                self._end(name)
            elif kind == WORDS and self._inside:
                self._words(name)
        self._end_instruction()

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        _refuse_element(name, attributes)
        if name == "p":
            self._wording.begin_paragraph()
        elif name == "tr":
            self._wording.begin_row()
        elif name in _SPACES and "tabs" not in self._inside:
            self._wording.add(_SPACES[name])
        elif name == "fldChar":
            self._end_instruction()
        elif name == "fldSimple":
            _check_instruction(attributes.get("instr", ""))

    def _end(self, name: str) -> None:
        if name == "p":
            self._wording.end_paragraph()
        elif name == "tr":
            self._wording.end_row()

    def _words(self, words: str) -> None:
        if self._inside[-1] in {"instrText", "delInstrText"}:
            self._instruction.append(words)
        elif self._inside[-1] == "t" and "Fallback" not in self._inside:
            self._wording.add(words)

    def _end_instruction(self) -> None:
        _check_instruction("".join(self._instruction))
        self._instruction.clear()


def _refuse_element(name: str, attributes: dict[str, str]) -> None:
    if name in _REFUSED_ELEMENTS:
        raise FileRefused(_REFUSED_ELEMENTS[name])
    if name in _VML_PICTURES and any(leads_outside(attributes.get(key, "")) for key in ("src", "href", "althref")):
        raise FileRefused(LOADS)


def _check_instruction(instruction: str) -> None:
    first = instruction.split(maxsplit=1)[0].upper() if instruction.strip() else ""
    if first in _RUNNING_FIELDS or _SPELT_IN_NUMBERS.match(instruction):
        raise FileRefused(f"This file has a field that starts another program. {SAVE_AS_PDF}")
    if first in _FETCHING_FIELDS:
        raise FileRefused(LOADS)
    link = _LINK_FIELD.match(instruction)
    if link:
        check_link(link[1])
