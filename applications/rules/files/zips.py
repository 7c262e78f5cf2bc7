"""Zip archives, read strictly: what one program would see in them, every other must see too.

The directory and each part's own header are compared and weighed before anything is unpacked, and nothing is unpacked
beyond the size it declares. Layout: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from applications.rules.files.outcome import CARRIES, DAMAGED, HIDDEN, LOCKED, TOO_LARGE_INSIDE, FileRefused

_MOST_PARTS = 2_000
_MOST_UNPACKED = 80 * 1024 * 1024
_MOST_XML = 20 * 1024 * 1024
_MOST_TIMES_LARGER = 200
_LONGEST_NAME = 255
_ENDING = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_HEADER = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 1, 8, 0x800
# Sizes and checksum after a part, where they were not known before it.
_LONGEST_DESCRIPTOR = 24
_UNKNOWN = 0xFFFFFFFF
# Archives, programs and documents: nothing of a letter or a CV.
_CARRIED = (
    b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"%PDF",
    b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!", b"BZh", b"\xfd7zXZ", b"L\x00\x00\x00\x01\x14\x02\x00", b"{\\rtf",
)  # fmt: skip
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")


@dataclass(frozen=True)
class _Part:
    name: str
    written_name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    mode: int
    at: int


@dataclass(frozen=True)
class Unpacked:
    """The names of all parts in the order of the file, and the content of those that hold markup or plain words."""

    names: tuple[str, ...]
    texts: dict[str, bytes]


def unpack(data: bytes) -> Unpacked:
    """Read an archive. Raises FileRefused where it is damaged, locked, too large, or tells readers different things."""
    parts = sorted(_directory(data), key=lambda part: part.at)
    _check_names(parts)
    _weigh(parts)
    texts, held = {}, 0
    for part, packed in _contents(data, parts):
        content = _inflated(part, packed)
        if content.startswith(_CARRIED):
            raise FileRefused(CARRIES)
        if part.name.lower().endswith((".xml", ".rels")) or part.name == "mimetype" or _MARKUP.match(content):
            texts[part.name] = content
            held += len(content)
        if held > _MOST_XML:
            raise FileRefused(TOO_LARGE_INSIDE)
    return Unpacked(tuple(part.name for part in parts), texts)


def _directory(data: bytes) -> Iterator[_Part]:
    """The entries of the directory at the end, which must end exactly where the file does."""
    ending = data.rfind(b"PK\x05\x06")
    if ending < 0 or ending + _ENDING.size > len(data):
        raise FileRefused(DAMAGED)
    _, disk, first_disk, here, total, size, at, _ = _ENDING.unpack_from(data, ending)
    if total > _MOST_PARTS or size > _MOST_PARTS * (_ENTRY.size + 2 * _LONGEST_NAME):
        raise FileRefused(TOO_LARGE_INSIDE)
    if ending + _ENDING.size != len(data) or disk or first_disk or here != total or at + size != ending:
        raise FileRefused(HIDDEN)
    for _number in range(total):
        part, at = _entry(data, at)
        yield part
    if at != ending:
        raise FileRefused(HIDDEN)


def _entry(data: bytes, at: int) -> tuple[_Part, int]:
    if at + _ENTRY.size > len(data):
        raise FileRefused(DAMAGED)
    (mark, _, _, flags, method, _, _, checksum, packed, size, name_size, extra, comment, _, _, mode, header) = (
        _ENTRY.unpack_from(data, at)
    )
    if mark != b"PK\x01\x02":
        raise FileRefused(DAMAGED)
    at += _ENTRY.size
    written = data[at : at + name_size]
    name = written.decode("utf-8" if flags & _UTF8 else "cp437", errors="replace")
    return _Part(name, written, flags, method, checksum, packed, size, mode >> 16, header), (
        at + name_size + extra + comment
    )


def _check_names(parts: list[_Part]) -> None:
    """No part may lie outside the archive, be a link, or share its name with another."""
    if not parts:
        raise FileRefused(DAMAGED)
    if any(part.flags & _ENCRYPTED for part in parts):
        raise FileRefused(LOCKED)
    for part in parts:
        folders = part.name.split("/")
        odd = re.search(r"[\x00-\x1f\x7f\\:\ufffd]", part.name) or len(part.written_name) > _LONGEST_NAME
        if odd or not part.name or part.name.startswith("/") or {"..", "."} & set(folders):
            raise FileRefused(HIDDEN)
        if stat.S_IFMT(part.mode) not in {0, stat.S_IFREG, stat.S_IFDIR} or part.method not in {_STORED, _DEFLATED}:
            raise FileRefused(HIDDEN)
    if len({part.name.casefold() for part in parts}) < len(parts):
        raise FileRefused(HIDDEN)


def _weigh(parts: list[_Part]) -> None:
    unpacked, packed = sum(part.size for part in parts), sum(part.packed for part in parts)
    if unpacked > min(_MOST_UNPACKED, max(1, packed) * _MOST_TIMES_LARGER):
        raise FileRefused(TOO_LARGE_INSIDE)


def _contents(data: bytes, parts: list[_Part]) -> Iterator[tuple[_Part, bytes]]:
    """Each part with its bytes; they lie one after the other from the first byte to the directory."""
    room = 0
    reached = 0
    for part in parts:
        if not reached <= part.at <= reached + room:
            raise FileRefused(HIDDEN)
        start = _start(data, part)
        reached, room = start + part.packed, _LONGEST_DESCRIPTOR if part.flags & _SIZES_FOLLOW else 0
        yield part, data[start:reached]
    directory: int = _ENDING.unpack_from(data, len(data) - _ENDING.size)[6]
    if not reached <= directory <= reached + room:
        raise FileRefused(HIDDEN)


def _start(data: bytes, part: _Part) -> int:
    """Where the bytes of a part begin, after a header that says the same as the directory."""
    if part.at + _HEADER.size > len(data):
        raise FileRefused(DAMAGED)
    mark, _, flags, method, _, _, checksum, packed, size, name_size, extra = _HEADER.unpack_from(data, part.at)
    if mark != b"PK\x03\x04":
        raise FileRefused(DAMAGED)
    at = part.at + _HEADER.size
    said = ((checksum, part.checksum), (packed, part.packed), (size, part.size))
    later = bool(flags & _SIZES_FOLLOW)
    differs = any(here not in {there, _UNKNOWN} and not (later and here == 0) for here, there in said)
    if data[at : at + name_size] != part.written_name or method != part.method or differs:
        raise FileRefused(HIDDEN)
    return int(at + name_size + extra)


def _inflated(part: _Part, packed: bytes) -> bytes:
    """Unpack to the declared size and not a byte more."""
    content = packed
    if part.method == _DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = unpacker.decompress(packed, part.size + 1)
        except zlib.error as error:
            raise FileRefused(DAMAGED) from error
        if len(content) > part.size:
            raise FileRefused(TOO_LARGE_INSIDE)
        if unpacker.unused_data:
            raise FileRefused(HIDDEN)
    if len(content) != part.size or zlib.crc32(content) != part.checksum:
        raise FileRefused(DAMAGED)
    return content
