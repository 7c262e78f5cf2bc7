"""What was typed while the session had ended, offered back to the person who typed it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nextstep.accounts.access import signed_in
from nextstep.accounts.held import BROWSER_COOKIE
from nextstep.accounts.selectors import Held, held_for
from nextstep.accounts.services.held_posts import mark_sent, throw_away
from nextstep.accounts.views.account import person_of

# Fields that a page carries along, and names of buttons.
_CARRIED = frozenset({"version", "next", "action", "seen", "tried", "stay", "later"})


@dataclass(frozen=True)
class Answer:
    label: str
    value: str


def _found(request: HttpRequest, held_id: UUID) -> Held | None:
    secret = request.COOKIES.get(BROWSER_COOKIE, "")
    return next(iter(held_for(browser_secret=secret, user=person_of(request), held_id=str(held_id))), None)


def _answers(held: Held) -> list[Answer]:
    """The fields that a person typed or chose; those that the page carries along have nothing to show."""
    return [
        Answer(name.rpartition("-")[2].replace("_", " ").capitalize(), value)
        for name, value in held.sent["fields"]
        if value.strip() and name not in _CARRIED and not name.startswith("_")
    ]


@signed_in
@require_safe
@never_cache
def unsent(request: HttpRequest, held_id: UUID) -> HttpResponse:
    held = _found(request, held_id)
    if held is None:
        return render(request, "accounts/unsent_gone.html", status=404)
    return render(request, "accounts/unsent.html", {"held": held, "answers": _answers(held)})


@signed_in
@require_POST
def send_unsent(request: HttpRequest, held_id: UUID) -> HttpResponse:
    """Lead the browser to send the same words to where they were going: 307 keeps the method and the body."""
    held = _found(request, held_id)
    if held is None:
        return redirect("unsent", held_id)
    mark_sent(held=held.row)
    return redirect(held.sent["path"], preserve_request=True)


@signed_in
@require_POST
def delete_unsent(request: HttpRequest, held_id: UUID) -> HttpResponse:
    held = _found(request, held_id)
    if held is None:
        return redirect("unsent", held_id)
    throw_away(held=held.row)
    messages.success(request, "We have deleted what you typed.")
    return redirect(held.sent["page"])
