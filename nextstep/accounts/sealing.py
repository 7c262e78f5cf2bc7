"""Sealing what is kept for a person, with keys derived from SECRET_KEY and, where there is one, a browser's cookie."""

import base64
from collections.abc import Iterator

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_str


class Unreadable(Exception):
    """Sealed with another key, or changed since."""


def seal(data: bytes, *, purpose: str, secret: str = "") -> bytes:
    return _box(purpose, secret).encrypt(data)


def unseal(sealed: bytes, *, purpose: str, secret: str = "") -> bytes:
    """What was sealed for the same `purpose` with the same `secret`. Raises Unreadable."""
    try:
        return _box(purpose, secret).decrypt(sealed)
    except InvalidToken as wrong:
        raise Unreadable from wrong


def _box(purpose: str, secret: str) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _keys(purpose, secret)])


def _keys(purpose: str, secret: str) -> Iterator[bytes]:
    """The present key first; those of SECRET_KEY_FALLBACKS still open what they sealed."""
    for master in map(force_str, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]):
        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"nextstep.accounts:{purpose}".encode())
        yield base64.urlsafe_b64encode(derive.derive(f"{master}\0{secret}".encode()))
