"""Documents asked for, and what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from applications.enums import DocumentType
from applications.models import Application, Document
from applications.selectors import CohortForm
from nextstep.design.dates import moment_words

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

    @property
    def sent(self) -> bool:
        return bool(self.name)


def document_slots(form: CohortForm, sent: Mapping[tuple[int, int], Document]) -> list[DocumentSlot]:
    """One for each document asked for, filled or not."""
    place = [form.cohort.programme.slug, form.cohort.slug]
    slots = []
    for required, number in form.slots():
        label = required.label if required.number == 1 else f"{required.label} {number} of {required.number}"
        upload = reverse("applications:upload", args=[*place, required.pk, number])
        document = sent.get((required.pk, number))
        if document is None:
            slots.append(DocumentSlot(label, upload))
            continue
        slots.append(
            DocumentSlot(
                label,
                upload,
                url=reverse("applications:document", args=[document.public_id]),
                name=document.original_name,
                facts=document_facts(document),
                remove_url=reverse("applications:remove_document", args=[document.public_id]),
                waits=NOT_CHECKED if document.is_waiting else "",
            )
        )
    return slots


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


def sent_documents(application: Application) -> list[SentDocument]:
    """The documents of a whole application, in the order asked for."""
    return [
        SentDocument(
            document.required.label + (f" {document.number}" if document.required.number > 1 else ""),
            document.original_name,
            document_facts(document),
            url := reverse("applications:document", args=[document.public_id]),
            url if document.kind == DocumentType.PDF else f"{url}text/",
        )
        for document in application.documents.all()
    ]
