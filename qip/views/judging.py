"""A judge's panels, their list of projects, and a conflict of interest."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from nextstep.accounts.access import signed_in
from nextstep.refusals import Refused
from qip.forms import ConflictForm
from qip.models import Judge, Project
from qip.presenters.judging import progress_words, task_rows
from qip.selectors import criteria_of, judge_of, judge_tasks, judgeships_of, pair_of
from qip.services import declare_conflict, finalise_all

ROWS = 50
OPEN = "The results are open, so nothing more can be made final."
NOTHING_LEFT = "Nothing was left to make final: your scores were final already, or not begun."


@require_safe
@signed_in
def judging(request: HttpRequest) -> HttpResponse:
    """Lead to the one panel there is, or list them."""
    user: Any = request.user
    seats = list(judgeships_of(user))
    if len(seats) == 1:
        return redirect("qip:panel", seats[0].panel.public_id)
    return render(request, "qip/judging.html", {"seats": seats})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def panel(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    """The projects of a panel with the judge's own progress; a POST makes final all that is complete."""
    user: Any = request.user
    judge = judge_of(user, panel_id)
    if judge is None:
        raise Http404
    if request.method == "POST":
        return _finalise_all(request, judge)
    tasks = judge_tasks(judge)
    page = Paginator(tasks, ROWS).get_page(request.GET.get("page"))
    context = {
        "judge": judge,
        "panel": judge.panel,
        "progress": progress_words(tasks),
        "head": ("Project", "Fellow", "Your scores"),
        "rows": task_rows(judge.panel, page.object_list, len(criteria_of(judge.panel.cohort))),
        "page": page,
        "open": hasattr(judge.panel, "results"),
    }
    return render(request, "qip/panel.html", context)


def _finalise_all(request: HttpRequest, judge: Judge) -> HttpResponse:
    try:
        done, left = finalise_all(judge=judge, by=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if done or left:
            messages.success(request, f"{len(done)} {'project is' if len(done) == 1 else 'projects are'} now final.")
        else:
            messages.info(request, OPEN if hasattr(judge.panel, "results") else NOTHING_LEFT)
        for title, missing in left.items():
            messages.warning(request, f"{title} is not final. Add: {'; '.join(missing)}.")
    return redirect("qip:panel", judge.panel.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def conflict(request: HttpRequest, panel_id: UUID, project_id: UUID) -> HttpResponse:
    judge, project = found_pair(request, panel_id, project_id)
    form = ConflictForm(request.POST or None)
    if form.is_valid():
        try:
            declare_conflict(judge=judge, project=project, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"You have stepped back from “{project.title}”. You will not score it.")
            return redirect("qip:panel", panel_id)
    return render(
        request, "qip/conflict.html", {"judge": judge, "project": project, "panel": judge.panel, "form": form}
    )


def found_pair(request: HttpRequest, panel_id: UUID, project_id: UUID) -> tuple[Judge, Project]:
    """The judge and the project, or a 404 for whoever is no judge of it."""
    pair = pair_of(request.user, panel_id, project_id)  # type: ignore[arg-type]
    if pair is None:
        raise Http404
    return pair
