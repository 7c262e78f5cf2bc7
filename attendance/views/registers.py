"""The register on a phone in the room: the list, one tap a person, closing."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance import presenters, selectors, services
from attendance.enums import MarkState
from attendance.forms import CLEAR, CloseForm, MarkForm
from attendance.models import Mark
from attendance.permissions import check_may_excuse, keeps_registers, may_excuse
from attendance.presenters.registers import RegisterListItem, counts_words, replaced_words, why_no_register
from attendance.views.scope import SignedInRequest, kept_session, person_of
from cohorts.models import Place
from cohorts.selectors import cohorts_administered_by
from nextstep import clock
from nextstep.accounts.access import allowed, signed_in
from nextstep.refusals import Refused
from sessions_app.models import TeachingSession

PER_PAGE = 50
NOT_UNDERSTOOD = "Choose present, late or absent."


@require_safe
@allowed(keeps_registers)
def register_list(request: SignedInRequest) -> HttpResponse:
    now = clock.now()
    items = [RegisterListItem(session, now) for session in selectors.registers_near(request.user, now)]
    groups = [
        ("Today", [item.card for item in items if item.is_today]),
        ("Coming up", [item.card for item in items if not item.is_today and not item.is_past]),
        ("The last 2 weeks", [item.card for item in reversed(items) if item.is_past]),
    ]
    cohorts = cohorts_administered_by(request.user).select_related("programme")[:PER_PAGE]
    return render(request, "attendance/registers.html", {"groups": groups, "cohorts": cohorts})


@require_safe
@allowed(keeps_registers)
def all_registers(request: SignedInRequest) -> HttpResponse:
    """Every register, or with `?show=to-close` those of past sessions that nobody has closed."""
    now = clock.now()
    to_close = request.GET.get("show") == "to-close"
    kept = selectors.registers_to_close(request.user, now) if to_close else selectors.registers_kept(request.user)
    page = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
    cards = [RegisterListItem(session, now).card for session in page]
    return render(request, "attendance/all_registers.html", {"page": page, "cards": cards, "to_close": to_close})


@require_safe
@signed_in
def register(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    session = kept_session(request, public_id)
    search = request.GET.get("q", "").strip()[:100]
    found = selectors.register_of(session, search)
    now = clock.now()
    administers = may_excuse(request.user, session.cohort)
    closed = hasattr(session, "register_closure")
    context = {
        "session": session,
        "search": search,
        "rows": presenters.register_rows(session, found.rows, now),
        "counts": counts_words(found.counts),
        "refusal": why_no_register(session, now),
        "closed": closed,
        "administers": administers,
        "can_mark": not why_no_register(session, now) and (administers or not closed),
        "has_begun": session.starts_at <= now,
    }
    return render(request, "attendance/register.html", context)


@require_POST
@signed_in
def mark_person(request: SignedInRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    session = kept_session(request, public_id)
    place = person_of(session, place_id)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _answer(request, session, place, selectors.mark_of(session, place), NOT_UNDERSTOOD)
    try:
        mark, note = _tapped(request, session, place, form.cleaned_data["state"], form.cleaned_data["seen"])
    except Refused as refusal:
        mark, note = selectors.mark_of(session, place), str(refusal)
    return _answer(request, session, place, mark, note)


def _tapped(
    request: SignedInRequest, session: TeachingSession, place: Place, state: str, seen: int | None
) -> tuple[Mark | None, str]:
    """The mark that stands after the tap, and what to say about it."""
    if state == CLEAR:
        services.clear_mark(session=session, place=place, by=request.user, seen_version=seen)
        return None, ""
    marked = services.mark(session=session, place=place, state=MarkState(state), by=request.user, seen_version=seen)
    name = place.fellow.get_full_name()
    return marked.mark, replaced_words(name, marked.replaced, marked.mark) if marked.replaced else ""


def _answer(
    request: SignedInRequest, session: TeachingSession, place: Place, mark: Mark | None, note: str
) -> HttpResponse:
    """The row anew to a script; the whole register, at that person, to a browser."""
    if request.htmx:
        row = selectors.RegisterRow.of(place, mark, selectors.effect_of(session, place))
        context = {
            "rows": presenters.register_rows(session, [row], clock.now(), note),
            "counts": counts_words(selectors.register_counts(session)),
            "can_mark": True,
            "swap_counts": True,
        }
        return render(request, "attendance/_rows.html", context)
    if note:
        messages.warning(request, note)
    return back_to_register(session, place, request.POST.get("q", ""))


def back_to_register(session: TeachingSession, place: Place | None = None, search: str = "") -> HttpResponseRedirect:
    """The register, scrolled to the person, with the search kept."""
    address = reverse("attendance:register", args=[session.public_id])
    query = f"?{urlencode({'q': search[:100]})}" if search else ""
    return HttpResponseRedirect(address + query + (f"#person-{place.public_id}" if place else ""))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def close(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    session = kept_session(request, public_id)
    counts = selectors.register_counts(session)
    form = CloseForm(request.POST if request.method == "POST" else None, unmarked=counts.unmarked)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_register(
                session=session, mark_absent=form.cleaned_data.get("mark_absent", False), by=request.user
            )
            messages.success(request, "The register is closed.")
        except Refused as refusal:
            messages.warning(request, str(refusal))
        return back_to_register(session)
    context = {"session": session, "form": form, "counts": counts_words(counts)}
    return render(request, "attendance/close.html", context)


@require_POST
@signed_in
def reopen(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    session = kept_session(request, public_id)
    check_may_excuse(request.user, session.cohort)
    try:
        services.reopen_register(session=session, by=request.user)
        messages.success(request, "The register is open again.")
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("attendance:register", public_id=public_id)
