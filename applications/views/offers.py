"""Answering an offer. A link only opens the page: nothing is answered but by a POST of the person signed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications import services
from applications.enums import OfferState
from applications.forms import AcceptForm
from applications.models import Offer
from applications.presenters import Agreement, agreement_of, commitment_html
from applications.rules.reserve_list import undo_ends
from applications.selectors import offers_to, reserve_list_of
from nextstep import clock
from nextstep.accounts.access import signed_in
from nextstep.refusals import Refused


def _own(request: HttpRequest, public_id: str) -> Offer:
    return get_object_or_404(offers_to(request.user), public_id=public_id)  # type: ignore[arg-type]


def _page(request: HttpRequest, offer: Offer, form: AcceptForm, agreement: Agreement) -> HttpResponse:
    context = {
        "offer": offer,
        "application": offer.application,
        "cohort": offer.application.cohort,
        "form": form,
        "commitment": commitment_html(agreement.words),
        "agreed": commitment_html(offer.commitment_text),
        "stands": offer.state == OfferState.OPEN and clock.now() < offer.expires_at,
        "undo_until": offer.undo_until if offer.can_be_undone(clock.now()) else None,
        "lapsed": offer.state in {OfferState.OPEN, OfferState.LAPSED} and clock.now() >= offer.expires_at,
    }
    return render(request, "applications/offer.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, public_id: str) -> HttpResponse:
    """The place, its dates and its deadline; a POST accepts it."""
    found = _own(request, public_id)
    agreement = agreement_of(found.application.cohort)
    if request.method == "GET":
        return _page(request, found, AcceptForm(words=agreement.words, dates=agreement.dates), agreement)
    form = AcceptForm(request.POST, words=agreement.words, dates=agreement.dates)
    if not form.is_valid():
        return _page(request, found, form.again(), agreement)
    try:
        services.accept_offer(
            offer=found,
            commitment_text=agreement.words,
            signed=form.signed(),
            by=request.user,  # type: ignore[arg-type]
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("applications:offer", public_id)


@signed_in
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask whether the person is sure; a POST declines."""
    found = _own(request, public_id)
    if request.method == "POST":
        try:
            services.decline_offer(offer=found, by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("applications:offer", public_id)
    if found.state != OfferState.OPEN or clock.now() >= found.expires_at:
        return redirect("applications:offer", public_id)
    application = found.application
    terms = reserve_list_of(application.cohort)
    undo_until = undo_ends(terms, clock.now(), undone_before=found.undone_at is not None)
    context = {"offer": found, "application": application, "cohort": application.cohort, "hours": terms.undo_hours}
    return render(request, "applications/decline_offer.html", {**context, "can_be_undone": undo_until is not None})


@signed_in
@require_POST
def undo_decline(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back a decline while the place is held."""
    try:
        services.undo_decline(offer=_own(request, public_id), by=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("applications:offer", public_id)
