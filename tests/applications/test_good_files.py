"""Files such as doctors send: they must pass, whichever program wrote them."""

import io
import zipfile
import zlib
from collections.abc import Callable

import docx
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import Fit, NameObject, StreamObject

from applications.rules.files import Inspected, inspect
from tests.applications.hostile.opendocuments import holding
from tests.applications.hostile.pdfs import annotated, made, page, revised, root, with_stream
from tests.applications.hostile.words import body, field, related, runs, settings_related
from tests.factories.applications import a_docx, a_pdf, a_zip, an_odt

Build = Callable[[], bytes]
WORDS = "I led a project."
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60


def scanned_pdf() -> bytes:
    """A picture on each page and no words at all."""

    def change(writer: PdfWriter) -> None:
        picture = StreamObject()
        picture.set_data(zlib.compress(b"\xff" * 1_000_000))
        picture.update(made({"Subtype": "/Image", "Width": 1_000, "Height": 1_000, "Filter": "/FlateDecode"}))
        held = writer._add_object(picture)
        for each in writer.pages:
            each[NameObject("/Resources")] = made({"XObject": {"Im1": held}})

    return a_pdf(pages=3, change=change)


def with_bookmarks() -> bytes:
    def change(writer: PdfWriter) -> None:
        part = writer.add_outline_item(title="Education", page_number=0)
        writer.add_outline_item(title="Medicine", page_number=1, parent=part, fit=Fit.fit())
        writer.add_annotation(page_number=0, annotation=Link(rect=(0, 0, 9, 9), target_page_index=1))
        writer.add_metadata({"/Title": "Curriculum vitae", "/Author": "Asha Rao"})

    return a_pdf(pages=2, change=change)


def with_packed_objects() -> bytes:
    """As most programs write today: objects in streams, the table of objects in another."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(with_bookmarks())))
    writer.compress_identical_objects()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word_of_everything() -> bytes:
    document = docx.Document()
    document.add_heading("Curriculum vitae")
    document.add_paragraph("Led\ta rota", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "2024", "Registrar"
    document.sections[0].header.paragraphs[0].text = "Asha Rao"
    document.add_page_break()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def stored(whole: bytes) -> bytes:
    """The same parts, not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive, zipfile.ZipFile(out, "w") as again:
        for name in archive.namelist():
            again.writestr(name, archive.read(name))
    return out.getvalue()


class OneWay(io.BytesIO):
    """A place that cannot be gone back in, so that sizes follow each part."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def streamed(whole: bytes) -> bytes:
    out = OneWay()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in archive.namelist():
            again.writestr(name, archive.read(name))
    return out.getvalue()


LINK = {"Subtype": "/Link", "A": {"S": "/URI", "URI": "https://orcid.org/0000"}}
MAIL = {"Subtype": "/Link", "A": {"S": "/URI", "URI": "mailto:asha.rao@example.nhs.uk"}}

PDFS: dict[str, tuple[Build, int]] = {
    "blank page": (a_pdf, 1),
    "three pages": (lambda: a_pdf(pages=3), 3),
    "as many pages as may be": (lambda: a_pdf(pages=50), 50),
    "scan without words": (scanned_pdf, 3),
    "bookmarks, links and properties": (with_bookmarks, 2),
    "objects in streams": (with_packed_objects, 2),
    "link to a web page": (annotated(**LINK), 1),
    "link to a mail": (annotated(**MAIL), 1),
    "button that turns the page": (annotated(Subtype="/Widget", A={"S": "/Named", "N": "/NextPage"}), 1),
    "opens at a page": (root(OpenAction={"S": "/GoTo", "D": ["/XYZ"]}), 1),
    "opens at a place": (root(OpenAction=["/Fit"]), 1),
    "form that was filled in": (root(AcroForm={"Fields": [], "NeedAppearances": True}), 1),
    "comment on a page": (annotated(Subtype="/Text", Contents="Well done"), 1),
    "tagged structure": (root(StructTreeRoot={"K": [{"S": "/P", "A": {"O": "/Layout"}}]}), 1),
    "effect between pages": (page(Trans={"S": "/Dissolve"}), 1),
    "stream that is not packed": (with_stream(b"BT (words) Tj ET", ""), 1),
    "changed and saved on top": (lambda: revised(first="<< /A 1 >>", then="<< /A 2 >>"), 1),
    "spaces after its end": (lambda: a_pdf() + b"\r\n\r\n\0\0", 1),
}

ARCHIVES: dict[str, tuple[Build, str, str]] = {
    "Word": (lambda: a_docx(WORDS, "It went well."), "docx", f"{WORDS}\nIt went well."),
    "Word with a heading, a list and a table": (
        word_of_everything,
        "docx",
        "Curriculum vitae\nLed a rota\n2024 | Registrar",
    ),
    "Word, parts not compressed": (lambda: stored(a_docx(WORDS)), "docx", WORDS),
    "Word, written in one go": (lambda: streamed(a_docx(WORDS)), "docx", WORDS),
    "Word with a link": (related("hyperlink", "https://orcid.org/0000"), "docx", WORDS),
    "Word with a page number": (field(runs("PAGE")), "docx", WORDS),
    "Word with a link in a field": (field(runs(' HYPERLINK "https://x.org/dde"')), "docx", WORDS),
    "Word from a template of its writer's": (
        settings_related("attachedTemplate", r"file:///C:\Users\asha\Templates\CV.dotx"),
        "docx",
        WORDS,
    ),
    "Word with a picture": (lambda: a_zip({"word/media/image1.png": PNG}, a_docx(WORDS)), "docx", WORDS),
    "Word that is a scan": (lambda: a_zip({"word/media/image1.png": PNG}, a_docx("")), "docx", ""),
    "Word with a box of text told twice": (
        body(
            '<w:p><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:r><w:t>Box</w:t></w:r></mc:Choice>'
            "<mc:Fallback><w:r><w:t>Box</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
        ),
        "docx",
        f"Box\n{WORDS}",
    ),
    "OpenDocument": (lambda: an_odt(WORDS, "It went well."), "odt", f"{WORDS}\nIt went well."),
    "OpenDocument, written in one go": (lambda: streamed(an_odt(WORDS)), "odt", WORDS),
    "OpenDocument with spaces": (lambda: an_odt("I<text:tab/>led<text:s/>it."), "odt", "I led it."),
    "OpenDocument with a link": (
        holding('<text:a xlink:href="https://orcid.org/0000">me</text:a>'),
        "odt",
        WORDS,
    ),
    "OpenDocument with a picture": (
        holding('<draw:image xlink:href="Pictures/1.png"/>', "settings.xml"),
        "odt",
        WORDS,
    ),
    "OpenDocument that is a scan": (lambda: an_odt("", parts={"Pictures/1.png": PNG}), "odt", ""),
    "OpenDocument with an empty list of scripts": (holding("<office:scripts/>"), "odt", WORDS),
    "OpenDocument from a template of its writer's": (
        holding('<meta:template xlink:href="../../../templates/cv.ott"/>', "meta.xml"),
        "odt",
        WORDS,
    ),
}


@pytest.mark.parametrize(("build", "pages"), PDFS.values(), ids=PDFS)
def test_a_good_pdf_passes_with_its_pages(build: Build, pages: int) -> None:
    assert inspect(build()) == Inspected("pdf", pages, "")


@pytest.mark.parametrize(("build", "kind", "text"), ARCHIVES.values(), ids=ARCHIVES)
def test_a_good_document_passes_with_its_words(build: Build, kind: str, text: str) -> None:
    assert inspect(build()) == Inspected(kind, None, text)
