"""Who may open a view. Each view declares it with one decorator; a view without one is refused to everybody.

`AccessMiddleware` enforces what is declared here, before the view runs. Third-party views cannot carry a decorator:
`settings.ACCESS_OF_THIRD_PARTIES` lists them by name, and the admin by its namespace.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import ResolverMatch

from nextstep.accounts.models import User

View = TypeVar("View", bound=Callable[..., Any])
Predicate = Callable[[User], bool]


class SignedInRequest(HttpRequest):
    """What a view gets that lets only signed-in people in."""

    user: User


@dataclass(frozen=True)
class Access:
    """What a view asks of the person: nothing, to be signed in, or that `predicate` holds for them."""

    needs_sign_in: bool
    predicate: Predicate | None = None

    def admits(self, user: AbstractBaseUser | AnonymousUser) -> bool:
        if not self.needs_sign_in:
            return True
        return user.is_authenticated and (self.predicate is None or self.predicate(user))  # type: ignore[arg-type]


PUBLIC = Access(needs_sign_in=False)
SIGNED_IN = Access(needs_sign_in=True)
BY_WORD = {"public": PUBLIC, "signed_in": SIGNED_IN}


def _declare(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody may open this view, signed in or not."""
    return _declare(view, PUBLIC)


def signed_in(view: View) -> View:
    """Anybody who is signed in may open this view; the view itself starts from what is theirs."""
    return _declare(view, SIGNED_IN)


def allowed(predicate: Predicate) -> Callable[[View], View]:
    """Only signed-in people for whom `predicate` holds may open this view."""

    def declare(view: View) -> View:
        return _declare(view, Access(needs_sign_in=True, predicate=predicate))

    return declare


def name_of(view: Callable[..., Any]) -> str:
    """The dotted name of a view, of the class for a class-based one."""
    thing = getattr(view, "view_class", view)
    return f"{thing.__module__}.{getattr(thing, '__qualname__', type(thing).__qualname__)}"


def access_of(view: Callable[..., Any], namespaces: list[str]) -> Access | None:
    """What `view`, met under `namespaces`, declares; None where it declares nothing."""
    declared: Access | None = getattr(view, "access", None)
    if declared is not None:
        return declared
    listed: dict[str, str] = settings.ACCESS_OF_THIRD_PARTIES
    word = listed.get(f"namespace:{namespaces[0]}") if namespaces else None
    word = word or listed.get(name_of(view))
    return BY_WORD[word] if word else None


def access_of_match(match: ResolverMatch) -> Access | None:
    return access_of(match.func, match.namespaces)
