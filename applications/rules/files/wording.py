"""The words of a document as lines: a paragraph each, a row of a table each."""

from applications.rules.files.outcome import EMPTY, TOO_LONG, FileRefused

# About 100 pages.
_MOST_CHARACTERS = 300_000


class Wording:
    """Collects words between the beginning and the end of paragraphs, which may lie in rows and in one another."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._open: list[list[str]] = []
        self._row: list[str] = []
        self._rows = 0
        self._length = 0

    def begin_paragraph(self) -> None:
        self._open.append([])

    def add(self, words: str) -> None:
        if self._open:
            self._open[-1].append(words)
            self._length += len(words)
        if self._length > _MOST_CHARACTERS:
            raise FileRefused(TOO_LONG)

    def end_paragraph(self) -> None:
        if self._open:
            (self._row if self._rows else self._lines).append("".join(self._open.pop()))

    def begin_row(self) -> None:
        self._rows += 1

    def end_row(self) -> None:
        self._rows -= 1
        if not self._rows:
            self._lines.append(" | ".join(self._row))
            self._row = []

    def text(self, *, pictures: bool) -> str:
        """All lines. Raises FileRefused where there are none and no pictures either: a scan has no words."""
        text = "\n".join(self._lines).strip()
        if not text and not pictures:
            raise FileRefused(EMPTY)
        return text
