"""Equality monitoring: asked once an application is safe, and read by the team as rounded counts alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications import services
from applications.forms import MonitoringForm
from applications.presenters import monitoring_tables
from applications.selectors import applications_of, monitoring_counts_of
from cohorts.enums import WindowState
from cohorts.permissions import administers_anything
from cohorts.selectors import cohorts_administered_by
from nextstep import clock
from nextstep.accounts.access import SignedInRequest, allowed, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def monitoring(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask; nothing of the answers is shown again, since nobody can tell whose they were."""
    sent = applications_of(request.user).filter(submitted_at__isnull=False)  # type: ignore[arg-type]
    found = get_object_or_404(sent, public_id=public_id)
    form = MonitoringForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if services.count_monitoring(application=found, answers=answers, by=request.user):  # type: ignore[arg-type]
            messages.success(request, "Thank you. We have counted your answers.")
        else:
            messages.info(request, "You have answered these questions already.")
        return redirect("applications:application", public_id)
    if found.monitoring_done:
        return redirect("applications:application", public_id)
    response = render(
        request, "applications/monitoring.html", {"application": found, "cohort": found.cohort, "form": form}
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@allowed(administers_anything)
def monitoring_report(request: SignedInRequest, programme: str, cohort: str) -> HttpResponse:
    """Rounded counts, once the window has closed: a report that grew by one would tell what that one said."""
    own = cohorts_administered_by(request.user).select_related("programme")
    of = get_object_or_404(own, slug=cohort, programme__slug=programme)
    closed = of.window_state(clock.now()) == WindowState.CLOSED
    tables = monitoring_tables(monitoring_counts_of(of)) if closed else []
    head = ["Answer", {"text": "People", "format": "numeric"}]
    context = {"cohort": of, "closed": closed, "tables": tables, "head": head}
    return render(request, "applications/monitoring_report.html", context)
