"""What this room asks to be mailed. Notifications stands above it, so the roof hands the outbox down at start-up."""

from collections.abc import Mapping
from typing import Any, Protocol

from nextstep.accounts.models import User


class Outbox(Protocol):
    def __call__(self, *, code: str, to: User | str, occasion: str, context: Mapping[str, Any]) -> object: ...


class NoOutbox(RuntimeError):
    """Nobody handed the outbox down: portal's AppConfig does."""


_outbox: list[Outbox] = []

# Allauth's names for what happened, and ours for the mail.
SECOND_FACTOR_CHANGES = {
    "totp_activated": "An authenticator app was added",
    "totp_deactivated": "An authenticator app was removed",
    "webauthn_added": "A passkey was added",
    "webauthn_removed": "A passkey was removed",
    "recovery_codes_generated": "New recovery codes were made",
}


def deliver_by(outbox: Outbox) -> None:
    """Give this room the way to queue a mail in the caller's transaction."""
    _outbox[:] = [outbox]


def queue(*, code: str, to: User | str, occasion: str, context: Mapping[str, Any]) -> None:
    if not _outbox:
        raise NoOutbox
    _outbox[0](code=code, to=to, occasion=occasion, context=context)
