"""The links of those who are asked for a statement: made from the secret key, so that the database holds none."""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

_SALT = "applications.statement"


def new_token(request_id: UUID) -> str:
    """256 bits that nobody guesses without the secret key."""
    return next(_tokens(request_id))


def digest_of(token: str) -> str:
    """What is kept of a token, and looked for."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_to(request_id: UUID, digest: str) -> str:
    """The address for a request, made anew for each mail; it stays the same when the secret key is replaced."""
    token = next((token for token in _tokens(request_id) if digest_of(token) == digest), "")
    return settings.SITE_URL + reverse("applications:statement", args=[token or "gone"])


def _tokens(request_id: UUID) -> Iterator[str]:
    for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        yield salted_hmac(_SALT, request_id.hex, secret=key, algorithm="sha256").hexdigest()
