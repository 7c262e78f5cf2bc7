"""Who did what, when, to what. Rows are added and never changed: migration 0002 has the database refuse it too."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from nextstep import clock


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, obj: models.Model) -> "EventQuerySet":
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("Audit events are never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("Audit events are never deleted.")


class Event(models.Model):
    at = models.DateTimeField(default=clock.now, editable=False)
    # Empty when the portal itself acted, for instance when an offer lapsed.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    verb = models.CharField(max_length=60, editable=False)
    object_type = models.CharField(max_length=80, editable=False)
    object_id = models.CharField(max_length=40, editable=False)
    object_label = models.CharField(max_length=200, editable=False)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    reason = models.TextField(blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id", "-at"], name="audit_event_of_object")]

    def __str__(self) -> str:
        return f"{self.at:%d %b %Y %H:%M} {self.verb} {self.object_label}"

    def delete(self, using: str | None = None, keep_parents: bool = False) -> NoReturn:  # noqa: FBT001, FBT002
        raise TypeError("Audit events are never deleted.")
