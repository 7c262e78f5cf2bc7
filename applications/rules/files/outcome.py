"""What comes of inspecting a file."""

from dataclasses import dataclass

# Sentences that several kinds of file share. Each says what to do next.
SAVE_AS_PDF = "Save it as a PDF and send that."
DAMAGED = "We could not read this file to its end: it may be damaged. Open it, save it again and send that."
TWO_KINDS = f"This file is more than one kind of file at once, so we cannot accept it. {SAVE_AS_PDF}"
HIDDEN = f"This file is put together in a way that can hide things, so we cannot accept it. {SAVE_AS_PDF}"
MACROS = f"This file contains macros or scripts. {SAVE_AS_PDF}"
CARRIES = f"This file carries other files or objects inside it. {SAVE_AS_PDF}"
LOADS = f"This file loads something from elsewhere when it is opened. {SAVE_AS_PDF}"
LOCKED = "This file has a password. Save it without a password and send that."
EMPTY = "There is no text in this file. Check that it is the right one, or save it as a PDF and send that."
TOO_LARGE_INSIDE = f"This file unpacks to far more than its size, so we do not open it. {SAVE_AS_PDF}"
TOO_LONG = "This file is far longer than a document for an application. Send only the pages that matter."


class FileRefused(Exception):
    """Why a file is not accepted; `str()` is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Inspected:
    """`pages` is known of PDFs alone; `text` is what the portal shows of files that browsers cannot show."""

    kind: str
    pages: int | None
    text: str
