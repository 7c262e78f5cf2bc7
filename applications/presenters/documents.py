"""Documents asked for, and what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from applications.enums import DocumentType, StatementState
from applications.models import Application, Document, StatementRequest
from applications.rules.statements import KIND
from applications.selectors import CohortForm
from cohorts.models import RequiredDocument
from nextstep.clock import LONDON
from nextstep.design.dates import date_words, moment_words

NOT_CHECKED = (
    "We could not check this file yet. We keep it and try again every few minutes, so you do not need to upload it "
    "again. It counts once it is checked."
)


@dataclass(frozen=True)
class DocumentSlot:
    label: str
    upload_url: str
    url: str = ""
    name: str = ""
    facts: str = ""
    remove_url: str = ""
    # Why it does not count yet; then it cannot be opened either.
    waits: str = ""
    # Where somebody else can be asked for it, was asked, and what came of that.
    ask_url: str = ""
    asked: str = ""
    withdraw_url: str = ""

    @property
    def sent(self) -> bool:
        return bool(self.name)


Requests = Mapping[tuple[int, int], StatementRequest]


def document_slots(
    form: CohortForm, sent: Mapping[tuple[int, int], Document], requests: Requests | None = None
) -> list[DocumentSlot]:
    """One for each document asked for, filled or not; with what others were asked for, where `requests` are given."""
    return [
        _slot(form, required, number, sent.get((required.pk, number)), (requests or {}).get((required.pk, number)))
        for required, number in form.slots()
    ]


def slot_label(required: RequiredDocument, number: int) -> str:
    """What a document is called: "CV", "Supporting statement 1 of 2"."""
    return required.label if required.number == 1 else f"{required.label} {number} of {required.number}"


def _slot(
    form: CohortForm,
    required: RequiredDocument,
    number: int,
    document: Document | None,
    request: StatementRequest | None,
) -> DocumentSlot:
    address: list[str | int] = [form.cohort.programme.slug, form.cohort.slug, required.pk, number]
    slot = DocumentSlot(
        slot_label(required, number),
        reverse("applications:upload", args=address),
        **_asking(request, address, may_ask=required.kind == KIND and document is None),
    )
    if document is None:
        return slot
    return replace(
        slot,
        url=_reading_url(document) if may_be_read(document) else "",
        name=document.original_name,
        facts=document_facts(document),
        remove_url="" if document.asked else reverse("applications:remove_document", args=[document.public_id]),
        waits=NOT_CHECKED if document.is_waiting else "",
    )


def _asking(request: StatementRequest | None, address: list[str | int], *, may_ask: bool) -> dict[str, str]:
    ask = reverse("applications:ask", args=address) if may_ask else ""
    if request is None:
        return {"ask_url": ask}
    day = date_words(request.asked_at.astimezone(LONDON).date())
    if request.state == StatementState.DECLINED:
        return {"ask_url": ask, "asked": f"{request.name} cannot write it. Ask somebody else, or upload it yourself."}
    withdraw = reverse("applications:withdraw_request", args=[request.public_id])
    if request.state == StatementState.ASKED:
        words = f"You asked {request.name} on {day}. We remind them, and email you when it comes."
    elif request.applicant_may_read:
        words = f"{request.name} sent it and allows you to read it."
    else:
        words = f"{request.name} sent it in confidence, so you cannot read it."
    return {"asked": words, "withdraw_url": withdraw}


def may_be_read(document: Document) -> bool:
    """Whether the applicant may read a document of their application: a statement only if its writer allows it."""
    return document.asked is None or document.asked.applicant_may_read


def _reading_url(document: Document) -> str:
    """Where a document can be read in the browser: the PDF itself, or the words of another kind of file."""
    name = "document" if document.kind == DocumentType.PDF else "document_text"
    return reverse(f"applications:{name}", args=[document.public_id])


def _url(document: Document) -> str:
    return reverse("applications:document", args=[document.public_id])


def document_facts(document: Document) -> str:
    """Type, size, pages and time of a document in words."""
    pages = f", {document.pages} page{'' if document.pages == 1 else 's'}" if document.pages else ""
    kind = document.get_kind_display()
    return f"{kind}, {size_words(document.size)}{pages}. Uploaded on {moment_words(document.uploaded_at)}."


def size_words(size: int) -> str:
    """Bytes as people say them: 340KB, 2.4MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))}KB"
    return f"{size / 1024 / 1024:.1f}MB"


@dataclass(frozen=True)
class SentDocument:
    label: str
    name: str
    facts: str
    url: str
    # Where it can be read in the page: the PDF itself, or the words of another kind of file.
    reading_url: str


def sent_documents(application: Application, *, for_applicant: bool = False) -> list[SentDocument]:
    """The documents of a whole application, in the order asked for; without an address what they may not read."""
    return [
        _sent(document, hidden=for_applicant and not may_be_read(document)) for document in application.documents.all()
    ]


def _sent(document: Document, *, hidden: bool) -> SentDocument:
    url = "" if hidden else _url(document)
    by = f" Sent by {document.asked.name} ({document.asked.relation})." if document.asked else ""
    return SentDocument(
        document.required.label + (f" {document.number}" if document.required.number > 1 else ""),
        document.original_name,
        document_facts(document) + by,
        url,
        "" if hidden else _reading_url(document),
    )
