"""Asking somebody for a statement, and the one page of whoever is asked: they have a link and no account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from applications import services
from applications.enums import ApplicationState, StatementState
from applications.forms import AskForm, StatementForm
from applications.models import StatementRequest
from applications.presenters import deadline_of, slot_label
from applications.rules.statements import KIND
from applications.selectors import statement_request_at, statement_requests_of
from applications.views.drafts import Draft, with_draft
from nextstep import clock
from nextstep.accounts.access import public, signed_in
from nextstep.refusals import Refused

# A person asks a few times; a supporter tries a few files. More is a machine.
_RATES = {"ask": "10/h/user", "send": "30/h/key"}
_TOO_OFTEN = "You have tried too often. Wait an hour and try again."


@with_draft
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, draft: Draft, required: int, number: int) -> HttpResponse:
    """Name somebody, who is mailed a link."""
    wanted = next((r for r, n in draft.form.slots() if (r.pk, n) == (required, number) and r.kind == KIND), None)
    if wanted is None:
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _check_rate(request, "ask", user=request.user)
            asked = services.ask_for_statement(
                application=draft.application,
                required=wanted,
                number=number,
                by=request.user,  # type: ignore[arg-type]
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"We have emailed {asked.name} and asked for the statement.")
            return redirect("applications:documents", *draft.place)
    context = {**draft.context, "form": form, "label": slot_label(wanted, number)}
    return render(request, "applications/statements/ask.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw_request(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, then take the request back, with the statement if it came."""
    own = statement_requests_of(request.user)
    asked = get_object_or_404(own, public_id=public_id)
    cohort = asked.application.cohort
    place = [cohort.programme.slug, cohort.slug]
    if request.method == "POST":
        try:
            services.withdraw_statement_request(request=asked, by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"The request to {asked.name} is withdrawn. You can ask somebody else.")
        return redirect("applications:documents", *place)
    context = {"asked": asked, "place": place, "came": asked.state == StatementState.CAME}
    return render(request, "applications/statements/withdraw.html", context)


def _with_request(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the request that the link leads to; tell what has become of it where it cannot be answered."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        asked = get_object_or_404(statement_request_at(token))
        response = view(request, asked, token) if _is_open(asked) else _over(request, asked)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return public(opened)


@_with_request
@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest, asked: StatementRequest, token: str) -> HttpResponse:
    """Who asks, for what, who reads it; and the form to write or upload it."""
    form = StatementForm(request.POST, request.FILES) if request.method == "POST" else StatementForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["document"]
        try:
            _check_rate(request, "send", key=str(asked.pk))
            services.send_statement(
                request=asked,
                applicant_may_read=form.cleaned_data["applicant_may_read"],
                text=(form.cleaned_data["text"] or "").strip(),
                name=file.name if file else "",
                data=file.read() if file else b"",
            )
        except Refused as refusal:
            form.add_error("document" if file else "text", str(refusal))
        else:
            return redirect("applications:statement", token)
    return render(request, "applications/statements/write.html", {**_about(asked), "form": form, "token": token})


@_with_request
@require_http_methods(["GET", "POST"])
def decline_request(request: HttpRequest, asked: StatementRequest, token: str) -> HttpResponse:
    """Ask, then tell the applicant that this person will not write it."""
    if request.method == "POST":
        try:
            services.decline_statement(request=asked)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("applications:statement", token)
    return render(request, "applications/statements/decline.html", {**_about(asked), "token": token})


def _is_open(asked: StatementRequest) -> bool:
    application = asked.application
    if asked.state != StatementState.ASKED or application.state != ApplicationState.DRAFT:
        return False
    return application.window.is_open(clock.now())


def _over(request: HttpRequest, asked: StatementRequest) -> HttpResponse:
    return render(request, "applications/statements/over.html", {**_about(asked), "state": asked.state})


def _about(asked: StatementRequest) -> dict[str, Any]:
    cohort = asked.application.cohort
    return {
        "asked": asked,
        "applicant": asked.application.applicant.full_name or asked.application.applicant.email,
        "cohort": cohort,
        "closes": deadline_of(asked.application.window, clock.now()).words,
    }


def _check_rate(request: HttpRequest, action: str, **key: Any) -> None:
    if not ratelimit.consume(request, app="applications", action=action, config=_RATES, **key):
        raise Refused(_TOO_OFTEN)
