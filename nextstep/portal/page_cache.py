"""Keeps public pages for anonymous visitors for some seconds, in the memory of each process.

The surge before a deadline reads the same few pages. A page that is kept is answered before sessions, sign-in or the
database are asked anything. It is kept so briefly that nobody has to clear it when a programme changes; whoever is
signed in, and so everybody who can change one, is never given a kept page.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

View = TypeVar("View", bound=Callable[..., HttpResponse])
GetResponse = Callable[[HttpRequest], HttpResponse]

_KEEP = "_kept_for_the_anonymous"
# A message, too, waits in a cookie for the next page.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")


def kept_for_the_anonymous(view: View) -> View:
    """Mark the answers of a public view: alike for everybody who is not signed in, whatever the query."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        # Browsers ask again each time, and are told when nothing has changed.
        words = {"no_cache": True, "private": True} if request.user.is_authenticated else {"no_cache": True}
        patch_cache_control(response, **words)
        patch_vary_headers(response, ["Cookie"])
        setattr(response, _KEEP, True)
        return response

    return marked  # type: ignore[return-value]


@dataclass(frozen=True)
class KeptPage:
    until: float
    content: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str


class PublicPageCache:
    """Stands before sessions: a request with a personal cookie, a query or another method passes it by."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.seconds: float = settings.PUBLIC_PAGE_SECONDS
        self.pages: dict[str, KeptPage] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.seconds or not _is_for_anybody(request):
            return self.get_response(request)
        page = self.pages.get(request.path)
        if page is None or page.until <= time.monotonic():
            response = self.get_response(request)
            if response.status_code != 200 or not getattr(response, _KEEP, False) or response.cookies:
                return response
            page = self.pages[request.path] = _kept(response, time.monotonic() + self.seconds)
        return _answer(request, page)


def _is_for_anybody(request: HttpRequest) -> bool:
    if request.method != "GET" or request.META.get("QUERY_STRING"):
        return False
    # A host that is not ours is refused, kept page or not.
    request.get_host()
    return "HTTP_COOKIE" not in request.META or not any(name in request.COOKIES for name in PERSONAL_COOKIES)


def _kept(response: HttpResponse, until: float) -> KeptPage:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return KeptPage(until, response.content, (*response.items(), ("ETag", etag)), etag)


def _answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    response = HttpResponse(page.content)
    for name, value in page.headers:
        response[name] = value
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return response
    return get_conditional_response(request, etag=page.etag, response=response) or response
