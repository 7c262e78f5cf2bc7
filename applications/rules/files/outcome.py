"""What comes of inspecting a file."""

from dataclasses import dataclass


class FileRefused(Exception):
    """Why a file is not accepted; `str()` is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Inspected:
    """`pages` is known of PDFs alone; `text` is what the portal shows of files that browsers cannot show."""

    kind: str
    pages: int | None
    text: str
