"""What no dictionary of a PDF may hold: scripts, actions that do more than turn a page, files, players, second forms.

Actions: ISO 32000-1, 12.6. Names are compared as pypdf reads them, with their #-escapes resolved.
"""

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, NullObject

from applications.rules.files.links import check_link
from applications.rules.files.outcome import FileRefused

_AGAIN = "Print it to a new PDF and send that."
_RUNS = f"This PDF contains a script or a form that runs. {_AGAIN}"
_OPENS = f"This PDF does something by itself when it is opened. {_AGAIN}"
_ACTS = f"This PDF starts another program or opens another file. {_AGAIN}"
_CARRIES = f"This PDF carries other files inside it. {_AGAIN}"
_PLAYS = f"This PDF contains sound, video or 3D. {_AGAIN}"
PACKED_TOO_WELL = f"This PDF unpacks to far more than its size, so we do not open it. {_AGAIN}"

_KEYS = {
    **dict.fromkeys(("/JS", "/JavaScript", "/XFA"), _RUNS),
    "/AA": _OPENS,
    **dict.fromkeys(("/EmbeddedFiles", "/EF", "/AF", "/Collection"), _CARRIES),
    **dict.fromkeys(("/RichMediaContent", "/RichMediaSettings"), _PLAYS),
}
_ACTIONS = {
    **dict.fromkeys(("/JavaScript", "/SubmitForm", "/ImportData", "/ResetForm"), _RUNS),
    **dict.fromkeys(("/Launch", "/GoToR", "/GoToE"), _ACTS),
    **dict.fromkeys(("/Rendition", "/Movie", "/GoTo3DView", "/RichMediaExecute"), _PLAYS),
}
_SUBTYPES = {
    "/FileAttachment": _CARRIES,
    **dict.fromkeys(("/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"), _PLAYS),
}
_HARMLESS = frozenset({"/GoTo", "/URI", "/Named", "/SetOCGState", "/Hide", "/Trans", "/Thread"})
_PACKERS = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL", "/BrotliDecode"})


def refuse_danger(found: DictionaryObject) -> None:
    """Raise FileRefused where the dictionary could do anything to its reader."""
    for key in found:
        if key in _KEYS:
            raise FileRefused(_KEYS[key])
    for key, refusals in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES)):
        name = _text(found, key)
        if name in refusals:
            raise FileRefused(refusals[name])
    for action in [*_each(found, "/A"), *_each(found, "/PA"), *_each(found, "/Next")]:
        _check_action(action, _HARMLESS, _ACTS)
    for action in _each(found, "/OpenAction"):
        _check_action(action, frozenset({"/GoTo"}), _OPENS)
    if "/URI" in found:
        check_link(_text(found, "/URI"))
    _refuse_packed_twice(found)


def _check_action(action: Any, allowed: frozenset[str], refusal: str) -> None:
    if isinstance(action, DictionaryObject) and "/S" in action and _text(action, "/S") not in allowed:
        raise FileRefused(_ACTIONS.get(_text(action, "/S"), refusal))


def _refuse_packed_twice(found: DictionaryObject) -> None:
    filters = [filter_ for filter_ in _each(found, "/Filter") if str(filter_) in _PACKERS]
    if len(filters) > 1:
        raise FileRefused(PACKED_TOO_WELL)


def _each(found: DictionaryObject, key: str) -> list[Any]:
    """The value of a key as a list; nothing where it is absent."""
    if key not in found:
        return []
    value = found[key]
    if isinstance(value, ArrayObject):
        return [item.get_object() for item in value]
    return [] if isinstance(value, NullObject) else [value]


def _text(found: DictionaryObject, key: str) -> str:
    if key not in found:
        return ""
    value = found[key]
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return str(value) if isinstance(value, str) else ""
