"""The score page: one form, saved a criterion at a time by script and whole without."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nextstep import clock
from nextstep.accounts.access import signed_in
from nextstep.clock import LONDON
from nextstep.design.dates import time_words
from nextstep.refusals import Refused
from qip.forms import marks_of
from qip.models import Judge, Project
from qip.presenters.judging import next_task
from qip.presenters.scoring import Attempt, CriterionBlock, ScorePage
from qip.selectors import judge_tasks, sheet_of
from qip.services import Mark, NotComplete, finalise, save_scores
from qip.views.judging import found_pair

FINALISE = "finalise"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def score(request: HttpRequest, panel_id: UUID, project_id: UUID) -> HttpResponse:
    judge, project = found_pair(request, panel_id, project_id)
    if request.method != "POST":
        return _page(request, judge, project)
    only = request.POST.get("only", "")
    marks = marks_of(request.POST, only)
    if request.htmx:  # type: ignore[attr-defined]
        return _piece(request, judge, project, marks)
    return _whole(request, judge, project, marks)


def _piece(request: HttpRequest, judge: Judge, project: Project, marks: list[Mark]) -> HttpResponse:
    """What stands beside the criterion that was touched: saved, or why not."""
    try:
        saved = save_scores(judge=judge, project=project, marks=marks, by=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        return render(request, "qip/saved.html", {"refusal": str(refusal)})
    blocks = [
        CriterionBlock(
            criterion=stored.criterion,
            value=mark.value,
            comment=mark.comment,
            version=stored.version,
            stored=stored,
            conflict=mark.criterion in saved.conflicts,
        )
        for mark in marks
        if (stored := saved.scores.get(mark.criterion))
    ]
    untouched = [mark.criterion for mark in marks if mark.criterion not in saved.scores]
    context = {"blocks": blocks, "untouched": untouched, "missing": saved.missing}
    return render(request, "qip/piece.html", context)


def _whole(request: HttpRequest, judge: Judge, project: Project, marks: list[Mark]) -> HttpResponse:
    typed = {mark.criterion: mark for mark in marks}
    try:
        saved = save_scores(judge=judge, project=project, marks=marks, by=request.user)  # type: ignore[arg-type]
        if saved.conflicts:
            return _page(request, judge, project, Attempt(typed, saved.conflicts))
        if request.POST.get("action") == FINALISE:
            finalise(judge=judge, project=project, by=request.user)  # type: ignore[arg-type]
            return _onwards(request, judge, project)
    except NotComplete:
        return _page(request, judge, project, Attempt(typed, show_missing=True))
    except Refused as refusal:
        return _page(request, judge, project, Attempt(typed, refusal=str(refusal)))
    messages.success(request, f"Saved at {time_words(clock.now().astimezone(LONDON).time())}.")
    return redirect(request.path)


def _onwards(request: HttpRequest, judge: Judge, project: Project) -> HttpResponse:
    """After a project is final: to the next with something left, or back to the list."""
    messages.success(request, f"Your scores for “{project.title}” are final.")
    following = next_task(judge_tasks(judge), project.pk)
    if following is None:
        return redirect("qip:panel", judge.panel.public_id)
    return redirect("qip:score", judge.panel.public_id, following.public_id)


def _page(request: HttpRequest, judge: Judge, project: Project, attempt: Attempt | None = None) -> HttpResponse:
    context = {
        "panel": judge.panel,
        "project": project,
        "page": ScorePage(sheet_of(judge, project), attempt or Attempt()),
        "next": next_task(judge_tasks(judge), project.pk),
    }
    return render(request, "qip/score.html", context)
