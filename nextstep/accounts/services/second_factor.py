"""What happened to somebody's second factor."""

from django.db import transaction

from nextstep.accounts import post
from nextstep.accounts.models import User
from nextstep.audit.services import record


@transaction.atomic
def record_change(*, user: User, what: str) -> None:
    """Keep in the audit that a second factor was added or removed, and tell the person by mail.

    `what` is a key of `post.SECOND_FACTOR_CHANGES`.
    """
    event = record("accounts.second_factor_changed", user, by=user, after={"what": what})
    post.queue(
        code="accounts.second_factor_changed",
        to=user,
        occasion=f"event:{event.pk}",
        context={"person": user, "what": post.SECOND_FACTOR_CHANGES[what]},
    )
