"""The one way to write an audit event."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from nextstep.audit.models import Event

CHANGED = "changed"


def record(
    verb: str,
    obj: models.Model,
    *,
    by: AbstractBaseUser | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Write that `by` (None: the portal itself) did `verb` to `obj`, in the caller's transaction.

    `verb` is "app.past_participle", for instance "applications.submitted". `before` and `after` hold only what
    changed, and never the value of a personal field: put CHANGED instead (domain.md, Monitoring, privacy, retention).
    A model whose own words hold a person's name gives others as `audit_label`: events outlive the name.
    """
    return Event.objects.create(
        actor=by,  # type: ignore[misc] # the User, whom this room knows by AUTH_USER_MODEL alone.
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(getattr(obj, "audit_label", obj))[:200],
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
    )
