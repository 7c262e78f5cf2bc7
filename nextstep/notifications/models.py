"""The outbox: every mail but the sign-in codes, written in the transaction that caused it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from nextstep import clock
from nextstep.notifications.enums import MessageState


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime, wall_now: datetime) -> "MessageQuerySet":
        """Waiting and due by the portal's clock, or claimed by a process that has died since."""
        return self.filter(
            Q(state=MessageState.WAITING, due_at__lte=now) | Q(state=MessageState.SENDING, lease_until__lte=wall_now)
        )

    def sent(self) -> "MessageQuerySet":
        return self.filter(state=MessageState.SENT)

    def given_up(self) -> "MessageQuerySet":
        return self.filter(state=MessageState.GIVEN_UP)


class Message(models.Model):
    code = models.CharField(max_length=100)
    # "application:17:submitted": what happened. The same message about it goes to a person once.
    occasion = models.CharField(max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.EmailField(max_length=254)
    dedupe_key = models.CharField(max_length=600, editable=False)
    # Made once and reused by each attempt, so that a mail server can tell a repeat from a second message.
    message_id = models.CharField("Message-ID", max_length=200, editable=False)

    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField("HTML", blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)

    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    queued_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    # Real time, also where the clock is pinned: two processes may be pinned to different moments.
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="message_due"),
            models.Index(fields=["-queued_at", "-id"], name="message_newest"),
        ]
        constraints = [
            # Not `unique=True`: on PostgreSQL that is an index more for each, and every mail writes all of them twice.
            models.UniqueConstraint(fields=["dedupe_key"], name="message_once"),
            models.UniqueConstraint(fields=["message_id"], name="message_id_once"),
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="message_sent_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} for {self.occasion}"
