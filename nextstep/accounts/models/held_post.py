"""What somebody sent as their session had ended, kept for an hour so that they can send it again."""

import hashlib
import uuid
from typing import TypedDict

from django.conf import settings
from django.db import models

from nextstep import clock

PURPOSE = "held-post"


class Sent(TypedDict):
    """What was sent, and the page it was typed on."""

    path: str
    page: str
    fields: list[tuple[str, str]]
    files: list[str]


def browser_mark(secret: str) -> str:
    """What the database knows of a browser's cookie."""
    return hashlib.sha256(secret.encode()).hexdigest()


class HeldPostQuerySet(models.QuerySet["HeldPost"]):
    def alive(self) -> "HeldPostQuerySet":
        return self.filter(expires_at__gt=clock.now())

    def expired(self) -> "HeldPostQuerySet":
        return self.filter(expires_at__lte=clock.now())


class HeldPost(models.Model):
    """Sealed with a key that only the browser's cookie completes: the database alone cannot read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # A digest of the browser's cookie.
    browser = models.CharField(max_length=64, db_index=True)
    # The account that wrote it, where that was known: nobody else is shown it.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    sealed = models.BinaryField()
    kept_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = HeldPostQuerySet.as_manager()
