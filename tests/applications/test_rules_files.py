"""Files: which are taken, and what is said of those that are not."""

import zipfile

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from applications.rules.files import MOST_BYTES, FileRefused, Inspected, inspect, safe_name
from tests.factories.applications import a_docx, a_pdf, a_zip, an_odt

DAMAGED = "to its end: it may be damaged"


def refusal(data: bytes) -> str:
    try:
        inspect(data)
    except FileRefused as refused:
        return str(refused)
    return "taken"


def test_a_pdf_is_taken_with_its_pages() -> None:
    assert inspect(a_pdf(pages=3)) == Inspected("pdf", 3, "")


def test_a_docx_is_taken_with_its_words() -> None:
    assert inspect(a_docx("I led a project.", "It went well.")) == Inspected(
        "docx", None, "I led a project.\nIt went well."
    )


def test_an_odt_is_taken_with_its_words() -> None:
    assert inspect(an_odt("I led a project.", "It went well.")) == Inspected(
        "odt", None, "I led a project.\nIt went well."
    )


def test_an_office_pdf_that_opens_at_a_page_is_taken() -> None:
    def opens_at_its_first_page(writer: PdfWriter) -> None:
        writer.open_destination = writer.pages[0]

    assert inspect(a_pdf(change=opens_at_its_first_page)).kind == "pdf"


def opening_script(writer: PdfWriter) -> None:
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})
    writer.root_object[NameObject("/OpenAction")] = script


def launching(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


def nested_script(writer: PdfWriter) -> None:
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})
    writer.pages[0][NameObject("/Annots")] = writer._add_object(DictionaryObject({NameObject("/A"): script}))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty"),
        (b" \n ", "The file is empty"),
        (b"%PDF-1.7" + b"0" * MOST_BYTES, "must be 10MB or smaller"),
        (b"%PDF-1.7\nnothing more", DAMAGED),
        (a_pdf()[:-200], DAMAGED),
        (a_pdf(pages=0), "no pages"),
        (a_pdf(change=lambda writer: writer.encrypt("secret")), "has a password"),
        (a_pdf(change=opening_script), "contains a script"),
        (a_pdf(change=launching), "contains a script"),
        (a_pdf(change=nested_script), "contains a script"),
        (a_pdf(change=lambda writer: writer.add_attachment("a.exe", b"MZ")), "carries other files"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "must be a PDF, Word"),
        (b"MZ" + b"\0" * 100, "must be a PDF, Word"),
        (b"just text", "must be a PDF, Word"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "older Word file"),
        (a_zip({"a.txt": "hello"}), "another archive"),
        (b"PK\x03\x04 broken", DAMAGED),
        (a_docx()[:-100], DAMAGED),
        (a_docx(""), "no text in this file"),
        (a_zip({"word/vbaProject.bin": b"x"}, a_docx()), "contains macros"),
        (a_zip({"word/activeX/activeX1.bin": b"x"}, a_docx()), "contains macros"),
        (a_zip({"word/embeddings/oleObject1.bin": b"x"}, a_docx()), "carries other files"),
        (a_zip({"../../etc/passwd": b"x"}, a_docx()), "carries other files"),
        (a_zip({"/etc/passwd": b"x"}, a_docx()), "carries other files"),
        (a_zip({"word/_rels/x.rels": b'<a Type="x/attachedTemplate"/>'}, a_docx()), "loads a template"),
        (a_zip({"bomb": b"0" * 20_000_000}, a_docx()), "unpacks to far more"),
        (a_zip({f"part{n}": b"" for n in range(2_001)}, a_docx()), "unpacks to far more"),
        (an_odt(""), "no text in this file"),
        (an_odt(parts={"Basic/Standard/Module1.xml": "x"}), "contains macros"),
        (an_odt(parts={"Object 1/content.xml": "x"}), "carries other files"),
        (an_odt(parts={"META-INF/manifest.xml": "<encryption-data/>"}), "has a password"),
        (a_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a"}), DAMAGED),
        (
            a_zip(
                {
                    "mimetype": "application/vnd.oasis.opendocument.text",
                    "content.xml": '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>',
                }
            ),
            DAMAGED,
        ),
        (a_zip({"mimetype": "application/vnd.oasis.opendocument.text"}), DAMAGED),
    ],
)
def test_a_file_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    assert reason in refusal(data)


def test_a_zip_with_a_password_is_refused() -> None:
    locked = bytearray(a_docx())
    at = 0
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        while (at := locked.find(signature, at)) >= 0:
            locked[at + flags] |= 1
            at += 4
        at = 0

    assert "has a password" in refusal(bytes(locked))


@given(st.binary(max_size=2_000))
def test_whatever_is_sent_is_read_or_refused(data: bytes) -> None:
    for start in (b"", b"%PDF-1.4\n", b"PK\x03\x04"):
        assert refusal(start + data)


WHOLE = (a_pdf(), a_docx(), an_odt())


@hypothesis.settings(max_examples=25)
@given(st.integers(min_value=0, max_value=2_000), st.integers(min_value=0, max_value=255))
def test_a_spoiled_file_is_read_or_refused(at: int, byte: int) -> None:
    for whole in WHOLE:
        spoiled = bytearray(whole)
        spoiled[at % len(spoiled)] = byte
        assert refusal(bytes(spoiled))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cv.pdf", "cv.pdf"),
        ("CV.PDF", "CV.pdf"),
        ("my cv", "my cv.pdf"),
        ("cv.exe", "cv.exe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\asha\\cv.pdf", "cv.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe.pdf"),
        ("cv\x00\r\n.pdf", "cv.pdf"),
        ('cv"; filename="x.pdf', "cv filename= x.pdf"),
        ("   ...  ", "document.pdf"),
        ("", "document.pdf"),
        ("é" * 300, "é" * 100 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(typed: str, kept: str) -> None:
    assert safe_name(typed, "pdf") == kept


def test_the_archives_of_these_tests_are_whole() -> None:
    import io

    assert zipfile.ZipFile(io.BytesIO(a_docx())).testzip() is None
