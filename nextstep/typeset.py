"""Documents set in type: a typst template and data become a tagged PDF that a screen reader can read (PDF/UA)."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import typst
from django.conf import settings

# What the fonts that come with typst can show: letters of the Latin, Greek and Cyrillic alphabets, signs and arrows. A
# test sets each of them.
SHOWN = (
    range(0x20, 0x7F), range(0xA0, 0xAD), range(0xAE, 0x378), range(0x37A, 0x380), range(0x384, 0x38B),
    range(0x38E, 0x3A2), range(0x3A3, 0x500), range(0x1E00, 0x1F16), range(0x2010, 0x2028), range(0x2030, 0x2041),
    range(0x2074, 0x208F), range(0x20A0, 0x20C1), range(0x2190, 0x2400), range(0x2500, 0x2607),
)  # fmt: skip


class NotSetCleanly(RuntimeError):
    """The typesetter warned, for instance of a font that is not there: such a document is not handed out."""


def pdf(template: str, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Set `data` with a template of `templates/`, which reads it as JSON from `sys.inputs.data`.

    Words of people stay words: nothing in `data` is read as typst, and a character that no font of ours has is written
    by its number, such as [U+65E5], since PDF/UA takes none that cannot be shown. `made_at` makes the same data the
    same bytes.
    Raises NotSetCleanly and typst.TypstError, which are faults of the template.
    """
    compiled, warnings = typst.compile_with_warnings(
        _template(template),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(_showable(data))},
        pdf_standards="ua-1",
        timestamp=int(made_at.timestamp()),
    )
    if warnings:
        raise NotSetCleanly("; ".join(warning.message for warning in warnings))
    return bytes(compiled)


def _showable(data: Any) -> Any:
    if isinstance(data, str):
        return "".join(_shown(character) for character in unicodedata.normalize("NFC", data))
    if isinstance(data, Mapping):
        return {key: _showable(value) for key, value in data.items()}
    return [_showable(value) for value in data] if isinstance(data, list) else data


def _shown(character: str) -> str:
    if character == "\n" or any(ord(character) in shown for shown in SHOWN):
        return character
    # What only steers the writing, such as a mark for right-to-left, has nothing to show.
    return "" if unicodedata.category(character) in {"Cc", "Cf"} else f"[U+{ord(character):04X}]"


@cache
def _template(name: str) -> bytes:
    return (settings.BASE_DIR / "templates" / name).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with typst, so that a document looks alike on every machine."""
    return typst.Fonts(include_system_fonts=False)
