"""A fellow withdraws: the seat is free, and the organisation owes the fee unless circumstances are extenuating."""

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.models import Place, Seat, WithdrawalFee
from cohorts.rules.fees import fee_letter
from cohorts.services import leave_programme, waive_fee
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused, Stale
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import NOW, CohortFactory, PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return OwnerFactory()


@pytest.fixture(autouse=True)
def now():
    with clock.at(NOW):
        yield


def place_with(fee: int | None) -> Place:
    return PlaceFactory(cohort=CohortFactory(withdrawal_fee_pounds=fee), employer="Moor Trust")


@pytest.mark.parametrize("fee", [970, 1310])
def test_who_withdraws_frees_the_seat_and_the_organisation_owes_the_fee(owner: User, fee: int) -> None:
    place = place_with(fee)
    seat = place.seat

    raised = leave_programme(place=place, by=owner, reason="Moved away")

    place.refresh_from_db()
    assert (place.state, place.seat, place.left_at) == ("withdrawn", None, NOW)
    assert Seat.objects.get(pk=seat.pk).holder is None
    assert (raised.amount_pounds, raised.organisation, raised.state) == (fee, "Moor Trust", "owed")
    assert f"Please arrange to pay £{fee:,}." in raised.letter
    mail = Message.objects.get(code="cohorts.left")
    assert (mail.person, raised.letter.splitlines()[-1] in mail.text) == (place.fellow, True)
    verbs = list(Event.objects.about(place).values_list("verb", "reason"))
    assert verbs == [("cohorts.fellow_withdrew", "Moved away")]


def test_with_extenuating_circumstances_agreed_nothing_is_owed_and_the_letter_says_so(owner: User) -> None:
    fee = leave_programme(place=place_with(970), by=owner, reason="Illness", circumstances="A long illness")

    assert (fee.state, fee.circumstances) == ("waived", "A long illness")
    assert "It is not, because extenuating circumstances have been agreed: A long illness" in fee.letter
    assert "No withdrawal fee is owed." in Message.objects.get(code="cohorts.left").text


def test_agreed_later_the_fee_is_waived_once(owner: User) -> None:
    fee = leave_programme(place=place_with(970), by=owner, reason="Illness")

    waive_fee(fee=fee, by=owner, circumstances="A long illness")

    assert WithdrawalFee.objects.get().state == "waived"
    with pytest.raises(Refused, match="waived already"):
        waive_fee(fee=fee, by=owner, circumstances="Once more")


def test_without_a_fee_there_is_no_letter(owner: User) -> None:
    assert leave_programme(place=place_with(None), by=owner, reason="Moved") is None
    assert "fee" not in Message.objects.get(code="cohorts.left").text


@pytest.mark.parametrize("reason", ["", "  "])
def test_nobody_is_withdrawn_without_a_reason(owner: User, reason: str) -> None:
    place = place_with(970)

    with pytest.raises(Refused, match="Say why they withdraw"):
        leave_programme(place=place, by=owner, reason=reason)

    assert (Place.objects.get().state, WithdrawalFee.objects.count()) == ("active", 0)


def test_twice_and_on_a_stale_page_nothing_more_happens(owner: User) -> None:
    place = place_with(970)

    with pytest.raises(Stale):
        leave_programme(place=place, by=owner, reason="Moved", version=7)
    place.refresh_from_db()
    leave_programme(place=place, by=owner, reason="Moved")
    with pytest.raises(Refused, match="Only a fellow who is on the programme"):
        leave_programme(place=place, by=owner, reason="Moved")

    assert WithdrawalFee.objects.count() == 1


def test_only_those_who_administer_the_cohort_withdraw_somebody() -> None:
    with pytest.raises(PermissionDenied):
        leave_programme(place=place_with(970), by=UserFactory(), reason="Moved")


def test_the_letter_names_the_organisation_the_fellow_and_the_day() -> None:
    letter = fee_letter(organisation="", fellow="Ife Cole", programme="Stepping Up", pounds=1310, left_on=NOW.date())

    assert letter.split("\n\n")[:3] == [
        "To the organisation that released the participant",
        "Stepping Up: Ife Cole",
        "Ife Cole accepted a place on Stepping Up and withdrew on 29 April 2025.",
    ]
