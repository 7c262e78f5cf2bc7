"""Of whom a second factor is demanded, and whether it was given in this session."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from nextstep.accounts.models import User
from nextstep.accounts.roles import roles_of


def was_given(request: HttpRequest) -> bool:
    """Whether the person gave a second factor in this session. Reads the session and asks the database nothing."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def is_demanded_of(user: User) -> bool:
    demanded = frozenset(settings.SECOND_FACTOR_DEMANDED_OF)
    return bool(demanded) and not demanded.isdisjoint(roles_of(user))


def is_missing(request: HttpRequest) -> bool:
    """Whether this signed-in person must first give, or set up, a second factor."""
    if not settings.SECOND_FACTOR_DEMANDED_OF or was_given(request):
        return False
    return is_demanded_of(request.user)  # type: ignore[arg-type]


def has_one(user: User) -> bool:
    return Authenticator.objects.filter(
        user_id=user.pk, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    ).exists()
