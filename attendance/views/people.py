"""One person in a register: how long they were there, and what their absence counts as."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from attendance import presenters, selectors, services
from attendance.enums import Effect, MarkState
from attendance.forms import ExcusalForm, MinutesForm
from attendance.models import Excusal
from attendance.permissions import check_may_excuse, may_excuse
from attendance.presenters.registers import why_no_register
from attendance.views.registers import back_to_register
from attendance.views.scope import SignedInRequest, kept_session, person_of
from cohorts.models import Place
from nextstep import clock
from nextstep.accounts.access import signed_in
from nextstep.refusals import Refused
from sessions_app.enums import SessionState
from sessions_app.models import TeachingSession


@require_safe
@signed_in
def person(request: SignedInRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    session = kept_session(request, public_id)
    return _page(request, session, person_of(session, place_id))


@require_POST
@signed_in
def minutes(request: SignedInRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    session = kept_session(request, public_id)
    place = person_of(session, place_id)
    form = MinutesForm(request.POST, length=_length(session))
    if form.is_valid():
        try:
            services.record_minutes(session=session, place=place, minutes=form.cleaned_data["minutes"], by=request.user)
            return back_to_register(session, place)
        except Refused as refusal:
            form.add_error("minutes", str(refusal))
    return _page(request, session, place, form=form, minutes_form=form)


@require_POST
@signed_in
def excuse(request: SignedInRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    session = kept_session(request, public_id)
    check_may_excuse(request.user, session.cohort)
    place = person_of(session, place_id)
    form = ExcusalForm(request.POST, effects=_effects(session, place))
    if form.is_valid():
        try:
            services.excuse(
                session=session,
                place=place,
                effect=Effect(form.cleaned_data["effect"]),
                reason=form.cleaned_data["reason"],
                by=request.user,
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The decision about {place.fellow.get_full_name()} is saved.")
            return back_to_register(session, place)
    return _page(request, session, place, form=form, excusal_form=form)


@require_POST
@signed_in
def withdraw_excusal(request: SignedInRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    session = kept_session(request, public_id)
    check_may_excuse(request.user, session.cohort)
    place = person_of(session, place_id)
    excusal = get_object_or_404(
        Excusal.objects.select_related("place__fellow", "session"), session=session, place=place
    )
    seen = request.POST.get("version", "")
    try:
        services.withdraw_excusal(
            excusal=excusal, by=request.user, seen_version=int(seen) if seen.isdecimal() else None
        )
        messages.success(request, "The decision is withdrawn. The register alone counts again.")
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("attendance:person", public_id=public_id, place_id=place_id)


def _page(request: SignedInRequest, session: TeachingSession, place: Place, **forms: Any) -> HttpResponse:
    mark = selectors.mark_of(session, place)
    excusal = Excusal.objects.filter(session=session, place=place).select_related("decided_by").first()
    row = selectors.RegisterRow.of(place, mark, excusal.effect if excusal else "")
    there = mark is not None and mark.state != MarkState.ABSENT and not why_no_register(session, clock.now())
    context: dict[str, Any] = {
        "session": session,
        "place": place,
        "shown": presenters.PersonView(session, row, clock.now()),
        "excusal": excusal,
        "minutes_form": MinutesForm(length=_length(session), initial={"minutes": mark.minutes})
        if mark and there
        else None,
        "may_excuse": may_excuse(request.user, session.cohort),
    }
    if context["may_excuse"] and session.state != SessionState.CANCELLED:
        context["excusal_form"] = _excusal_form(session, place, excusal)
    return render(request, "attendance/person.html", {**context, **forms})


def _excusal_form(session: TeachingSession, place: Place, excusal: Excusal | None) -> ExcusalForm | None:
    """None where no requirement asks for the session."""
    effects = _effects(session, place)
    initial = (
        {"version": excusal.version, "effect": excusal.effect, "reason": excusal.reason} if excusal else {"version": 0}
    )
    return ExcusalForm(effects=effects, initial=initial) if effects else None


def _effects(session: TeachingSession, place: Place) -> Mapping[Effect, str]:
    """The effects that may be chosen, and how the fellow would stand with each."""
    place.cohort = session.cohort
    standings = selectors.standing_if_excused(place, session, clock.now())
    return {
        effect: presenters.outcome_if_excused(standing, session.kind)
        for effect, standing in standings.items()
        if effect is not None
    }


def _length(session: TeachingSession) -> int:
    return (session.ends_at - session.starts_at) // timedelta(minutes=1)
