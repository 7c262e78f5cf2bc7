"""Enforces what each view declares in `access`, before it runs. Loads nothing but the session's user."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse

from nextstep.accounts import held, second_factor
from nextstep.accounts.access import Access, access_of_match, name_of

# One's own account and signing in: where a second factor is set up and given.
_WITHOUT_SECOND_FACTOR = ("allauth.", "nextstep.accounts.views.")


class AccessMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_signed_in_page", False) and request.user.is_authenticated:
            held.remember_account(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        access = access_of_match(request.resolver_match) if request.resolver_match else None
        if access is None:
            raise PermissionDenied("This view does not say who may open it.")
        return self._check(request, access) if access.needs_sign_in else None

    def _check(self, request: HttpRequest, access: Access) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return send_to_sign_in(request)
        if not access.admits(request.user):
            raise PermissionDenied
        if not _is_own_account(request) and second_factor.is_missing(request):
            return ask_for_second_factor(request)
        request.is_signed_in_page = True  # type: ignore[attr-defined]
        return None


def ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    """Lead to giving or setting up a second factor and back, and hold what was sent."""
    if held.wants_a_piece(request):
        return HttpResponse("Load the page again and confirm that it is you.", status=401, content_type="text/plain")
    person: Any = request.user
    row = held.hold(request, account=person) if held.may_be_held(request) else None
    following = reverse("unsent", args=[row.pk]) if row else _page_or_home(request)
    response = redirect(f"{reverse('second_factor_needed')}?{urlencode({'next': following})}")
    if row is not None:
        held.remember_browser(request, response)
    return response


def send_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to sign-in and back, and hold what was sent. A script that asked for a piece of a page is told so."""
    if held.wants_a_piece(request):
        return HttpResponse("Sign in again to go on.", status=401, content_type="text/plain")
    if held.may_be_held(request) and (row := held.hold(request, account=None)) is not None:
        response: HttpResponse = _sign_in_for(reverse("unsent", args=[row.pk]))
        held.remember_browser(request, response)
        return response
    return _sign_in_for(_page_or_home(request))


def _sign_in_for(path: str) -> HttpResponse:
    return redirect_to_login(path, resolve_url(settings.LOGIN_URL))


def _page_or_home(request: HttpRequest) -> str:
    """Where to go on afterwards: what was sent and is not held cannot be sent again."""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else resolve_url(settings.LOGIN_REDIRECT_URL)


def _is_own_account(request: HttpRequest) -> bool:
    return request.resolver_match is not None and name_of(request.resolver_match.func).startswith(
        _WITHOUT_SECOND_FACTOR
    )
