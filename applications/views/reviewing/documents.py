"""A document as a reviewer reads it: in the page, without the name of its file, each opening written down."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from applications import services
from applications.enums import DocumentType, ReviewState
from applications.models import Document, Review
from applications.rules.reviewing.blinding import without_identity
from applications.selectors.reviewing import documents_read_in
from applications.views.documents import SHOWN, TYPES
from applications.views.reviewing.reading import found_review
from nextstep.accounts.access import SignedInRequest, signed_in

TEXT = "default-src 'none'; style-src 'self'; font-src 'self'; frame-ancestors 'self'"


def _opened(request: SignedInRequest, round_id: UUID, review_id: UUID, document_id: UUID) -> tuple[Review, Document]:
    """The document, where the reviewer may read its application; that they read it is written down."""
    review, conflict = found_review(request, round_id, review_id)
    if conflict or review.state == ReviewState.RECUSED:
        raise Http404
    sent = get_object_or_404(documents_read_in(review).select_related("application"), public_id=document_id)
    services.record_document_opened(document=sent, by=request.user)
    return review, sent


@require_safe
@signed_in
@xframe_options_sameorigin
def document(request: SignedInRequest, round_id: UUID, review_id: UUID, document_id: UUID) -> HttpResponseBase:
    """A PDF, shown by the browser under a name that tells nothing."""
    _, sent = _opened(request, round_id, review_id, document_id)
    if sent.kind != DocumentType.PDF:
        raise Http404
    response = FileResponse(sent.file.open("rb"), filename="document.pdf", content_type=TYPES[DocumentType.PDF])
    response["Content-Security-Policy"] = SHOWN
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@signed_in
@xframe_options_sameorigin
def document_text(request: SignedInRequest, round_id: UUID, review_id: UUID, document_id: UUID) -> HttpResponse:
    """The words of a document that browsers cannot show, without the applicant's name, address and number."""
    review, sent = _opened(request, round_id, review_id, document_id)
    text = sent.text
    if not review.unblinded_at:
        person = sent.application.applicant
        text = without_identity(text, name=person.full_name, others=(person.email, person.registration_number))
    response = render(request, "applications/reviewing/document_text.html", {"text": text, "label": sent.required})
    response["Content-Security-Policy"] = TEXT
    response["Cache-Control"] = "private, no-store"
    return response
