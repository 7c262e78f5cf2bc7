"""The few marks that editors of pages may use, turned into safe HTML of the design system.

Paragraphs, `##` and `###` headings, `-` and `1.` lists, `[words](address)`, `**strong**`. All else is words.
"""

import html
import re
from collections.abc import Iterator
from itertools import groupby

_LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_SAFE_ADDRESS = re.compile(r"(https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
_KINDS = (
    ("h3", re.compile(r"###\s+(.*)")),
    ("h2", re.compile(r"##\s+(.*)")),
    ("ul", re.compile(r"[-*]\s+(.*)")),
    ("ol", re.compile(r"\d+[.)]\s+(.*)")),
    ("p", re.compile(r"(.*)")),
)
_FRAMES = {
    "ul": '<ul class="nhsuk-list nhsuk-list--bullet">{}</ul>',
    "ol": '<ol class="nhsuk-list nhsuk-list--number">{}</ol>',
}


def to_html(text: str) -> str:
    """`text` as HTML in which nothing but the marks above has any effect."""
    return "\n".join(block for lines in _blocks(text) for block in _drawn(lines))


def _blocks(text: str) -> Iterator[list[str]]:
    lines = [line.strip() for line in text.splitlines()]
    for has_words, block in groupby(lines, key=bool):
        if has_words:
            yield list(block)


def _drawn(lines: list[str]) -> Iterator[str]:
    for kind, group in groupby(map(_read, lines), key=lambda line: line[0]):
        words = [_inline(line[1]) for line in group]
        if kind in _FRAMES:
            yield _FRAMES[kind].format("".join(f"<li>{item}</li>" for item in words))
        elif kind == "p":
            yield f"<p>{' '.join(words)}</p>"
        else:
            yield from (f"<{kind}>{heading}</{kind}>" for heading in words)


def _read(line: str) -> tuple[str, str]:
    return next((kind, match[1]) for kind, mark in _KINDS if (match := mark.fullmatch(line)))


def _inline(words: str) -> str:
    return _STRONG.sub(r"<strong>\1</strong>", _LINK.sub(_link, html.escape(words, quote=True)))


def _link(match: re.Match[str]) -> str:
    words, address = match.groups()
    if not _SAFE_ADDRESS.match(html.unescape(address)):
        return match[0]
    return f'<a href="{address}">{words}</a>'
