"""Graduation of a cohort: who has completed it, who has not and why, and one act for all who have."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cohorts.models import Cohort
from cohorts.permissions import administers_anything
from cohorts.selectors import cohorts_administered_by
from cohorts.services import graduate_fellow
from nextstep import clock
from nextstep.accounts.access import SignedInRequest, allowed
from nextstep.portal.presenters.graduation import GraduationView
from nextstep.portal.selectors.graduation import candidates_of
from nextstep.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(administers_anything)
def graduation(request: SignedInRequest, programme: str, cohort: str) -> HttpResponse:
    of = get_object_or_404(
        cohorts_administered_by(request.user).select_related("programme"), slug=cohort, programme__slug=programme
    )
    if request.method == "POST":
        return _graduate_all(request, of)
    shown = GraduationView(candidates_of(of, clock.now()))
    return render(request, "portal/graduation.html", {"cohort": of, "shown": shown})


def _graduate_all(request: SignedInRequest, cohort: Cohort) -> HttpResponse:
    """Everybody or nobody: a place that changed meanwhile stops the act, and the page says so."""
    ready = GraduationView(candidates_of(cohort, clock.now())).ready
    try:
        with transaction.atomic():
            for candidate in ready:
                graduate_fellow(place=candidate.place, completion=candidate.completion, by=request.user)
    except Refused as refusal:
        messages.warning(request, f"Nobody has graduated yet. {refusal}")
        return redirect(request.path)
    if ready:
        messages.success(request, f"Graduated: {len(ready)}. We have emailed each of them.")
    else:
        messages.info(request, "Nobody is ready to graduate who has not graduated already.")
    return redirect(request.path)
