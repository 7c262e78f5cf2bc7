"""One application without a name beside its score sheet, saved a criterion at a time by script and whole without."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications.forms import ConflictForm, marks_of
from applications.models import Review
from applications.presenters.reviewing import Attempt, ReviewPage, blocks_of, read_documents
from applications.rules.reviewing.blinding import blind_answers
from applications.selectors.reviewing import (
    ReviewSheet,
    conflict_of,
    documents_read_in,
    next_review,
    other_final_reviews,
    review_of,
    sheet_of,
)
from applications.services.reviewing import Mark, NotComplete, declare_conflict, finalise, save_scores
from applications.views.reviewing.rounds import own_round
from nextstep import clock
from nextstep.accounts.access import SignedInRequest, signed_in
from nextstep.clock import LONDON
from nextstep.design.dates import time_words
from nextstep.refusals import Refused

FINALISE, NEXT = "finalise", "next"


def found_review(request: SignedInRequest, round_id: UUID, review_id: UUID) -> tuple[Review, str]:
    """The person's own review and what the portal found against it, or a 404 for everybody else."""
    review = review_of(request.user, round_id, review_id)
    if review is None:
        raise Http404
    return review, conflict_of(review, request.user)


@require_safe
@signed_in
def next_one(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """Lead to the application that fewest have finished, of those that are left."""
    return _to_next(request, round_id, None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def review(request: SignedInRequest, round_id: UUID, review_id: UUID) -> HttpResponse:
    own, conflict = found_review(request, round_id, review_id)
    if request.method != "POST":
        return _page(request, own, conflict)
    marks = marks_of(request.POST, request.POST.get("only", ""))
    if request.htmx:  # type: ignore[attr-defined]
        return _piece(request, own, conflict, marks)
    return _whole(request, own, conflict, marks)


def _piece(request: SignedInRequest, own: Review, conflict: str, marks: list[Mark]) -> HttpResponse:
    """What stands beside the criterion that was touched: saved, or why not."""
    try:
        saved = save_scores(review=own, marks=marks, conflict=conflict, by=request.user)
    except Refused as refusal:
        return render(request, "applications/reviewing/saved.html", {"refusal": str(refusal)})
    touched = {mark.criterion: mark for mark in marks}
    attempt = Attempt(touched, saved.conflicts)
    sheet = ReviewSheet(saved.review, saved.criteria, dict(saved.scores), conflict)
    blocks = [block for block in blocks_of(sheet, attempt) if block.code in touched]
    return render(request, "applications/reviewing/piece.html", {"blocks": blocks, "missing": saved.missing})


def _whole(request: SignedInRequest, own: Review, conflict: str, marks: list[Mark]) -> HttpResponse:
    typed = {mark.criterion: mark for mark in marks}
    action = request.POST.get("action")
    try:
        saved = save_scores(review=own, marks=marks, conflict=conflict, by=request.user)
        if saved.conflicts:
            return _page(request, own, conflict, Attempt(typed, saved.conflicts))
        if action == FINALISE:
            finalise(review=own, conflict=conflict, by=request.user)
            messages.success(request, f"Your review of {own.application.reference} is final.")
            return _to_next(request, own.round.public_id, own.public_id)
    except NotComplete:
        return _page(request, own, conflict, Attempt(typed, show_missing=True))
    except Refused as refusal:
        return _page(request, own, conflict, Attempt(typed, refusal=str(refusal)))
    messages.success(request, f"Saved at {time_words(clock.now().astimezone(LONDON).time())}.")
    return _to_next(request, own.round.public_id, own.public_id) if action == NEXT else redirect(request.path)


def _to_next(request: SignedInRequest, round_id: UUID, after: UUID | None) -> HttpResponse:
    following = next_review(request.user, own_round(request, round_id), after=after)
    if following is None:
        return redirect("applications:review_round", round_id)
    return redirect("applications:review", round_id, following)


def _page(request: HttpRequest, own: Review, conflict: str, attempt: Attempt | None = None) -> HttpResponse:
    if attempt is not None:
        own.refresh_from_db(fields=["state", "confidence", "comment", "overall_version", "overall_saved_at"])
    sheet = sheet_of(own, conflict)
    page = ReviewPage(sheet, attempt or Attempt(), tuple(other_final_reviews(sheet)))
    context: dict[str, Any] = {"round": own.round, "review": own, "page": page}
    if page.may_read:
        submission = own.application.submissions.order_by("-number").first()
        context["answers"] = blind_answers(submission.answers if submission else ())
        context["documents"] = read_documents(own, documents_read_in(own))
        context["person"] = own.application.applicant if own.unblinded_at else None
    return render(request, "applications/reviewing/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def conflict(request: SignedInRequest, round_id: UUID, review_id: UUID) -> HttpResponse:
    """Step back from an application."""
    own, _ = found_review(request, round_id, review_id)
    form = ConflictForm(request.POST or None)
    if form.is_valid():
        try:
            declare_conflict(review=own, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"You have stepped back from {own.application.reference}.")
            return redirect("applications:review_round", round_id)
    return render(request, "applications/reviewing/conflict.html", {"round": own.round, "review": own, "form": form})
