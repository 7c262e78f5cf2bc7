"""A person's own application after it is begun: where it stands, what was sent, taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import services
from applications.models import Application
from applications.presenters import standing_of, submitted_page
from applications.rules.states import APPLICATION
from applications.selectors import (
    applications_of,
    number_on_reserve_list,
    reserve_list_of,
    undo_refusal,
    whole_application,
)
from nextstep import clock
from nextstep.accounts.access import signed_in
from nextstep.refusals import Refused


def _own(request: HttpRequest, public_id: str) -> Application:
    own = applications_of(request.user)  # type: ignore[arg-type]
    return get_object_or_404(own, public_id=public_id)


def _tells_number(application: Application) -> bool:
    return application.reserve_rank is not None and reserve_list_of(application.cohort).shows_number


@signed_in
@require_safe
def application(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where it stands, the offer if one is open, and what was sent."""
    own = whole_application(applications_of(request.user))  # type: ignore[arg-type]
    found = get_object_or_404(own, public_id=public_id)
    window_open = found.window.is_open(clock.now())
    context = {
        "application": found,
        "cohort": found.cohort,
        "standing": standing_of(found.state),
        "window_open": window_open,
        "may_withdraw": APPLICATION["withdraw"].allows(found.state),
        "may_reopen": APPLICATION["reopen"].allows(found.state) and window_open,
        "may_undo": APPLICATION["undo_withdrawal"].allows(found.state) and not undo_refusal(found),
        "offer": next((offer for offer in found.offers.all() if offer.state == "open"), None),
        "declined": next((offer for offer in found.offers.all() if offer.can_be_undone(clock.now())), None),
        "number": number_on_reserve_list(found) if _tells_number(found) else None,
        **submitted_page(found, for_applicant=True),
    }
    return render(request, "applications/application.html", context)


@signed_in
@require_safe
def sent(request: HttpRequest, public_id: str) -> HttpResponse:
    """The receipt."""
    found = _own(request, public_id)
    if found.submitted_at is None:
        return redirect("applications:application", public_id)
    return render(request, "applications/sent.html", {"application": found, "cohort": found.cohort})


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, then take the application back."""
    found = _own(request, public_id)
    if request.method == "POST":
        try:
            services.withdraw_application(application=found, by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Your application is withdrawn.")
        return redirect("applications:application", public_id)
    if not APPLICATION["withdraw"].allows(found.state):
        return redirect("applications:application", public_id)
    window_open = found.window.is_open(clock.now())
    context = {"application": found, "cohort": found.cohort, "window_open": window_open}
    return render(request, "applications/withdraw.html", context)


@signed_in
@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _own(request, public_id)
    try:
        services.reopen_application(application=found, by=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("applications:application", public_id)
    messages.success(request, "Your application is open again. It is not sent until you send it.")
    return redirect("applications:tasks", found.cohort.programme.slug, found.cohort.slug)


@signed_in
@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a withdrawal back: what was sent stands again."""
    found = _own(request, public_id)
    try:
        services.undo_withdrawal(application=found, by=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "We have your application again, as you sent it.")
    return redirect("applications:application", public_id)
