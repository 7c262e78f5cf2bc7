"""Keeping what somebody sent as their session had ended, until they are signed in again."""

import json
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from nextstep import clock
from nextstep.accounts.models import HeldPost, User
from nextstep.accounts.models.held_post import PURPOSE, Sent, browser_mark
from nextstep.accounts.sealing import seal

KEPT_FOR = timedelta(hours=1)
# The longest form of the portal is some 40,000 characters.
LARGEST = 128 * 1024
MOST_IN_A_BROWSER = 10


@transaction.atomic
def hold_post(*, sent: Sent, browser_secret: str, account: User | None) -> HeldPost | None:
    """Seal what was sent and keep it for an hour; None where it is larger than any form of the portal.

    Throws out what has expired, and the oldest of this browser beyond ten.
    """
    HeldPost.objects.expired().delete()
    data = json.dumps(sent).encode()
    if len(data) > LARGEST:
        return None
    mark, now = browser_mark(browser_secret), clock.now()
    beyond = HeldPost.objects.filter(browser=mark).order_by("-kept_at").values("pk")[MOST_IN_A_BROWSER - 1 :]
    HeldPost.objects.filter(pk__in=[row["pk"] for row in beyond]).delete()
    return HeldPost.objects.create(
        browser=mark,
        account=account,
        sealed=seal(data, purpose=PURPOSE, secret=browser_secret),
        kept_at=now,
        expires_at=now + KEPT_FOR,
    )


@transaction.atomic
def forget_expired() -> None:
    """Delete what was held for its hour, and the sessions that have ended. Running it twice does no harm."""
    HeldPost.objects.expired().delete()
    SessionStore.clear_expired()


def mark_sent(*, held: HeldPost) -> None:
    """Note that the person sent it. It stays until its hour is over, in case the page refuses it."""
    HeldPost.objects.filter(pk=held.pk).update(sent_at=clock.now())


def throw_away(*, held: HeldPost) -> None:
    HeldPost.objects.filter(pk=held.pk).delete()
