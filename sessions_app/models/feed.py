"""The private address of a person's calendar."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from nextstep import clock


def unguessable_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def current(self) -> "CalendarFeedQuerySet":
        return self.filter(revoked_at__isnull=True)


class CalendarFeed(models.Model):
    """Whoever knows the token reads the calendar, so a person can revoke it and get another."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    token = models.CharField(max_length=64, unique=True, default=unguessable_token, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="calendar_feed_one_current_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.person}"

    @property
    def audit_label(self) -> str:
        return f"Calendar of person {self.person_id}"
