"""Uploading, replacing, reading and removing documents."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from applications import services
from applications.enums import DocumentType
from applications.forms import UploadForm
from applications.models import Document
from applications.presenters import NOT_CHECKED, document_slots
from applications.selectors import documents_of, documents_open_to, own_documents, statements_asked
from applications.views.drafts import Draft, with_draft
from nextstep.accounts.access import signed_in
from nextstep.refusals import Refused

TYPES = {
    DocumentType.PDF: "application/pdf",
    DocumentType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentType.ODT: "application/vnd.oasis.opendocument.text",
    DocumentType.TXT: "text/plain; charset=utf-8",
}
# A PDF is shown by the browser's own viewer, which a sandbox would keep from starting; nothing else may load.
SHOWN = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
SENT = "default-src 'none'; frame-ancestors 'none'; sandbox"


@with_draft
@require_safe
def documents(request: HttpRequest, draft: Draft) -> HttpResponse:
    slots = document_slots(draft.form, documents_of(draft.application), statements_asked(draft.application))
    return render(request, "applications/documents.html", {**draft.context, "slots": slots})


@with_draft
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, draft: Draft, required: int, number: int) -> HttpResponse:
    """Choose a file for one of the documents asked for; it takes the place of the one that was there."""
    wanted = next((r for r, n in draft.form.slots() if (r.pk, n) == (required, number)), None)
    if wanted is None:
        raise Http404
    label = wanted.label if wanted.number == 1 else f"{wanted.label} {number} of {wanted.number}"
    form = UploadForm(question=f"Upload: {label}")
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, question=f"Upload: {label}")
        if form.is_valid():
            file = form.cleaned_data["document"]
            try:
                sent = services.upload_document(
                    application=draft.application,
                    required=wanted,
                    number=number,
                    name=file.name,
                    data=file.read(),
                    by=request.user,  # type: ignore[arg-type]
                )
            except Refused as refusal:
                form.add_error("document", str(refusal))
            else:
                _tell(request, label, sent)
                return _onwards(request, draft)
    return render(request, "applications/upload.html", {**draft.context, "form": form, "label": label})


def _onwards(request: HttpRequest, draft: Draft) -> HttpResponse:
    """To the list of documents. A script that sent the file is told to go there, so that it takes the message along."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(reverse("applications:documents", args=draft.place))
    return redirect("applications:documents", *draft.place)


def _tell(request: HttpRequest, label: str, sent: Document) -> None:
    if sent.is_waiting:
        messages.warning(request, f"We have your document “{label}”. {NOT_CHECKED}")
    else:
        messages.success(request, f"We have your document “{label}”.")


@signed_in
@require_http_methods(["GET", "POST"])
def remove_document(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, then take the document away."""
    own = own_documents(request.user).select_related("required", "application__cohort__programme")
    document = get_object_or_404(own, public_id=public_id)
    cohort = document.application.cohort
    place = [cohort.programme.slug, cohort.slug]
    if request.method == "POST":
        try:
            services.remove_document(document=document, by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("applications:documents", *place)
    return render(request, "applications/remove_document.html", {"document": document, "place": place})


def _opened(request: HttpRequest, public_id: str) -> Document:
    """The document, if it is open to the person. That the team read it is written down: the one trace a GET leaves."""
    sent = get_object_or_404(documents_open_to(request.user), public_id=public_id)
    services.record_document_opened(document=sent, by=request.user)  # type: ignore[arg-type]
    return sent


@signed_in
@require_safe
@xframe_options_sameorigin
def document(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file itself: a PDF to read in the page, anything else to save."""
    sent = _opened(request, public_id)
    inline = sent.kind == DocumentType.PDF and "download" not in request.GET
    response = FileResponse(
        sent.file.open("rb"),
        as_attachment=not inline,
        filename=sent.original_name,
        content_type=TYPES[DocumentType(sent.kind)],
    )
    response["Content-Security-Policy"] = SHOWN if inline else SENT
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_safe
@xframe_options_sameorigin
def document_text(request: HttpRequest, public_id: str) -> HttpResponse:
    """The words of a document that browsers cannot show."""
    sent = _opened(request, public_id)
    response = render(request, "applications/document_text.html", {"document": sent})
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; font-src 'self'; frame-ancestors 'self'"
    )
    response["Cache-Control"] = "private, no-store"
    return response
