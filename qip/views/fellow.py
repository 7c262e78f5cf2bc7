"""A fellow's project."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from nextstep import clock
from nextstep.accounts.access import signed_in
from nextstep.design.dates import moment_words
from nextstep.refusals import Refused, Stale
from qip.forms import ProjectForm
from qip.models import Project, QipTerms
from qip.presenters.projects import ProjectPage, differences
from qip.selectors import bursary_won_by, places_with_projects, projects_editable_by
from qip.services import Incomplete, save_project, start_project, submit_project

SUBMIT = "submit"
HANDED_IN = "You have handed in your project. The panel will hear it on the presentation day."


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def projects(request: HttpRequest) -> HttpResponse:
    """Lead to the one project there is; otherwise list places and offer to begin."""
    user: Any = request.user
    places = list(places_with_projects(user))
    if request.method == "POST":
        chosen = [place for place in places if str(place.public_id) == request.POST.get("place")]
        if not chosen:
            raise Http404
        return redirect("qip:project", start_project(place=chosen[0], by=user).public_id)
    if len(places) == 1 and hasattr(places[0], "project"):
        return redirect("qip:project", places[0].project.public_id)
    return render(request, "qip/projects.html", {"places": places})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def project(request: HttpRequest, project_id: UUID) -> HttpResponse:
    own = get_object_or_404(projects_editable_by(request.user), public_id=project_id)  # type: ignore[arg-type]
    if request.method == "POST":
        return _save(request, own)
    initial = {name: getattr(own, name) for name in ProjectForm.base_fields}
    return _page(request, own, ProjectForm(initial=initial))


def _save(request: HttpRequest, own: Project) -> HttpResponse:
    form = ProjectForm(request.POST)
    if not form.is_valid():
        return _page(request, own, form)
    try:
        saved = save_project(project=own, by=request.user, version=form.cleaned_data["version"], **form.texts())  # type: ignore[arg-type]
        if request.POST.get("action") == SUBMIT:
            submit_project(project=saved, version=saved.version, by=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        return _refused(request, own, form, refusal)
    handed_in = request.POST.get("action") == SUBMIT
    messages.success(
        request, "You have handed in your project." if handed_in else f"Saved on {moment_words(clock.now())}."
    )
    return redirect("qip:project", own.public_id)


def _refused(request: HttpRequest, own: Project, form: ProjectForm, refusal: Refused) -> HttpResponse:
    """The same page with what was typed; beside it, after a stale save, what is stored."""
    own.refresh_from_db()
    stored: list[tuple[str, str]] = []
    if isinstance(refusal, Stale):
        stored = differences(own, form.texts())
    form.bring_up_to_date(own.version)
    if isinstance(refusal, Incomplete):
        form.refuse_empty(refusal.missing)
    else:
        form.add_error(None, str(refusal))
    return _page(request, own, form, stored=stored)


def _page(
    request: HttpRequest, own: Project, form: ProjectForm, *, stored: list[tuple[str, str]] | None = None
) -> HttpResponse:
    cohort = own.place.cohort
    terms = cohort.qip_terms if hasattr(cohort, "qip_terms") else QipTerms(cohort=cohort)
    page = ProjectPage(own, terms, scored=own.scored, now=clock.now())  # type: ignore[attr-defined]
    context = {
        "page": page,
        "project": own,
        "cohort": cohort,
        "form": form if form.is_bound or not page.locked else None,
        "stored": stored,
        "award": bursary_won_by(own),
    }
    return render(request, "qip/project.html", context)
