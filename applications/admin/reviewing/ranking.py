"""The ranking board of a round: looked at, moved with a reason, frozen, and led on to decisions."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from applications.models import Application, ReviewRound
from applications.presenters.ranking import board_lines
from applications.selectors.reviewing import board_of, why_no_board
from applications.services.reviewing import freeze_ranking, move_application, unfreeze_ranking
from nextstep.refusals import Refused

ROWS = 50


class MoveForm(forms.Form):
    use_required_attribute = False
    place = forms.IntegerField(label="New place", min_value=1, error_messages={"required": "Enter the new place"})
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text="Kept with the ranking.",
        error_messages={"required": "Give a reason"},
    )


class FreezeForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(label="Reason", required=False, widget=forms.Textarea(attrs={"rows": 2, "cols": 60}))


def ranking_page(request: HttpRequest, review_round: ReviewRound, context: dict[str, Any]) -> HttpResponse:
    """The board; a POST freezes it or opens it again."""
    if barred := why_no_board(request.user, review_round):  # type: ignore[arg-type]
        return _barred(request, review_round, context, barred)
    form = FreezeForm(request.POST or None)
    if form.is_valid():
        deed, done = (
            (unfreeze_ranking, "The ranking can change again.")
            if "unfreeze" in request.POST
            else (freeze_ranking, "The ranking is frozen. No review of it can change any more.")
        )
        try:
            deed(
                review_round=review_round,
                version=_seen(request),
                reason=form.cleaned_data["reason"],
                by=request.user,  # type: ignore[arg-type]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            review_round.refresh_from_db()
        else:
            messages.success(request, done)
            return redirect("admin:applications_reviewround_ranking", review_round.pk)
    board = board_of(review_round)
    context |= {
        "title": f"Ranking: {review_round.cohort}",
        "round": review_round,
        "board": board,
        "shown": Paginator(board_lines(board), ROWS).get_page(request.GET.get("page")),
        "form": form,
    }
    return TemplateResponse(request, "admin/applications/reviewround/ranking.html", context)


def move_page(
    request: HttpRequest, review_round: ReviewRound, application_id: int, context: dict[str, Any]
) -> HttpResponse:
    """Ask for the new place and the reason, then move."""
    if barred := why_no_board(request.user, review_round):  # type: ignore[arg-type]
        return _barred(request, review_round, context, barred)
    application = get_object_or_404(Application, pk=application_id, cohort=review_round.cohort_id)
    form = MoveForm(request.POST or None)
    if form.is_valid():
        try:
            move_application(
                review_round=review_round,
                application=application,
                version=_seen(request),
                by=request.user,  # type: ignore[arg-type]
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            review_round.refresh_from_db()
        else:
            messages.success(request, f"{application.reference} is moved to place {form.cleaned_data['place']}.")
            return redirect("admin:applications_reviewround_ranking", review_round.pk)
    lines = [line for line in board_lines(board_of(review_round)) if line.pk == application.pk]
    title = f"Move {application.reference}"
    context |= {"title": title, "round": review_round, "form": form, "line": lines[0] if lines else None}
    return TemplateResponse(request, "admin/applications/reviewround/move.html", context)


def _seen(request: HttpRequest) -> int:
    version = request.POST.get("version", "")
    return int(version) if version.isdigit() else 0


def _barred(request: HttpRequest, review_round: ReviewRound, context: dict[str, Any], why: str) -> HttpResponse:
    context |= {"title": f"Ranking: {review_round.cohort}", "round": review_round, "barred": why}
    return TemplateResponse(request, "admin/applications/reviewround/ranking.html", context, status=403)
