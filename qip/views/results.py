"""The results of a panel, for administrators: progress, opening, order, ties, bursaries."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.permissions import administers_anything
from nextstep.accounts.access import allowed
from nextstep.refusals import Refused
from qip.forms import AwardForm, GiveUpForm, OpenResultsForm, TieForm
from qip.models import Panel, Results
from qip.permissions import has_conflict
from qip.presenters.results import PROGRESS_HEAD, ResultsPage, progress_rows
from qip.selectors import opened_results, panels_administered_by, progress_of
from qip.services import award_bursaries, decide_tie, give_up_award, open_results


@require_safe
@allowed(administers_anything)
def results_list(request: HttpRequest) -> HttpResponse:
    panels = panels_administered_by(request.user)  # type: ignore[arg-type]
    return render(request, "qip/results_list.html", {"panels": panels})


@require_safe
@allowed(administers_anything)
def results(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    return _page(request, _panel(request, panel_id))


@require_POST
@allowed(administers_anything)
def open_panel(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    panel = _panel(request, panel_id)
    form = OpenResultsForm(request.POST, progress=progress_of(panel))
    if not form.is_valid():
        return _page(request, panel, opening=form)
    reason = form.cleaned_data.get("reason", "")
    try:
        open_results(panel=panel, by=_user(request), leave_out=form.pairs(), reason=reason)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, panel, opening=form)
    messages.success(request, "The results are open. No score can change any more.")
    return redirect("qip:results", panel_id)


@require_POST
@allowed(administers_anything)
def tie(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    panel = _panel(request, panel_id)
    page = _results_page(panel)
    if not page.tied:
        return _decided_before(request, panel, page)
    form = _tie_form(page, request.POST)
    if form.is_valid():
        try:
            decide_tie(
                results=_opened(panel),
                chosen=form.projects(),
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                by=_user(request),
            )
        except Refused as refusal:
            panel = _panel(request, panel_id)
            form.bring_up_to_date(panel.results.version)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The tie is decided. You can now award the bursaries.")
            return redirect("qip:results", panel_id)
    return _page(request, panel, deciding=form)


def _decided_before(request: HttpRequest, panel: Panel, page: ResultsPage) -> HttpResponse:
    """Somebody else was first, or the button was pressed twice: a reason that is not the kept one is shown back."""
    reason = " ".join(request.POST.get("reason", "").split())
    if reason in {" ".join(decision.reason.split()) for decision in page.decisions}:
        messages.info(request, "This tie is decided already.")
        return redirect("qip:results", panel.public_id)
    return _page(request, panel, not_kept=request.POST.get("reason", ""))


@require_POST
@allowed(administers_anything)
def award(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    panel = _panel(request, panel_id)
    form = AwardForm(request.POST)
    form.is_valid()
    try:
        given = award_bursaries(results=_opened(panel), version=form.cleaned_data.get("version", 0), by=_user(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Bursaries awarded: {len(given)}. Each winner gets an email.")
    return redirect("qip:results", panel_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(administers_anything)
def give_up(request: HttpRequest, panel_id: UUID, award_id: int) -> HttpResponse:
    panel = _panel(request, panel_id)
    held = get_object_or_404(
        _opened(panel).awards.select_related("project__place__fellow", "results__panel__cohort"), pk=award_id
    )
    if request.method != "POST" and held.given_up_at is not None:
        return redirect("qip:results", panel_id)
    form = GiveUpForm(request.POST or None, initial={"version": panel.results.version})
    if form.is_valid():
        try:
            give_up_award(award=held, by=_user(request), **form.cleaned_data)
        except Refused as refusal:
            form.bring_up_to_date(_opened(_panel(request, panel_id)).version)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The bursary is free. Award it to the next in order.")
            return redirect("qip:results", panel_id)
    return render(request, "qip/give_up.html", {"panel": panel, "award": held, "form": form})


def _user(request: HttpRequest) -> Any:
    return request.user


def _panel(request: HttpRequest, panel_id: UUID) -> Panel:
    """A panel of a cohort that the person administers. Raises PermissionDenied where they have a conflict."""
    panel = get_object_or_404(panels_administered_by(_user(request)), public_id=panel_id)
    if has_conflict(_user(request), panel):
        raise PermissionDenied
    return panel


def _opened(panel: Panel) -> Results:
    if not hasattr(panel, "results"):
        raise Http404
    return panel.results


def _results_page(panel: Panel) -> ResultsPage:
    return ResultsPage(opened_results(_opened(panel)))


def _tie_form(page: ResultsPage, data: Any = None) -> TieForm:
    initial = {"version": page.results.version}
    return TieForm(data, initial=initial, tied=page.tied, seats=page.outcome.seats_left)


def _page(
    request: HttpRequest,
    panel: Panel,
    *,
    opening: OpenResultsForm | None = None,
    deciding: TieForm | None = None,
    not_kept: str = "",
) -> HttpResponse:
    progress = progress_of(panel)
    context = {
        "panel": panel,
        "progress_head": PROGRESS_HEAD,
        "progress_rows": progress_rows(progress),
        "form": opening or deciding,
        "not_kept": not_kept,
    }
    if hasattr(panel, "results"):
        page = _results_page(panel)
        context |= {"page": page, "results": panel.results, "deciding": deciding or (page.tied and _tie_form(page))}
    else:
        scored = any(own.final for own in progress)
        context |= {"opening": opening or OpenResultsForm(progress=progress), "scored": scored}
    return render(request, "qip/results.html", context)
