"""A reviewer's rounds, and what they declare before they read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications.forms import InterestsForm
from applications.models import ReviewerInterests, ReviewRound
from applications.presenters.reviewing import task_rows
from applications.selectors.reviewing import (
    criteria_of,
    interests_of,
    progress_of,
    review_tasks,
    rounds_of_reviewer,
)
from applications.services.reviewing import declare_interests
from nextstep import clock
from nextstep.accounts.access import SignedInRequest, signed_in
from nextstep.refusals import Stale

ROWS = 50


def own_round(request: SignedInRequest, round_id: UUID) -> ReviewRound:
    """The round, or a 404 for whoever does not review in its cohort."""
    return get_object_or_404(rounds_of_reviewer(request.user), public_id=round_id)


@require_safe
@signed_in
def reviewing(request: SignedInRequest) -> HttpResponse:
    """Lead to the one round there is, or list them."""
    rounds = list(rounds_of_reviewer(request.user))
    if len(rounds) == 1:
        return redirect("applications:review_round", rounds[0].public_id)
    return render(request, "applications/reviewing/rounds.html", {"rounds": rounds})


@require_safe
@signed_in
def review_round(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """Where a reviewer stands, what is left, and by when."""
    own = own_round(request, round_id)
    page = Paginator(review_tasks(request.user, own), ROWS).get_page(request.GET.get("page"))
    context = {
        "round": own,
        "interests": interests_of(own, request.user),
        "progress": progress_of(request.user, own),
        "late": own.due_at <= clock.now(),
        "head": ("Application", "Your review"),
        "rows": task_rows(own, page.object_list, len(criteria_of(own.pk))),
        "page": page,
    }
    return render(request, "applications/reviewing/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def interests(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """Say where one works and whom one must not read."""
    own = own_round(request, round_id)
    kept = interests_of(own, request.user)
    if request.method != "POST":
        return _asked(request, own, InterestsForm(initial=_shown(kept)))
    form = InterestsForm(request.POST)
    if not form.is_valid():
        return _asked(request, own, form)
    version = form.cleaned_data["version"]
    try:
        declare_interests(review_round=own, version=version, by=request.user, **form.said())
    except Stale as refusal:
        kept = interests_of(own, request.user)
        form.add_error(None, str(refusal))
        form.bring_up_to_date(kept.version if kept else 0)
        return _asked(request, own, form, stored=_shown(kept))
    messages.success(request, "We have saved your interests.")
    return redirect("applications:review_round", round_id)


def _shown(kept: ReviewerInterests | None) -> dict[str, Any]:
    if kept is None:
        return {"version": 0}
    lines = {name: "\n".join(getattr(kept, name)) for name in ("employers", "people")}
    return {**lines, "supervisor_email": kept.supervisor_email, "version": kept.version}


def _asked(
    request: HttpRequest, own: ReviewRound, form: InterestsForm, *, stored: dict[str, Any] | None = None
) -> HttpResponse:
    return render(request, "applications/reviewing/interests.html", {"round": own, "form": form, "stored": stored})
