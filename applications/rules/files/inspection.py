"""Which kind of file this is, whether it can be read to its end, and whether it holds anything but a document."""

import puremagic

from applications.rules.files import opendocument, pdf, word, zips
from applications.rules.files.outcome import LOCKED, SAVE_AS_PDF, TWO_KINDS, FileRefused, Inspected

MOST_BYTES = 10 * 1024 * 1024
# As far as other programs look for the beginning of a PDF.
_HEAD = 1024
_OFFICE_WITH_PASSWORD = "EncryptedPackage".encode("utf-16-le")


def inspect(data: bytes) -> Inspected:
    """Read a PDF, DOCX or ODT in full. Raises FileRefused with the reason."""
    if not data.strip(b"\0\t\n\f\r "):
        raise FileRefused("The file is empty. Choose the file again.")
    if len(data) > MOST_BYTES:
        raise FileRefused("The file must be 10MB or smaller. Save it with smaller pictures, or as a PDF.")
    if data.startswith(b"%PDF-"):
        return pdf.read(data)
    if b"%PDF-" in data[:_HEAD]:
        raise FileRefused(TWO_KINDS)
    if data.startswith(b"PK"):
        return _archive(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if _OFFICE_WITH_PASSWORD in data:
            raise FileRefused(LOCKED)
        raise FileRefused(f"This is an older Word file (.doc). {SAVE_AS_PDF}")
    raise FileRefused(f"The file must be a PDF, Word (.docx) or OpenDocument (.odt) file{_seems(data)}. {SAVE_AS_PDF}")


def _archive(data: bytes) -> Inspected:
    unpacked = zips.unpack(data)
    if "mimetype" in unpacked.texts:
        return opendocument.read(unpacked)
    if "[Content_Types].xml" in unpacked.texts:
        return word.read(unpacked)
    raise FileRefused("This is an archive, not a document. Unpack it and send the document that is inside.")


def _seems(data: bytes) -> str:
    try:
        ending = puremagic.from_string(data[: 4 * _HEAD])
    except (puremagic.PureError, ValueError):
        return ""
    return f". This one seems to be {ending}" if ending else ""
