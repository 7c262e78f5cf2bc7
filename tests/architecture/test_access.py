"""No view without a declared access: the walk over all addresses, and what the middleware does with each kind."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from nextstep.accounts import access, checks
from nextstep.accounts.middleware import AccessMiddleware
from nextstep.accounts.models import User


def test_every_address_leads_to_a_view_with_a_declared_access() -> None:
    undeclared = [
        route for route, namespaces, part in checks.patterns() if access.access_of(part.callback, namespaces) is None
    ]

    assert undeclared == []


def test_the_walk_sees_the_admin_and_sign_in() -> None:
    routes = {route for route, _, _ in checks.patterns()}

    assert {"account/sign-in/", "admin/login/"} <= routes


def test_the_system_check_names_a_view_without_access(settings: object) -> None:
    settings.ROOT_URLCONF = __name__  # type: ignore[attr-defined]

    errors = checks.every_view_declares_its_access(None)

    assert [error.id for error in errors] == ["accounts.E001"]
    assert f"{__name__}.undeclared at /undeclared/" in errors[0].msg


def undeclared(request: HttpRequest) -> HttpResponse:
    raise AssertionError("the middleware must refuse this view")


@access.public
def for_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("all")


@access.signed_in
def for_members(request: HttpRequest) -> HttpResponse:
    return HttpResponse("members")


@access.allowed(lambda user: user.full_name == "Ada Abara")
def for_ada(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Ada")


from django.urls import path  # noqa: E402 - the address map of the test above

urlpatterns = [path("undeclared/", undeclared), path("all/", for_all)]

NOBODY = AnonymousUser()
ADA = User(pk=1, full_name="Ada Abara")
BEN = User(pk=2, full_name="Ben Bell")


@pytest.mark.parametrize(
    ("view", "user", "outcome"),
    [
        (for_all, NOBODY, "opens"),
        (for_all, ADA, "opens"),
        (for_members, NOBODY, "sign-in"),
        (for_members, BEN, "opens"),
        (for_ada, NOBODY, "sign-in"),
        (for_ada, BEN, "refused"),
        (for_ada, ADA, "opens"),
        (undeclared, NOBODY, "refused"),
        (undeclared, ADA, "refused"),
    ],
)
def test_who_may_open_which_view(view: object, user: object, outcome: str) -> None:
    assert outcome_of(view, user) == outcome


def outcome_of(view: object, user: object) -> str:
    request = RequestFactory().get("/somewhere/?page=2")
    request.user = user  # type: ignore[assignment]
    request.resolver_match = ResolverMatch(view, (), {})  # type: ignore[arg-type]
    middleware = AccessMiddleware(lambda _: HttpResponse())
    try:
        answer = middleware.process_view(request, view, [], {})  # type: ignore[arg-type]
    except PermissionDenied:
        return "refused"
    if answer is None:
        return "opens"
    assert answer.status_code == 302
    assert answer["Location"] == "/account/sign-in/?next=/somewhere/%3Fpage%3D2"
    return "sign-in"


def test_a_request_for_a_piece_of_a_page_is_told_to_sign_in_and_not_led_away() -> None:
    request = RequestFactory().get("/somewhere/", headers={"HX-Request": "true"})
    request.user = NOBODY
    request.resolver_match = ResolverMatch(for_members, (), {})

    answer = AccessMiddleware(lambda _: HttpResponse()).process_view(request, for_members, [], {})

    assert answer is not None
    assert answer.status_code == 401


def test_a_public_view_never_loads_the_user() -> None:
    request = RequestFactory().get("/all/")  # without request.user: touching it would raise
    request.resolver_match = ResolverMatch(for_all, (), {})

    assert AccessMiddleware(lambda _: HttpResponse()).process_view(request, for_all, [], {}) is None
