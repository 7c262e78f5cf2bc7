"""XML inside documents, read piece by piece: no document types, no entities, bounded in depth and number."""

from collections.abc import Iterator
from xml.parsers import expat

from applications.rules.files.outcome import DAMAGED, HIDDEN, TOO_LARGE_INSIDE, FileRefused

_MOST_ELEMENTS = 250_000
_DEEPEST = 300
_PIECE = 64 * 1024

# What happened, the name without its namespace, the attributes by such names; of words, the words.
Event = tuple[str, str, dict[str, str]]
START, END, WORDS = "start", "end", "words"


class Reader:
    """Reads the parts of one file; they share one allowance of elements."""

    def __init__(self) -> None:
        self._left = _MOST_ELEMENTS
        self._depth = 0
        self._events: list[Event] = []

    def events(self, part: bytes) -> Iterator[Event]:
        """What stands in a part, in its order. Raises FileRefused where it is no plain XML, or too much of it."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.StartDoctypeDeclHandler = self._doctype
        self._depth, self._events = 0, []
        try:
            for at in range(0, len(part) + 1, _PIECE):
                parser.Parse(part[at : at + _PIECE], at + _PIECE > len(part))
                yield from self._events
                self._events.clear()
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise FileRefused(DAMAGED) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        self._depth += 1
        if self._left < 0 or self._depth > _DEEPEST:
            raise FileRefused(TOO_LARGE_INSIDE)
        self._events.append((START, _local(name), {_local(key): value for key, value in attributes.items()}))

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._events.append((END, _local(name), {}))

    def _words(self, words: str) -> None:
        self._events.append((WORDS, words, {}))

    def _doctype(self, *_declared: object) -> None:
        # Entities, and so bombs and files from elsewhere, need a document type first.
        raise FileRefused(HIDDEN)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
