"""What becomes of an offer: accepted, declined, or lapsed."""

from datetime import datetime

from django.db import transaction

from applications.enums import OfferState
from applications.messages import tell_of_offer
from applications.models import Offer
from applications.rules.states import APPLICATION, OFFER
from applications.services.locking import locked_offer
from cohorts.models import Place
from cohorts.services import enrol_fellow, free_seat
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.design.dates import last_moment_words
from nextstep.refusals import Refused
from nextstep.transitions import change_state


@transaction.atomic
def accept_offer(*, offer: Offer, commitment_text: str, by: User) -> Place:
    """Accept an offer: its holder becomes a fellow, and the words they agreed to are kept. Twice is once.

    Raises Refused where the deadline has passed, the offer was answered otherwise, or no commitment was given.
    """
    offer = locked_offer(offer)
    application, now = offer.application, clock.now()
    if offer.state == OfferState.ACCEPTED:
        return Place.objects.get(cohort=application.cohort, fellow=application.applicant)
    _check_stands(offer, now)
    if not commitment_text.strip():
        raise Refused("Confirm that you can attend the dates before you accept your place.")
    change_state(offer, OFFER["accept"], decided_at=now, decided_by=by, commitment_text=commitment_text)
    change_state(application, APPLICATION["accept_offer"], changed_at=now)
    answers = application.answers
    place = enrol_fellow(
        cohort=application.cohort,
        person=application.applicant,
        by=by,
        supervisor_name=answers.get("supervisor_name", ""),
        supervisor_email=answers.get("supervisor_email", ""),
        employer=answers.get("employer", ""),
        commitment_text=commitment_text,
    )
    record("applications.offer_accepted", application, by=by, after={"seat": offer.seat_number})
    tell_of_offer("offer_accepted", offer, commitment=commitment_text)
    return place


@transaction.atomic
def decline_offer(*, offer: Offer, by: User) -> Offer:
    """Decline an offer and free its seat. Twice is once.

    Raises Refused where the deadline has passed or the offer was answered otherwise.
    """
    offer = locked_offer(offer)
    application, now = offer.application, clock.now()
    if offer.state == OfferState.DECLINED:
        return offer
    _check_stands(offer, now)
    change_state(offer, OFFER["decline"], decided_at=now, decided_by=by)
    change_state(application, APPLICATION["decline_offer"], changed_at=now)
    free_seat(cohort=application.cohort, person=application.applicant, by=by, reason="Offer declined")
    record("applications.offer_declined", application, by=by, after={"seat": offer.seat_number})
    tell_of_offer("offer_declined", offer)
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
    record("applications.offer_lapsed", application, by=None, after={"seat": offer.seat_number})
    tell_of_offer("offer_lapsed", offer)
    return True


def _check_stands(offer: Offer, now: datetime) -> None:
    if offer.state == OfferState.LAPSED or (offer.state == OfferState.OPEN and now >= offer.expires_at):
        raise Refused(f"This offer ended at {last_moment_words(offer.expires_at)}, so it cannot be answered now.")
