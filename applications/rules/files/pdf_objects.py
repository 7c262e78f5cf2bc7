"""The objects of a PDF, by two ways: those a reader comes to, and those that stand in the file at all.

Programs disagree on which objects count where a file was changed by appending, or is broken. So what one of them might
show is looked at too.
"""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject, read_object

OBJECT = re.compile(rb"(?<!\d)\d{1,10}[\0\s]{1,20}\d{1,5}[\0\s]{1,20}obj\b")
_MOST_PACKED = 20_000
_BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError)


def reachable(reader: PdfReader, *, most: int) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached from the trailer, each once. Raises what pypdf raises."""
    seen: set[int] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum not in seen and len(seen) <= most:
                seen.add(found.idnum)
                waiting.append(found.get_object())
        elif isinstance(found, DictionaryObject):
            yield found
            waiting.extend(dict.values(found))
        elif isinstance(found, ArrayObject):
            waiting.extend(list.__iter__(found))


def written(reader: PdfReader, data: bytes) -> Iterator[DictionaryObject]:
    """Every dictionary in the bytes of the file, also in older versions and in streams that hold objects."""
    stream = io.BytesIO(data)
    for match in OBJECT.finditer(data):
        # What looks like an object may be picture or text; nothing shows what cannot be read.
        with suppress(*_BROKEN):
            stream.seek(match.start())
            reader.read_object_header(stream)
            found = read_object(stream, reader)
            yield from _inside(found)
            if isinstance(found, StreamObject) and "/N" in found and "/First" in found:
                yield from _packed(reader, found)


def _inside(found: Any) -> Iterator[DictionaryObject]:
    waiting = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            yield each
            waiting.extend(dict.values(each))
        elif isinstance(each, ArrayObject):
            waiting.extend(list.__iter__(each))


def _packed(reader: PdfReader, held: StreamObject) -> Iterator[DictionaryObject]:
    """The objects of an object stream (ISO 32000-1, 7.5.7)."""
    content = held.get_data()
    first = int(held["/First"])  # type: ignore[call-overload]
    numbers = [int(number) for number in content[:first].split()[: 2 * _MOST_PACKED]]
    stream = io.BytesIO(content)
    for offset in numbers[1::2]:
        with suppress(*_BROKEN):
            stream.seek(first + offset)
            yield from _inside(read_object(stream, reader))
