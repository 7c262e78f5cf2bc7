"""A person's calendar address: made, revoked, replaced."""

from django.db import transaction

from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from sessions_app.models import CalendarFeed


@transaction.atomic
def make_feed(*, person: User, by: User) -> CalendarFeed:
    """Give `person` a calendar address, or answer the one they have: asking twice, or at once, makes one."""
    feed, made = CalendarFeed.objects.current().get_or_create(person=person)
    if made:
        record("sessions_app.feed_made", feed, by=by)
    return feed


@transaction.atomic
def revoke_feed(*, person: User, by: User) -> None:
    """Stop the address of `person` from answering anybody. Nothing happens where there is none."""
    for feed in CalendarFeed.objects.current().filter(person=person):
        if CalendarFeed.objects.current().filter(pk=feed.pk).update(revoked_at=clock.now()):
            record("sessions_app.feed_revoked", feed, by=by)


@transaction.atomic
def replace_feed(*, person: User, by: User) -> CalendarFeed:
    """Revoke the address of `person` and give them another."""
    revoke_feed(person=person, by=by)
    return make_feed(person=person, by=by)
