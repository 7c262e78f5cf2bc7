"""From a request that came too late to what is held of it, and the cookie that opens it."""

import secrets
from urllib.parse import urlsplit

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.http import escape_leading_slashes

from nextstep.accounts.access import access_of_match, name_of
from nextstep.accounts.models import HeldPost, User
from nextstep.accounts.models.held_post import Sent
from nextstep.accounts.services.held_posts import KEPT_FOR, hold_post

BROWSER_COOKIE = "unsent"
ACCOUNT_COOKIE = "last_account"
# Sign-in and the account's own pages: codes and addresses are not kept.
_NEVER_HELD = ("allauth.", "nextstep.accounts.views.")
_NO_ANSWERS = frozenset({"csrfmiddlewaretoken"})
_signer = Signer(salt="nextstep.accounts.last_account")


def wants_a_piece(request: HttpRequest) -> bool:
    """Whether a script asked, that stays on its page with all that was typed there."""
    return bool(request.headers.get("HX-Request")) or "application/json" in request.headers.get("Accept", "")


def may_be_held(request: HttpRequest) -> bool:
    """Whether this is a form that somebody filled in on a page of ours that needs sign-in."""
    match = request.resolver_match
    if request.method != "POST" or match is None or wants_a_piece(request):
        return False
    access = access_of_match(match)
    return access is not None and access.needs_sign_in and not name_of(match.func).startswith(_NEVER_HELD)


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of ours: a forged one is never kept."""
    ours = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == ours or origin in settings.CSRF_TRUSTED_ORIGINS
    referer = urlsplit(request.headers.get("Referer", ""))
    return f"{referer.scheme}://{referer.netloc}" == ours


def hold(request: HttpRequest, *, account: User | None) -> HeldPost | None:
    """Keep what this request brought; None where it is too large, or where too much comes from this address."""
    if not ratelimit.consume(request, app="allauth.account", action="hold_post"):
        return None
    sent = Sent(
        path=request.get_full_path(),
        page=_page_of(request),
        fields=[(name, value) for name, values in request.POST.lists() for value in values if name not in _NO_ANSWERS],
        files=[str(file.name) for name, files in request.FILES.lists() for file in files],
    )
    return hold_post(sent=sent, browser_secret=_secret_of(request), account=account or last_account(request))


def remember_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser the cookie that completes the key."""
    response.set_cookie(
        BROWSER_COOKIE,
        _secret_of(request),
        max_age=KEPT_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def remember_account(request: HttpRequest, response: HttpResponse) -> None:
    """Note in the browser whose session this was: it is not told any more once the session is over."""
    mark = _signer.sign(str(request.user.pk))
    if request.COOKIES.get(ACCOUNT_COOKIE) != mark:
        response.set_cookie(
            ACCOUNT_COOKIE,
            mark,
            max_age=settings.SESSION_COOKIE_AGE + int(KEPT_FOR.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def last_account(request: HttpRequest) -> User | None:
    try:
        pk = _signer.unsign(request.COOKIES.get(ACCOUNT_COOKIE, ""))
    except BadSignature:
        return None
    return User.objects.filter(pk=pk).first()


def _secret_of(request: HttpRequest) -> str:
    """The browser's secret, made at the first need."""
    secret = request.COOKIES.get(BROWSER_COOKIE, "")
    if len(secret) < 32:
        secret = request.COOKIES[BROWSER_COOKIE] = secrets.token_urlsafe(32)
    return secret


def _page_of(request: HttpRequest) -> str:
    """The page the form stood on; the address it was sent to, where the browser does not say."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.get_host() or not referer.path.startswith("/"):
        return request.path
    path = escape_leading_slashes(referer.path)
    return f"{path}?{referer.query}" if referer.query else path
