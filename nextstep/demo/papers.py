"""Small real documents for the demo's applicants: the uploads go through the same checks as anybody's."""

from datetime import date
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

LINE_HEIGHT = 18


def one_page_pdf(title: str, lines: list[str], *, dated: date) -> bytes:
    """A PDF of one page of A4 in Helvetica; the same bytes for the same words."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})  # noqa: SLF001 - pypdf has no other way to add one
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(_drawn([title, f"{dated:%d %B %Y}", "", *lines]))
    page[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - likewise
    writer.add_metadata({"/Title": title})
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _drawn(lines: list[str]) -> bytes:
    """The page's content stream: each line below the last."""
    shown = [f"({_escaped(line)}) Tj 0 -{LINE_HEIGHT} Td" for line in lines]
    return "\n".join(["BT /F1 12 Tf 60 780 Td", *shown, "ET"]).encode("latin-1", "replace")


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
