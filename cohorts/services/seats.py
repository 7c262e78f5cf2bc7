"""Taking and freeing the numbered seats of a cohort (domain.md, Places)."""

from django.db import IntegrityError, transaction

from cohorts.models import Cohort, Place, Seat
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused


class NoSeatFree(Refused):
    def __init__(self, message: str = "All places are taken or held by offers.") -> None:
        super().__init__(message)


@transaction.atomic
def take_seat(*, cohort: Cohort, person: User, by: User | None) -> Seat:
    """Hold the free seat with the lowest number of `cohort` for `person`, and answer it.

    A seat is claimed by a conditional update, so two people never get the same one on any database.
    Raises NoSeatFree where none is left, and Refused where the person holds one already.
    """
    if Seat.objects.filter(cohort=cohort, holder=person).exists():
        raise Refused(f"{person} already holds a place in {cohort}.")
    while True:
        seat = Seat.objects.filter(cohort=cohort, holder__isnull=True).order_by("number").first()
        if seat is None:
            raise NoSeatFree
        if _claimed(seat, person):
            break
    record("cohorts.seat_taken", seat, by=by, after={"number": seat.number, "holder": person.pk})
    return seat


def _claimed(seat: Seat, person: User) -> bool:
    """Claim `seat` if it is still free. Raises Refused where the person got another one in the meantime."""
    now = clock.now()
    try:
        with transaction.atomic():
            claimed = Seat.objects.filter(pk=seat.pk, holder__isnull=True).update(holder=person, taken_at=now)
    except IntegrityError:
        raise Refused(f"{person} already holds a place in {seat.cohort}.") from None
    if claimed:
        seat.holder, seat.taken_at = person, now
    return bool(claimed)


@transaction.atomic
def free_seat(*, cohort: Cohort, person: User, by: User | None, reason: str = "") -> None:
    """Free the seat that an offer held for `person`.

    Raises Refused where they hold none, and where they sit in it as a fellow: a fellow leaves first.
    """
    seat = Seat.objects.filter(cohort=cohort, holder=person).first()
    if seat is None:
        raise Refused(f"{person} holds no place in {cohort}.")
    if Place.objects.filter(seat=seat).exists():
        raise Refused(f"{person} is a fellow of {cohort}. Their place is freed when they leave the programme.")
    if not Seat.objects.filter(pk=seat.pk, holder=person).update(holder=None, taken_at=None):
        raise Refused(f"{person} holds no place in {cohort}.")
    record("cohorts.seat_freed", seat, by=by, before={"number": seat.number, "holder": person.pk}, reason=reason)


@transaction.atomic
def match_seats(*, cohort: Cohort, by: User | None) -> list[str]:
    """Add or remove free seats until there are as many as `cohort.places`; answers what changed, a line for each.

    Raises Refused where more seats are taken than there are to be.
    """
    # On SQLite the transaction itself is the lock.
    seats = list(Seat.objects.select_for_update().filter(cohort=cohort).order_by("number"))
    wanted = cohort.places - len(seats)
    if wanted > 0:
        used = {seat.number for seat in seats}
        unused = [number for number in range(1, len(seats) + cohort.places + 1) if number not in used]
        Seat.objects.bulk_create(Seat(cohort=cohort, number=number) for number in unused[:wanted])
    elif wanted < 0:
        _remove_free(cohort, seats, -wanted)
    if not wanted:
        return []
    record("cohorts.seats_matched", cohort, by=by, before={"seats": len(seats)}, after={"seats": cohort.places})
    return [f"{wanted} seats added" if wanted > 0 else f"{-wanted} seats removed"]


def _remove_free(cohort: Cohort, seats: list[Seat], surplus: int) -> None:
    free = [seat.pk for seat in seats if seat.holder_id is None]
    if len(free) < surplus:
        taken = len(seats) - len(free)
        raise Refused(f"{taken} places are taken or held by offers, so there cannot be only {cohort.places}.")
    Seat.objects.filter(pk__in=free[-surplus:]).delete()
