"""What is read of people: likely duplicates, and what is held for a browser."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from nextstep.accounts.models import HeldPost, User, UserQuerySet
from nextstep.accounts.models.held_post import PURPOSE, Sent, browser_mark
from nextstep.accounts.people import people_visible_to
from nextstep.accounts.rules.names import name_key
from nextstep.accounts.sealing import Unreadable, unseal


@dataclass(frozen=True)
class LikelyDuplicates:
    """Accounts that may be one person's, and why. A person decides: nothing is ever merged by itself."""

    why: str
    people: tuple[User, ...]


@dataclass(frozen=True)
class Held:
    row: HeldPost
    sent: Sent


def likely_duplicates(by: User) -> list[LikelyDuplicates]:
    """Groups among the people whom `by` may see, by registration number and by name. Three queries."""
    people = people_visible_to(by).filter(is_active=True)
    return [*_same_registration(people), *_same_name(people)]


def likely_duplicates_of(user: User, by: User) -> list[LikelyDuplicates]:
    """The same for one person's page, without reading everybody's name. Three queries at most."""
    people = people_visible_to(by).filter(is_active=True)
    groups = []
    if user.registration_number:
        groups += _same_registration(people.filter(registration_number=user.registration_number))
    if key := name_key(user.full_name):
        longest = max(re.findall(r"\w+", user.full_name), key=len)
        groups += _same_name(people.filter(Q(pk=user.pk) | Q(full_name__icontains=longest)), only=key)
    return [group for group in groups if user in group.people]


def _same_registration(people: UserQuerySet) -> list[LikelyDuplicates]:
    shared = (
        people.exclude(registration_number="")
        .values("registration_body", "registration_number")
        .annotate(accounts=Count("pk"))
        .filter(accounts__gt=1)
        .values("registration_number")
    )
    groups: dict[tuple[str, str], list[User]] = defaultdict(list)
    for person in people.filter(registration_number__in=shared).order_by("joined_at"):
        groups[person.registration_body, person.registration_number].append(person)
    return [
        LikelyDuplicates(f"Same {body} number, {number}", tuple(members))
        for (body, number), members in groups.items()
        if len(members) > 1
    ]


def _same_name(people: UserQuerySet, *, only: str = "") -> list[LikelyDuplicates]:
    groups: dict[str, list[int]] = defaultdict(list)
    for pk, name in people.exclude(full_name="").values_list("pk", "full_name").iterator():
        key = name_key(name)
        if key and only in {"", key}:
            groups[key].append(pk)
    alike = {pk: key for key, members in groups.items() if len(members) > 1 for pk in members}
    found: dict[str, list[User]] = defaultdict(list)
    for person in people.filter(pk__in=list(alike)).order_by("joined_at"):
        found[alike[person.pk]].append(person)
    return [LikelyDuplicates(f"Same name, {members[0].full_name}", tuple(members)) for members in found.values()]


def held_for(*, browser_secret: str, user: User, held_id: str | None = None) -> list[Held]:
    """What this browser holds for this account and is not yet expired, the newest first."""
    rows = HeldPost.objects.alive().filter(browser=browser_mark(browser_secret)).order_by("-kept_at")
    if held_id is not None:
        rows = rows.filter(pk=held_id)
    return [
        Held(row, sent)
        for row in rows
        if row.account_id in {None, user.pk} and (sent := _opened(row, browser_secret)) is not None
    ]


def _opened(row: HeldPost, browser_secret: str) -> Sent | None:
    try:
        sent: Sent = json.loads(unseal(bytes(row.sealed), purpose=PURPOSE, secret=browser_secret))
    except Unreadable:
        return None
    return sent
