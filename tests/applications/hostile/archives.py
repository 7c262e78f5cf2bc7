"""Hostile zip archives that pass for documents, and other things that are none, each with what is said of it."""

import struct
import zlib
from collections.abc import Callable

from tests.applications.hostile import sentences as says
from tests.factories.applications import a_docx, a_zip, an_odt

Build = Callable[[], bytes]
ENTRY, HEADER, ENDING = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


class Raw:
    """A zip archive written byte by byte, so that it may lie."""

    def __init__(self) -> None:
        self.body, self.directory, self.entries = b"", b"", 0

    def add(self, name: bytes, content: bytes = b"x", **lies: int) -> "Raw":
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        at = lies.get("at", len(self.body))
        sizes = (lies.get("checksum", zlib.crc32(content)), len(packed), lies.get("size", len(content)))
        flags, method = lies.get("flags", 0x800), lies.get("method", 8)
        header_name = name if "at" in lies else name[: lies.get("name_size", len(name))]
        if "at" not in lies:
            self.body += struct.pack("<4s5H3L2H", HEADER, 20, flags, method, 0, 0, *sizes, len(header_name), 0)
            self.body += header_name + packed
        self.directory += struct.pack(
            "<4s6H3L5H2L", ENTRY, 0x0314, 20, flags, method, 0, 0, *sizes, len(name), 0, 0, 0, 0,
            lies.get("mode", 0) << 16, at,
        ) + name  # fmt: skip
        self.entries += 1
        return self

    def bytes(self, *, gap: bytes = b"", count: int | None = None) -> bytes:
        count = self.entries if count is None else count
        at = len(self.body) + len(gap)
        ending = struct.pack("<4s4H2LH", ENDING, 0, 0, count, count, len(self.directory), at, 0)
        return self.body + gap + self.directory + ending


def named(name: bytes) -> Build:
    return lambda: Raw().add(b"word/document.xml").add(name).bytes()


def locked() -> bytes:
    whole = bytearray(a_docx())
    for signature, flags in ((HEADER, 6), (ENTRY, 8)):
        at = -1
        while (at := whole.find(signature, at + 1)) >= 0:
            whole[at + flags] |= 1
    return bytes(whole)


def overlapping() -> bytes:
    """Two names for the same bytes: the pattern by which a few kilobytes unpack to terabytes."""
    return Raw().add(b"a", b"0" * 90).add(b"b", b"0" * 90, at=0).bytes()


def with_comment() -> bytes:
    whole = a_docx()
    return whole[:-2] + struct.pack("<H", 9) + b"<script>x"


def nested() -> bytes:
    inner = a_zip({"bomb": b"0" * 1_000_000})
    return a_zip({"word/inner.zip": inner}, a_docx())


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

CASES: dict[str, tuple[Build, str]] = {
    "nothing": (lambda: b"", says.EMPTY),
    "only spaces": (lambda: b" \r\n\0" * 100, says.EMPTY),
    "a byte over 10MB": (lambda: b"%PDF-1.7" + b"0" * (10 * 1024 * 1024 - 7), says.TOO_LARGE),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 50, says.not_a_document(".png")),
    "program": (lambda: b"MZ" + b"\0" * 100, says.not_a_document(".exe")),
    "web page": (lambda: b"<!DOCTYPE html><html><script>x</script></html>", says.not_a_document(".html")),
    "plain words": (lambda: b"just text", says.not_a_document()),
    "older Word file": (lambda: OLE, says.OLD_WORD),
    "Word file with a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), says.LOCKED),
    "archive of files": (lambda: a_zip({"a.txt": "hello"}), says.ARCHIVE),
    "archive with a password": (locked, says.LOCKED),
    "archive cut off": (lambda: a_docx()[:-100], says.DAMAGED),
    "archive that is only a beginning": (lambda: b"PK\x03\x04 broken", says.DAMAGED),
    "archive of nothing": (lambda: ENDING + b"\0" * 18, says.DAMAGED),
    "bomb": (lambda: a_zip({"bomb": b"0" * 20_000_000}, a_docx()), says.BOMB),
    "bomb within an archive": (nested, says.CARRIES),
    "bomb that says it is small": (lambda: Raw().add(b"a", b"0" * 9_000_000, size=10).bytes(), says.BOMB),
    "part that says it is huge": (lambda: Raw().add(b"a", b"0", size=0xFFFFFFF0).bytes(), says.BOMB),
    "part that says it is longer": (lambda: Raw().add(b"a", b"0" * 90, size=91).bytes(), says.DAMAGED),
    "part with a wrong checksum": (lambda: Raw().add(b"a", b"0", checksum=7).bytes(), says.DAMAGED),
    "thousands of parts": (lambda: a_zip({f"part{n}": b"" for n in range(2_001)}, a_docx()), says.BOMB),
    "parts that overlap": (overlapping, says.HIDDEN),
    "the same name twice": (lambda: Raw().add(b"word/document.xml").add(b"word/document.xml").bytes(), says.HIDDEN),
    "the same name in another case": (named(b"Word/Document.XML"), says.HIDDEN),
    "another name in the header": (lambda: Raw().add(b"a.xml.exe", name_size=5).bytes(), says.HIDDEN),
    "bytes in front": (lambda: b"PK\0\0 in front" + a_docx(), says.HIDDEN),
    "bytes between parts and directory": (lambda: Raw().add(b"a").bytes(gap=b"MZ" * 40), says.HIDDEN),
    "a page of the web behind": (lambda: a_docx() + b"<script>alert(1)</script>", says.HIDDEN),
    "a comment": (with_comment, says.HIDDEN),
    "fewer parts counted than there are": (lambda: Raw().add(b"a").add(b"b").bytes(count=1), says.HIDDEN),
    "name that climbs out": (named(b"../../etc/passwd"), says.HIDDEN),
    "name from the root": (named(b"/etc/passwd"), says.HIDDEN),
    "name with a drive": (named(b"C:/autoexec.bat"), says.HIDDEN),
    "name with backslashes": (named(b"..\\..\\evil.exe"), says.HIDDEN),
    "name with NUL": (named(b"a.xml\0.exe"), says.HIDDEN),
    "name with control characters": (named(b"a\r\nb.xml"), says.HIDDEN),
    "name of 300 characters": (named(b"a" * 300), says.HIDDEN),
    "no name": (named(b""), says.HIDDEN),
    "link to a file outside": (lambda: Raw().add(b"a", b"/etc/passwd", mode=0o120777).bytes(), says.HIDDEN),
    "packed in a way few can read": (lambda: Raw().add(b"a", method=14).bytes(), says.HIDDEN),
    "Word and OpenDocument at once": (
        lambda: an_odt(parts={"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}),
        says.TWO_KINDS,
    ),
}
