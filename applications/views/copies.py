"""A copy of what was sent: a page to print and a PDF, for the applicant and for the team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from applications import services
from applications.exports import pdf_of_submission
from applications.models import Application, Submission
from applications.presenters import submitted_sections, submitted_verdicts
from applications.selectors import submitted_open_to
from nextstep.accounts.access import signed_in


def _opened(request: HttpRequest, public_id: str) -> tuple[Application, Submission]:
    """The last submission, if it is open to the person. That the team read it is written down."""
    found = get_object_or_404(submitted_open_to(request.user), public_id=public_id)
    submission = get_object_or_404(found.submissions.order_by("-number")[:1])
    services.record_copy_opened(application=found, by=request.user)  # type: ignore[arg-type]
    return found, submission


@signed_in
@require_safe
def copy(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that was sent, on one page."""
    found, submission = _opened(request, public_id)
    context = {
        "application": found,
        "cohort": found.cohort,
        "own": found.applicant_id == request.user.pk,
        "submission": submission,
        "sections": submitted_sections(submission),
        "verdicts": submitted_verdicts(submission),
    }
    response = render(request, "applications/copy.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_safe
def copy_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    found, submission = _opened(request, public_id)
    response = HttpResponse(pdf_of_submission(found, submission), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="application-{found.reference}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
