"""Which kind of file this is, whether it can be read to its end, and whether it holds anything but a document."""

import puremagic

from applications.rules.files import archives, pdf
from applications.rules.files.outcome import FileRefused, Inspected

MOST_BYTES = 10 * 1024 * 1024


def inspect(data: bytes) -> Inspected:
    """Read a PDF, DOCX or ODT in full. Raises FileRefused with the reason."""
    if not data.strip():
        raise FileRefused("The file is empty. Choose the file again.")
    if len(data) > MOST_BYTES:
        raise FileRefused("The file must be 10MB or smaller. Save it with smaller pictures, or as a PDF.")
    if data.startswith(b"%PDF-"):
        return pdf.read(data)
    if data.startswith(b"PK\x03\x04"):
        return archives.read(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(
            "This is an older Word file (.doc) or one with a password. Save it as PDF or .docx without a password."
        )
    raise FileRefused(f"The file must be a PDF, Word (.docx) or OpenDocument (.odt) file{_seems(data)}.")


def _seems(data: bytes) -> str:
    try:
        ending = puremagic.from_string(data)
    except (puremagic.PureError, ValueError):
        return ""
    return f". This one seems to be {ending}" if ending else ""
