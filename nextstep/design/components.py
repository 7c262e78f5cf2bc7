"""Components of the NHS design system, rendered by the macros of nhsuk-frontend-jinja.

A macro takes between 0.1 and 50 milliseconds, so each is run once for each *shape* of its parameters, with marks
in place of the words; afterwards the words are only laid into the finished markup. That also keeps a person's words
out of the cache, and out of the macros' `indent`, which would add spaces to what somebody typed in a textarea.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader
from jinja2.runtime import Macro

Frozen = tuple[Any, ...]

# Marks from Unicode's private use area: escaping leaves them alone and no keyboard types them.
_OPENING = "\ue000"
_MARK = _OPENING + "{}\ue001"
_MARKED = re.compile("\ue000(\\d+)\ue001")

# Parameters that macros print and never decide upon.
_WORDS = frozenset({"text", "html", "href", "visuallyHiddenText"})
# Where `value` is what a person typed; elsewhere it is one of a few choices that the macro compares.
_TYPED = frozenset({"input", "textarea", "character-count", "date-input"})
# This macro looks for "important" in its heading.
_READS_WORDS = frozenset({"warning-callout"})


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _macro(component: str) -> Macro:
    module = _environment().get_template(f"nhsuk/components/{component}/macro.jinja").module
    return next(value for value in vars(module).values() if isinstance(value, Macro))


def _freeze(value: Any, key: str, worded: frozenset[str], words: list[str]) -> Any:
    """`value` as nested tuples, with its words moved into `words` and marked."""
    if isinstance(value, Mapping):
        return ("{}", *[(name, _freeze(item, name, worded, words)) for name, item in value.items() if item is not None])
    if isinstance(value, (list, tuple)):
        return ("[]", *[_freeze(item, key, worded, words) for item in value])
    if key not in worded or value is True or value is False or value == "":
        # A mark that somebody wrote would be filled with the words of something else.
        return str(value).replace(_OPENING, "") if isinstance(value, (str, Promise)) else value
    words.append(_printable(value, key))
    return _MARK.format(len(words) - 1)


def _printable(value: Any, key: str) -> str:
    if key in ("text", "html", "visuallyHiddenText"):
        return conditional_escape(value)
    # Into an attribute: what was marked safe may still hold a quotation mark.
    return str(value).replace('"', "&quot;") if isinstance(value, SafeData) else escape(value)


def _thaw(frozen: Any) -> Any:
    if not isinstance(frozen, tuple):
        return frozen
    kind, *items = frozen
    return {name: _thaw(item) for name, item in items} if kind == "{}" else [_thaw(item) for item in items]


@lru_cache(maxsize=2000)
def _markup(component: str, frozen: Frozen) -> tuple[str, ...]:
    """The markup in pieces: even pieces are finished, odd pieces are numbers of words."""
    return tuple(_MARKED.split(str(_macro(component)(_thaw(frozen)).strip())))


def render(component: str, params: Mapping[str, Any]) -> SafeString:
    """Render a component by its name in the design system, for example "date-input"."""
    pieces, words = _pieces(component, params)
    return mark_safe("".join(words[int(piece)] if odd & 1 else piece for odd, piece in enumerate(pieces)))  # noqa: S308


def _pieces(component: str, params: Mapping[str, Any]) -> tuple[tuple[str, ...], list[str]]:
    words: list[str] = []
    worded = frozenset({"html"}) if component in _READS_WORDS else _WORDS
    if component in _TYPED:
        worded |= {"value"}
    frozen = cast("Frozen", _freeze(params, "", worded, words))
    return _markup(component, frozen), words


# Marks of cells are numbered apart from those of the table's own words.
_FIRST_CELL = 100_000
_FIRST_ROW = re.compile(r'(?s)(<tbody[^>]*>\s*)(<tr class="nhsuk-table__row".*?</tr>)')


@lru_cache(maxsize=500)
def _table_markup(frozen: Frozen) -> tuple[str, tuple[str, ...], str]:
    """A table around its first row: what comes before it, the row in pieces, what comes after."""
    markup = str(_macro("tables")(_thaw(frozen)).strip())
    row = _FIRST_ROW.search(markup)
    if row is None:
        raise ValueError("The table macro printed no row.")
    return markup[: row.start(2)], tuple(_MARKED.split(row.group(2))), markup[row.end(2) :]


def render_table(params: Mapping[str, Any], rows: Sequence[Sequence[str]]) -> SafeString:
    """Render a table in one pass: the macro runs for the frame and one row, and the row is repeated.

    `params` are the macro's, without `rows`; each row holds one printable cell for each head.
    """
    frame_words: list[str] = []
    cells = [("{}", ("html", _MARK.format(_FIRST_CELL + column))) for column in range(len(params["head"]))]
    frozen = _freeze(params, "", _WORDS, frame_words)
    before, pieces, after = _table_markup((*frozen, ("rows", ("[]", ("[]", *cells)))))
    # A responsive table repeats its heads in each cell, so a row holds marks of the frame as well.
    template = [
        piece if not odd & 1 else frame_words[int(piece)] if int(piece) < _FIRST_CELL else int(piece) - _FIRST_CELL
        for odd, piece in enumerate(pieces)
    ]
    body = "".join(
        "".join(piece if isinstance(piece, str) else conditional_escape(row[piece]) for piece in template)
        for row in rows
    )
    return mark_safe(_fill(before, frame_words) + body + _fill(after, frame_words))  # noqa: S308


def _fill(markup: str, words: list[str]) -> str:
    return _MARKED.sub(lambda mark: words[int(mark.group(1))], markup)
