"""The reserve list's next offer: after a decline has settled, a lapse or a withdrawal, never above the seats."""

import logging
from datetime import datetime
from functools import partial

from django.db import transaction

from applications.models import Application, Offer
from applications.rules.reserve_list import goes_by_itself, waits_for_somebody
from applications.selectors import reserve_list_of
from applications.services.deciding import make_offer, settle_decline
from applications.services.locking import hold_cohort, locked, locked_offer
from cohorts.models import Cohort, Seat
from cohorts.services import NoSeatFree
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused, Stale
from nextstep.transitions import change_fields

logger = logging.getLogger(__name__)


def fill_places(*, now: datetime) -> int:
    """Settle the declines whose time to be undone is over, then offer free seats to those next on each reserve list.

    Only where the cohort's brake lets it go by itself. Answers how many offers were made. Running it twice, or at the
    same moment in two processes, changes nothing more: each offer is made under the lock of its cohort, to whoever is
    first then, and takes a seat or is not made.
    """
    for offer in Offer.objects.unsettled().filter(undo_until__lte=now).order_by("undo_until"):
        _settle(offer, now)
    waiting = Application.objects.on_reserve_list().order_by().values("cohort")
    free = Seat.objects.filter(holder__isnull=True).values("cohort")
    cohorts = Cohort.objects.filter(pk__in=waiting).filter(pk__in=free).select_related("programme")
    return sum(_fill(cohort) for cohort in cohorts)


@transaction.atomic
def _settle(offer: Offer, now: datetime) -> None:
    offer = locked_offer(offer)
    if offer.undo_until is not None and offer.undo_until <= now:
        settle_decline(offer, by=None)


def _fill(cohort: Cohort) -> int:
    """Make offers until no seat is free, nobody waits, or the brake is on."""
    made = 0
    while True:
        try:
            offer = _next_by_itself(cohort)
        except Stale:
            continue
        except Refused as refusal:
            logger.warning("The next offer of cohort %s is not made: %s", cohort.pk, refusal)
            return made
        if offer is None:
            return made
        made += 1


@transaction.atomic
def _next_by_itself(cohort: Cohort) -> Offer | None:
    first = Application.objects.filter(cohort=cohort).on_reserve_list().first()
    if first is None or not goes_by_itself(reserve_list_of(cohort), clock.now(), clock.today()):
        return None
    try:
        return _offer_to(first, by=None)
    except NoSeatFree:
        return None


def _offer_to(first: Application, *, by: User | None) -> Offer:
    """Offer a place to whoever is still first on the reserve list. Raises Stale where somebody else is by now."""
    application = locked(first)
    hold_cohort(application.cohort)
    if Application.objects.filter(cohort=application.cohort_id).on_reserve_list().first() != application:
        raise Stale("Somebody else is next on the reserve list now. Look at it again.")
    return make_offer(application, by=by)


@transaction.atomic
def offer_next(*, application: Application, by: User) -> Offer:
    """Make the next offer from the reserve list, where the brake of the cohort asks for somebody's confirmation.

    `application` is the one the administrator saw as the next. Raises Stale where somebody else is by now, NoSeatFree,
    and Refused where the list is paused, goes by itself, or the cut-off for refilling is over.
    """
    terms = reserve_list_of(application.cohort)
    if not waits_for_somebody(terms, clock.now(), clock.today()):
        raise Refused("This reserve list is paused, goes by itself, or is past its cut-off. Look at its settings.")
    return _offer_to(application, by=by)


@transaction.atomic
def change_reserve_list(*, cohort: Cohort, by: User | None, version: int | None = None, **fields: object) -> None:
    """Set how a cohort's reserve list moves. Raises Stale where somebody else was first."""
    terms = reserve_list_of(cohort)
    if terms.pk is None:
        terms.save()
    before = {name: getattr(terms, name) for name in fields}
    change_fields(terms, version=version, **fields)
    record("applications.reserve_list_changed", terms, by=by, before=before, after=fields)
    fill_soon(cohort)


def fill_soon(cohort: Cohort) -> None:
    """Fill the places of `cohort` once this transaction is over. Lost, the next run of the job does it."""
    transaction.on_commit(partial(_fill_after, cohort), robust=True)


def _fill_after(cohort: Cohort) -> None:
    made = _fill(cohort)
    if made:
        logger.info("%s offers made from the reserve list of cohort %s.", made, cohort.pk)
