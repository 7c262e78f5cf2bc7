"""What happened, for those who may see it."""

from django.db import models

from nextstep.audit.models import Event, EventQuerySet


def timeline_of(obj: models.Model) -> EventQuerySet:
    """Everything that was done to `obj`, newest first, with the people who did it."""
    return Event.objects.about(obj).select_related("actor")
