"""Files: which are taken, and what is said of those that are not."""

import zipfile

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.rules.files import FileRefused, inspect, safe_name
from tests.factories.applications import a_docx, a_pdf, an_odt


def refusal(data: bytes) -> str:
    try:
        inspect(data)
    except FileRefused as refused:
        return str(refused)
    return "taken"


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
        ("cv.Pdf.pDF", "cv.Pdf.pdf"),
        ("cv.docx", "cv.pdf"),
        ("cv.exe", "cv_exe.pdf"),
        ("cv.pdf.exe", "cv.pdf_exe.pdf"),
        ("cv.js.pdf", "cv_js.pdf"),
        ("Dr. A. Rao CV 2.1.pdf", "Dr. A. Rao CV 2.1.pdf"),
        ("CON", "_CON.pdf"),
        ("nul.tar.pdf", "_nul.tar.pdf"),
        ("COM1.docx", "_COM1.pdf"),
        ("console.pdf", "console.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("-rf.pdf", "rf.pdf"),
        ("cv\uff0fpasswd", "passwd.pdf"),
        ("cv\u2024exe", "cv_exe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\asha\\cv.pdf", "cv.pdf"),
        ("cv\u202efdp.exe", "cvfdp_exe.pdf"),
        ("cv\x00\r\n.pdf", "cv.pdf"),
        ('cv"; filename="x.pdf', "cv filename= x.pdf"),
        ("   ...  ", "document.pdf"),
        ("", "document.pdf"),
        ("é" * 300, "é" * 100 + ".pdf"),
        ("\U0001f600" * 300, "\U0001f600" * 50 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(typed: str, kept: str) -> None:
    assert safe_name(typed, "pdf") == kept


def test_the_archives_of_these_tests_are_whole() -> None:
    import io

    assert zipfile.ZipFile(io.BytesIO(a_docx())).testzip() is None
