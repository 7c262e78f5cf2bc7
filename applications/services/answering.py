"""What becomes of an offer: accepted, declined, or lapsed."""

from datetime import datetime
from typing import Any

from django.db import transaction

from applications.enums import OfferState
from applications.messages import tell_of_offer
from applications.models import Application, Offer
from applications.rules.reserve_list import undo_ends
from applications.rules.signing import Signed, signed_words, what_is_missing
from applications.rules.states import APPLICATION, OFFER
from applications.selectors import reserve_list_of
from applications.services.cascade import fill_soon
from applications.services.locking import locked_offer
from cohorts.models import Place
from cohorts.services import enrol_fellow, free_seat
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.design.dates import last_moment_words, moment_words
from nextstep.refusals import Refused
from nextstep.transitions import change_state


@transaction.atomic
def accept_offer(*, offer: Offer, commitment_text: str, by: User, signed: Signed | None = None) -> Place:
    """Accept an offer: its holder becomes a fellow, and the words they agreed to are kept. Twice is once.

    `signed` is what the person said of dates and leave, and their name; without it somebody else keeps the paper.
    Raises Refused where the deadline has passed, the offer was answered otherwise, or what is signed is not complete.
    """
    offer = locked_offer(offer)
    application, now = offer.application, clock.now()
    if offer.state == OfferState.ACCEPTED:
        return Place.objects.get(cohort=application.cohort, fellow=application.applicant)
    _check_stands(offer, now)
    _check_signed(commitment_text, signed)
    document = signed_words(commitment_text, signed) if signed else commitment_text
    fields: dict[str, Any] = {"decided_at": now, "decided_by": by, "commitment_text": document}
    change_state(offer, OFFER["accept"], **fields, **_said(signed))
    change_state(application, APPLICATION["accept_offer"], changed_at=now)
    place = _enrolled(application, document, by)
    after = {"seat": offer.seat_number, "clashing_dates": len(offer.clashing_dates), "study_leave": offer.study_leave}
    record("applications.offer_accepted", application, by=by, after=after)
    tell_of_offer("offer_accepted", offer, commitment=document, clash=bool(offer.clashing_dates))
    return place


def _check_signed(commitment_text: str, signed: Signed | None) -> None:
    if not commitment_text.strip():
        raise Refused("Confirm that you can attend the dates before you accept your place.")
    if signed is not None and (missing := what_is_missing(signed)):
        raise Refused(missing)


def _said(signed: Signed | None) -> dict[str, Any]:
    if signed is None:
        return {}
    return {
        "signed_name": signed.name.strip(),
        "clashing_dates": list(signed.clashing),
        "clash": signed.clash.strip() if signed.clashing else "",
        "study_leave": signed.study_leave,
        "leave_trust": signed.trust.strip(),
        "leave_told_on": signed.told_on,
    }


def _enrolled(application: Application, document: str, by: User) -> Place:
    answers = application.answers
    return enrol_fellow(
        cohort=application.cohort,
        person=application.applicant,
        by=by,
        supervisor_name=answers.get("supervisor_name", ""),
        supervisor_email=answers.get("supervisor_email", ""),
        employer=answers.get("employer", ""),
        commitment_text=document,
    )


@transaction.atomic
def decline_offer(*, offer: Offer, by: User) -> Offer:
    """Decline an offer. Its seat is free once the cohort's time to undo that is over. Twice is once.

    Raises Refused where the deadline has passed or the offer was answered otherwise.
    """
    offer = locked_offer(offer)
    application, now = offer.application, clock.now()
    if offer.state == OfferState.DECLINED:
        return offer
    _check_stands(offer, now)
    undo_until = undo_ends(reserve_list_of(application.cohort), now, undone_before=offer.undone_at is not None)
    change_state(offer, OFFER["decline"], decided_at=now, decided_by=by, undo_until=undo_until)
    change_state(application, APPLICATION["decline_offer"], changed_at=now)
    if undo_until is None:
        free_seat(cohort=application.cohort, person=application.applicant, by=by, reason="Offer declined")
        fill_soon(application.cohort)
    after = {"seat": offer.seat_number, "undo_until": undo_until}
    record("applications.offer_declined", application, by=by, after=after)
    tell_of_offer("offer_declined", offer, undo_until=moment_words(undo_until) if undo_until else "")
    return offer


@transaction.atomic
def undo_decline(*, offer: Offer, by: User) -> Offer:
    """Take back a decline: the offer stands again, at least as long as it could be undone. Twice is once.

    Raises Refused where the time for it is over, or the offer was not declined.
    """
    offer = locked_offer(offer)
    application, now = offer.application, clock.now()
    if offer.state == OfferState.OPEN and offer.undone_at is not None:
        return offer
    if offer.undo_until is None or offer.undo_until <= now or offer.settled_at is not None:
        raise Refused(OFFER["undo_decline"].refusal)
    again: dict[str, Any] = {"decided_at": None, "decided_by": None, "undo_until": None, "undone_at": now}
    change_state(offer, OFFER["undo_decline"], expires_at=max(offer.expires_at, offer.undo_until), **again)
    change_state(application, APPLICATION["undo_decline"], changed_at=now)
    record("applications.decline_undone", application, by=by, after={"expires_at": offer.expires_at})
    tell_of_offer("offer_restored", offer)
    return offer


def lapse_offers(*, now: datetime) -> int:
    """Lapse every offer whose deadline has passed by `now`, and free its seat. Answers how many there were.

    Each in a transaction of its own, so that one trouble does not keep the others' seats.
    """
    overdue = Offer.objects.overdue(now).select_related("application").order_by("expires_at")
    return sum(_lapse(offer, now) for offer in overdue)


@transaction.atomic
def _lapse(offer: Offer, now: datetime) -> bool:
    offer = locked_offer(offer)
    if offer.state != OfferState.OPEN or now < offer.expires_at:
        return False
    application = offer.application
    change_state(offer, OFFER["lapse"], decided_at=now)
    change_state(application, APPLICATION["lapse_offer"], changed_at=now)
    free_seat(cohort=application.cohort, person=application.applicant, by=None, reason="Offer lapsed")
    fill_soon(application.cohort)
    record("applications.offer_lapsed", application, by=None, after={"seat": offer.seat_number})
    tell_of_offer("offer_lapsed", offer)
    return True


def _check_stands(offer: Offer, now: datetime) -> None:
    if offer.state == OfferState.LAPSED or (offer.state == OfferState.OPEN and now >= offer.expires_at):
        raise Refused(f"This offer ended at {last_moment_words(offer.expires_at)}, so it cannot be answered now.")
