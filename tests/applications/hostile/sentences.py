"""What a doctor reads when a file is refused."""

DAMAGED = "We could not read this file to its end: it may be damaged. Open it, save it again and send that."
DAMAGED_PDF = "We could not read this PDF to its end: it may be damaged. Open it, save it as a PDF again and send that."
TWO_KINDS = "This file is more than one kind of file at once, so we cannot accept it. Save it as a PDF and send that."
HIDDEN = (
    "This file is put together in a way that can hide things, so we cannot accept it. Save it as a PDF and send that."
)
MACROS = "This file contains macros or scripts. Save it as a PDF and send that."
CARRIES = "This file carries other files or objects inside it. Save it as a PDF and send that."
LOADS = "This file loads something from elsewhere when it is opened. Save it as a PDF and send that."
TEMPLATE = "This file loads a template from elsewhere. Save it as a PDF and send that."
STARTS = "This file has a field that starts another program. Save it as a PDF and send that."
LOCKED = "This file has a password. Save it without a password and send that."
NO_TEXT = "There is no text in this file. Check that it is the right one, or save it as a PDF and send that."
BOMB = "This file unpacks to far more than its size, so we do not open it. Save it as a PDF and send that."
TOO_LONG = "This file is far longer than a document for an application. Send only the pages that matter."
EMPTY = "The file is empty. Choose the file again."
TOO_LARGE = "The file must be 10MB or smaller. Save it with smaller pictures, or as a PDF."
OLD_WORD = "This is an older Word file (.doc). Save it as a PDF and send that."
OTHER_OFFICE = "This is not a Word document (.docx) but another Office file. Save it as a PDF and send that."
OTHER_ODF = "This is not an OpenDocument text (.odt) but another kind of file. Save it as a PDF and send that."
ARCHIVE = "This is an archive, not a document. Unpack it and send the document that is inside."
RUNS_PDF = "This PDF contains a script or a form that runs. Print it to a new PDF and send that."
OPENS_PDF = "This PDF does something by itself when it is opened. Print it to a new PDF and send that."
ACTS_PDF = "This PDF starts another program or opens another file. Print it to a new PDF and send that."
CARRIES_PDF = "This PDF carries other files inside it. Print it to a new PDF and send that."
PLAYS_PDF = "This PDF contains sound, video or 3D. Print it to a new PDF and send that."
BOMB_PDF = "This PDF unpacks to far more than its size, so we do not open it. Print it to a new PDF and send that."
PASSWORD_PDF = "This PDF has a password. Save it without a password and send that."
RESTRICTED_PDF = "This PDF is locked against changes, so we cannot check it. Print it to a new PDF and send that."
COMPLEX_PDF = "This PDF is too complex for us to check. Print it to a new PDF and send that."
NO_PAGES_PDF = "This PDF has no pages. Choose the file again."
PAGES_PDF = "This PDF has 51 pages. Send up to 50: only the pages that matter."


def not_a_document(seems: str = "") -> str:
    said = f". This one seems to be {seems}" if seems else ""
    return f"The file must be a PDF, Word (.docx) or OpenDocument (.odt) file{said}. Save it as a PDF and send that."


def a_link(address: str) -> str:
    what = f"This file has a link to “{address}”, which we cannot accept."
    return f"{what} Remove the link, save the file and send it again."
