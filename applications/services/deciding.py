"""What the team decides: an offer, the reserve list, or not selected."""

from django.db import transaction
from django.db.models import Max

from applications.enums import OfferState
from applications.messages import tell_applicant, tell_of_offer
from applications.models import Application, Offer
from applications.rules.deadlines import offer_ends
from applications.rules.reserve_list import may_refill
from applications.rules.states import APPLICATION
from applications.selectors import reserve_list_of
from applications.services.locking import hold_cohort, locked
from cohorts.services import free_seat, take_seat
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.design.dates import date_words
from nextstep.refusals import Refused
from nextstep.transitions import change_fields, change_state


@transaction.atomic
def offer_place(*, application: Application, by: User, version: int | None = None) -> Offer:
    """Offer a place: takes a numbered seat, and stands for the cohort's days, to the end of the last one in London.

    `version` is the one the administrator saw. Raises NoSeatFree where all seats are taken or held, Refused where the
    state forbids an offer, and Stale where somebody else decided first.
    """
    return make_offer(locked(application), by=by, version=version)


def make_offer(application: Application, *, by: User | None, version: int | None = None) -> Offer:
    """Make the offer to a locked application; `by` None: first come, first served."""
    before = application.state
    try:
        with transaction.atomic():
            offer = _offer(application, by, version)
    except Refused:
        # The rows are as they were; the object in hand must tell the same.
        application.refresh_from_db()
        raise
    after = {"state": application.state, "seat": offer.seat_number, "expires_at": offer.expires_at}
    record("applications.offered", application, by=by, before={"state": before}, after=after)
    tell_of_offer("offer", offer)
    return offer


def _offer(application: Application, by: User | None, version: int | None) -> Offer:
    now = clock.now()
    terms = reserve_list_of(application.cohort)
    if terms.refill_until and not may_refill(terms, clock.today()):
        raise Refused(f"No place is offered after {date_words(terms.refill_until)}, the last day for refilling.")
    declined = Offer.objects.unsettled().filter(application=application).first()
    if declined is not None:
        declined.application = application
        settle_decline(declined, by=by)
    change_state(application, APPLICATION["offer"], version=version, reserve_rank=None, feedback="", changed_at=now)
    seat = take_seat(cohort=application.cohort, person=application.applicant, by=by)
    return Offer.objects.create(
        application=application,
        seat_number=seat.number,
        made_at=now,
        made_by=by,
        expires_at=offer_ends(now, application.cohort.offer_days),
    )


def settle_decline(offer: Offer, *, by: User | None) -> None:
    """Free the seat of a decline that can no longer be undone; its application is locked. Twice is once."""
    offer.refresh_from_db(fields=["state", "version", "undo_until", "settled_at"])
    if offer.state != OfferState.DECLINED or offer.undo_until is None or offer.settled_at is not None:
        return
    application = offer.application
    change_fields(offer, settled_at=clock.now())
    free_seat(cohort=application.cohort, person=application.applicant, by=by, reason="Offer declined")
    record("applications.decline_settled", application, by=by, after={"seat": offer.seat_number})


@transaction.atomic
def put_on_reserve_list(
    *, application: Application, by: User, feedback: str = "", version: int | None = None
) -> Application:
    """Put an application last on the reserve list. Raises Refused where the state forbids it, and Stale."""
    application = locked(application)
    hold_cohort(application.cohort)
    join_reserve_list(application, by=by, feedback=feedback, version=version)
    return application


def join_reserve_list(
    application: Application, *, by: User | None, feedback: str = "", version: int | None = None
) -> None:
    """Give a locked application the next rank; the caller holds the cohort."""
    before, now = application.state, clock.now()
    last = Application.objects.filter(cohort=application.cohort).aggregate(last=Max("reserve_rank"))["last"] or 0
    fields = {"reserve_rank": last + 1, "feedback": feedback, "changed_at": now}
    change_state(application, APPLICATION["reserve"], version=version, **fields)
    after = {"state": application.state, "rank": application.reserve_rank}
    record("applications.reserved", application, by=by, before={"state": before}, after=after)
    tell_applicant("reserve", application, queue=by is None, feedback=bool(feedback))


@transaction.atomic
def decline_application(
    *, application: Application, by: User, feedback: str = "", reason: str = "", version: int | None = None
) -> Application:
    """Not select an application, and tell the applicant. `feedback` is for them, `reason` for the audit alone.

    Raises Refused where the state forbids it, and Stale where somebody else decided first.
    """
    application = locked(application)
    not_select(application, by=by, feedback=feedback, reason=reason, version=version)
    return application


def not_select(
    application: Application, *, by: User, feedback: str = "", reason: str = "", version: int | None = None
) -> None:
    """Not select a locked application."""
    before, now = application.state, clock.now()
    change_state(
        application, APPLICATION["decline"], version=version, reserve_rank=None, feedback=feedback, changed_at=now
    )
    after = {"state": application.state}
    record("applications.not_selected", application, by=by, before={"state": before}, after=after, reason=reason)
    tell_applicant("not_selected", application, feedback=bool(feedback))
