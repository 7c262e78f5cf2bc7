"""A fellow withdraws: the place ends, its seat is free, and a fee is raised where the cohort has one."""

from django.db import transaction

from cohorts import messages
from cohorts.models import Place, WithdrawalFee
from cohorts.permissions import check_may_administer
from cohorts.rules.fees import fee_letter
from cohorts.rules.states import LEAVE, WAIVE_FEE
from cohorts.services.seats import free_seat
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import CHANGED, record
from nextstep.refusals import Refused
from nextstep.transitions import change_state


@transaction.atomic
def leave_programme(
    *, place: Place, by: User, reason: str, circumstances: str = "", version: int | None = None
) -> WithdrawalFee | None:
    """Withdraw a fellow: the seat can go to somebody else, and the organisation owes the cohort's fee, if it has one.

    `circumstances` are what was agreed as extenuating: then nothing is owed, and the letter says so. Answers the fee.
    Raises Refused without a reason or where the fellow is not on the programme, and Stale.
    """
    check_may_administer(by, place.cohort)
    if not reason.strip():
        raise Refused("Say why they withdraw.")
    change_state(place, LEAVE, version=version, seat=None, left_at=clock.now())
    free_seat(cohort=place.cohort, person=place.fellow, by=by, reason="Fellow withdrew")
    record("cohorts.fellow_withdrew", place, by=by, reason=reason)
    pounds = place.cohort.withdrawal_fee_pounds
    fee = _raised(place, pounds, by, circumstances.strip()) if pounds else None
    messages.tell_of_leaving(place, fee)
    return fee


def _raised(place: Place, pounds: int, by: User, circumstances: str) -> WithdrawalFee:
    fee = WithdrawalFee(
        place=place,
        amount_pounds=pounds,
        organisation=place.employer,
        raised_at=clock.now(),
        raised_by=by,
    )
    fee.letter = _letter(fee, "")
    fee.save()
    record("cohorts.withdrawal_fee_raised", fee, by=by, after={"pounds": fee.amount_pounds})
    if circumstances:
        waive_fee(fee=fee, by=by, circumstances=circumstances)
    return fee


@transaction.atomic
def waive_fee(*, fee: WithdrawalFee, by: User, circumstances: str, version: int | None = None) -> None:
    """Agree that circumstances are extenuating: nothing is owed, and the letter says so.

    Raises Refused without words, or where that was agreed before, and Stale.
    """
    check_may_administer(by, fee.place.cohort)
    if not circumstances.strip():
        raise Refused("Say which extenuating circumstances have been agreed.")
    words = circumstances.strip()
    change_state(fee, WAIVE_FEE, version=version, circumstances=words, letter=_letter(fee, words))
    record("cohorts.withdrawal_fee_waived", fee, by=by, after={"circumstances": CHANGED})


def _letter(fee: WithdrawalFee, circumstances: str) -> str:
    place = fee.place
    left_at = place.left_at or clock.now()
    return fee_letter(
        organisation=fee.organisation,
        fellow=str(place.fellow),
        programme=str(place.cohort),
        pounds=fee.amount_pounds,
        left_on=left_at.astimezone(clock.LONDON).date(),
        waived_because=circumstances,
    )
