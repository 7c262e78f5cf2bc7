"""Hostile PDFs, each with what is said of it."""

import io
import zlib
from collections.abc import Callable
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from tests.applications.hostile import sentences as says
from tests.factories.applications import a_docx, a_pdf, a_zip

Build = Callable[[], bytes]
SCRIPT = {"S": "/JavaScript", "JS": "app.alert(1)"}


def made(value: Any) -> Any:
    """A pypdf object from plain Python: text that begins with / is a name."""
    if isinstance(value, dict):
        return DictionaryObject({NameObject(f"/{key}"): made(item) for key, item in value.items()})
    if isinstance(value, list):
        return ArrayObject(made(item) for item in value)
    if isinstance(value, str):
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    return NumberObject(value) if isinstance(value, int) else value


def root(**entries: Any) -> Build:
    def change(writer: PdfWriter) -> None:
        for key, value in entries.items():
            writer.root_object[NameObject(f"/{key}")] = writer._add_object(made(value))

    return lambda: a_pdf(change=change)


def page(**entries: Any) -> Build:
    def change(writer: PdfWriter) -> None:
        for key, value in entries.items():
            writer.pages[0][NameObject(f"/{key}")] = made(value)

    return lambda: a_pdf(change=change)


def annotated(**entries: Any) -> Build:
    return page(Annots=[{"Type": "/Annot", "Rect": [0, 0, 9, 9], **entries}])


def escaped_name() -> bytes:
    return root(OpenAction=SCRIPT)().replace(b"/JavaScript", b"/J#61v#61Script").replace(b"/JS", b"/#4a#53")


def action_name_elsewhere() -> bytes:
    """The kind of action is itself an object that the action points to."""

    def change(writer: PdfWriter) -> None:
        kind = writer._add_object(NameObject("/Launch"))
        writer.pages[0][NameObject("/Annots")] = made([{"A": {"S": kind, "F": "cmd.exe"}}])

    return a_pdf(change=change)


def revised(*, first: str, then: str) -> bytes:
    """A PDF changed by appending: object 90 is written, and written again."""
    whole = a_pdf()
    catalog = PdfReader(io.BytesIO(whole)).trailer.raw_get("/Root").idnum
    for body in (first, then):
        start = len(whole)
        previous = whole.rpartition(b"startxref\n")[2].split()[0].decode()
        whole += f"90 0 obj\n{body}\nendobj\n".encode()
        xref = len(whole)
        whole += (
            f"xref\n90 1\n{start:010} 00000 n \ntrailer\n<< /Size 91 /Root {catalog} 0 R /Prev {previous} >>\n"
            f"startxref\n{xref}\n%%EOF\n"
        ).encode()
    return whole


def packed(content: str) -> bytes:
    """A PDF in whose object stream, which nothing points to, stands one object."""
    head = "50 0 "
    body = zlib.compress((head + content).encode())
    return with_stream(body, f"/Type /ObjStm /N 1 /First {len(head)} /Filter /FlateDecode")()


def with_stream(body: bytes, entries: str = "/Filter /FlateDecode") -> Build:
    held = f"90 0 obj\n<< {entries} /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream\nendobj\n"
    return lambda: _before_table(a_pdf(), held)


def _before_table(whole: bytes, held: bytes) -> bytes:
    """Put an object before the table of objects, and tell where the table is now."""
    before, mark, after = whole.rpartition(b"xref\n0 ")
    table = len(before) + len(held)
    return before + held + mark + after.rpartition(b"startxref\n")[0] + f"startxref\n{table}\n%%EOF\n".encode()


def embedded_in_stream() -> bytes:
    def change(writer: PdfWriter) -> None:
        stream = StreamObject()
        stream.set_data(b"MZ")
        writer.root_object[NameObject("/Files")] = made({"EF": {"F": writer._add_object(stream)}})

    return a_pdf(change=change)


def many_objects() -> bytes:
    return _before_table(a_pdf(), b"".join(b"%d 0 obj null endobj\n" % number for number in range(100, 50_200)))


def pages_in_a_circle() -> bytes:
    def change(writer: PdfWriter) -> None:
        pages = writer.root_object["/Pages"]
        pages[NameObject("/Kids")] = ArrayObject([writer.root_object.raw_get("/Pages")])

    return a_pdf(change=change)


def pages_without_number() -> bytes:
    """Each of 24 nodes holds the next one twice: 16 million pages in a few hundred bytes."""

    def change(writer: PdfWriter) -> None:
        kid = writer._add_object(made({"Type": "/Page", "MediaBox": [0, 0, 9, 9]}))
        for _ in range(24):
            kid = writer._add_object(made({"Type": "/Pages", "Kids": [kid, kid], "Count": 2}))
        writer.root_object[NameObject("/Pages")] = kid

    return a_pdf(change=change)


def locked(user_password: str) -> bytes:
    return a_pdf(change=lambda writer: writer.encrypt(user_password, "owner", algorithm="AES-256"))


BOMB = zlib.compress(b"\0" * 320 * 1024 * 1024, 9)

CASES: dict[str, tuple[Build, str]] = {
    "PDF with a zip archive behind it": (lambda: a_pdf() + a_zip({"a.exe": "MZ"}), says.TWO_KINDS),
    "PDF with a Word file behind it": (lambda: a_pdf() + a_docx(), says.TWO_KINDS),
    "PDF with a web page behind it": (lambda: a_pdf() + b"<html><script>alert(1)</script>", says.TWO_KINDS),
    "PDF with a web page in its first comment": (
        lambda: a_pdf().replace(b"%PDF-1.3\n", b"%PDF-1.3\n%<html><script>alert(1)</script>\n", 1),
        says.TWO_KINDS,
    ),
    "GIF in front of a PDF": (lambda: b"GIF89a" + a_pdf(), says.TWO_KINDS),
    "zip archive in front of a PDF": (lambda: a_zip({"a.exe": "MZ"}) + a_pdf(), says.TWO_KINDS),
    "program in front of a PDF": (lambda: b"MZ" + b"\0" * 62 + a_pdf(), says.TWO_KINDS),
    "script that runs at opening": (root(OpenAction=SCRIPT), says.RUNS_PDF),
    "script in the tree of names": (root(Names={"JavaScript": {"Names": ["a", SCRIPT]}}), says.RUNS_PDF),
    "script under an escaped name": (escaped_name, says.RUNS_PDF),
    "script behind a link": (annotated(Subtype="/Link", A=SCRIPT), says.RUNS_PDF),
    "script after a harmless action": (
        annotated(Subtype="/Link", A={"S": "/GoTo", "D": "a", "Next": [SCRIPT]}),
        says.RUNS_PDF,
    ),
    "form that sends itself": (annotated(Subtype="/Widget", A={"S": "/SubmitForm", "F": "x"}), says.RUNS_PDF),
    "form with a second form in XML": (root(AcroForm={"XFA": "<xdp/>"}), says.RUNS_PDF),
    "form that imports data": (annotated(Subtype="/Widget", A={"S": "/ImportData", "F": "x"}), says.RUNS_PDF),
    "program launched at opening": (root(OpenAction={"S": "/Launch", "F": "cmd.exe"}), says.ACTS_PDF),
    "program launched by a link": (annotated(Subtype="/Link", A={"S": "/Launch", "F": "cmd.exe"}), says.ACTS_PDF),
    "program launched by an action named elsewhere": (action_name_elsewhere, says.ACTS_PDF),
    "link into another file": (annotated(Subtype="/Link", A={"S": "/GoToR", "F": "x.pdf"}), says.ACTS_PDF),
    "link into an embedded file": (annotated(Subtype="/Link", A={"S": "/GoToE"}), says.ACTS_PDF),
    "link with an action nobody knows": (annotated(Subtype="/Link", A={"S": "/Later"}), says.ACTS_PDF),
    "address opened at opening": (root(OpenAction={"S": "/URI", "URI": "https://example.org"}), says.OPENS_PDF),
    "print dialogue at opening": (root(OpenAction={"S": "/Named", "N": "/Print"}), says.OPENS_PDF),
    "action as a page is turned": (page(AA={"O": {"S": "/GoTo", "D": "a"}}), says.OPENS_PDF),
    "action as the file is closed": (root(AA={"WC": {"S": "/GoTo", "D": "a"}}), says.OPENS_PDF),
    "link that is a script": (
        annotated(Subtype="/Link", A={"S": "/URI", "URI": "java\tscript:alert(1)"}),
        says.a_link("javascript:alert(1)"),
    ),
    "link to a file of the reader's": (
        annotated(Subtype="/Link", A={"S": "/URI", "URI": "file:///C:/secret.txt"}),
        says.a_link("file:///C:/secret.txt"),
    ),
    "link to a folder of a network": (
        annotated(Subtype="/Link", A={"S": "/URI", "URI": "\\\\host\\share"}),
        says.a_link("\\\\host\\share"),
    ),
    "video": (annotated(Subtype="/RichMedia", RichMediaContent={"Assets": 1}), says.PLAYS_PDF),
    "film played in its page": (annotated(Subtype="/Screen", A={"S": "/Rendition"}), says.PLAYS_PDF),
    "three-dimensional model": (annotated(Subtype="/3D"), says.PLAYS_PDF),
    "sound": (annotated(Subtype="/Sound"), says.PLAYS_PDF),
    "attached program": (
        lambda: a_pdf(change=lambda writer: writer.add_attachment("a.exe", b"MZ")),
        says.CARRIES_PDF,
    ),
    "file as a note on a page": (annotated(Subtype="/FileAttachment"), says.CARRIES_PDF),
    "file that goes with the document": (root(AF=[{"Type": "/Filespec"}]), says.CARRIES_PDF),
    "file without a name": (embedded_in_stream, says.CARRIES_PDF),
    "portfolio of files": (root(Collection={"View": "/D"}), says.CARRIES_PDF),
    "script in an object stream that nothing points to": (
        lambda: packed("<< /S /JavaScript /JS (app.alert(1)) >>"),
        says.RUNS_PDF,
    ),
    "script in a version that a later one hides": (
        lambda: revised(first="<< /S /JavaScript /JS (app.alert(1)) >>", then="<< /Harmless true >>"),
        says.RUNS_PDF,
    ),
    "script in a later version": (
        lambda: revised(first="<< /Harmless true >>", then="<< /S /JavaScript /JS (app.alert(1)) >>"),
        says.RUNS_PDF,
    ),
    "PDF with a password": (lambda: locked("secret"), says.PASSWORD_PDF),
    "PDF that anybody opens and nobody may change": (lambda: locked(""), says.RESTRICTED_PDF),
    "bomb in a stream": (with_stream(BOMB), says.BOMB_PDF),
    "bomb within a bomb": (
        with_stream(zlib.compress(BOMB), "/Filter [/FlateDecode /FlateDecode]"),
        says.BOMB_PDF,
    ),
    "more objects than a document has": (many_objects, says.COMPLEX_PDF),
    "pages without number": (pages_without_number, says.COMPLEX_PDF),
    "pages in a circle": (pages_in_a_circle, says.DAMAGED_PDF),
    "51 pages": (lambda: a_pdf(pages=51), says.PAGES_PDF),
    "no pages": (lambda: a_pdf(pages=0), says.NO_PAGES_PDF),
    "PDF cut off": (lambda: a_pdf()[:-200], says.DAMAGED_PDF),
    "PDF that is only a beginning": (lambda: b"%PDF-1.7\nnothing more", says.DAMAGED_PDF),
}
