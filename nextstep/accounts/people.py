"""Whom an administrator may see, told by the rooms above."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from nextstep.accounts.models import User, UserQuerySet

_providers: list[Callable[[User], QuerySet[Any]]] = []


def register(provider: Callable[[User], QuerySet[Any]]) -> None:
    """Let `provider(administrator)` give the ids of the people whom its room lets that administrator see."""
    if provider not in _providers:
        _providers.append(provider)


def people_visible_to(user: User) -> UserQuerySet:
    """Everybody to an owner; to others those whom some room vouches for, in one query."""
    everybody: UserQuerySet = User.objects.all()
    if user.is_superuser:
        return everybody
    seen = Q(pk=user.pk)
    for provider in _providers:
        seen |= Q(pk__in=provider(user))
    return everybody.filter(seen)
