"""Pages of the administration that write: decisions, their release, reserve lists."""

from collections.abc import Callable
from datetime import timedelta

from applications.models import Application, Decision, Offer, ReserveList
from applications.services import (
    cancel_release,
    change_reserve_list,
    offer_next,
    offer_place,
    plan_release,
    set_decision,
    take_back_decision,
)
from cohorts.services import change_place, waive_fee
from tests.factories.applications import ApplicationFactory, ReserveListFactory
from tests.factories.cohorts import NOW, PlaceFactory, WithdrawalFeeFactory
from tests.journeys.office import CHANGED, WORDS, Office
from tests.journeys.scenes import Made, Scene


def deciding(action: str) -> Callable[[], Scene]:
    def scene() -> Scene:
        office = Office()
        application = ApplicationFactory(cohort=office.cohort, submitted=True)
        kinds = Decision.objects.values_list("kind", flat=True)
        chosen = {"action": action, "_selected_action": [str(application.pk)]}
        return office.acts(
            application,
            action,
            pressed=chosen,
            data={},
            stored=lambda: list(kinds.all()),
            twice="1 saved. Nobody has been told",
            meanwhile=lambda: offer_place(application=Application.objects.get(), by=office.owner),
            stale="Not done for 1",
        )

    return scene


def pending_offer(office: Office) -> Decision:
    return set_decision(
        application=ApplicationFactory(cohort=office.cohort, submitted=True), kind="offer", by=office.ada
    )


def releasing() -> Scene:
    office = Office()
    decision = pending_offer(office)
    return office.acts(
        decision,
        "release_decisions",
        pressed={"action": "release_decisions", "_selected_action": [str(decision.pk)]},
        data={},
        stored=lambda: list(Offer.objects.values_list("state", flat=True)),
        twice="These decisions are released already.",
        meanwhile=lambda: offer_place(application=decision.application, by=office.owner),
        stale="The decisions have changed since you looked at them.",
    )


def taking_back() -> Scene:
    office = Office()
    decision = pending_offer(office)
    return office.acts(
        decision,
        "take_back",
        stored=Decision.objects.count,
        twice="0 pending decisions",
        meanwhile=lambda: take_back_decision(decision=decision, by=office.owner),
        stale="0 pending decisions",
    )


def cancelling_a_release() -> Scene:
    office = Office()
    decision = pending_offer(office)
    release = plan_release(cohort=office.cohort, decisions=[decision.pk], by=office.ada, at=NOW + timedelta(days=1))
    return office.acts(
        release,
        "cancel_releases",
        twice="Only a release that is still to come can be cancelled.",
        meanwhile=lambda: cancel_release(release=release, by=office.owner),
        stale="Only a release that is still to come can be cancelled.",
    )


def changing_a_reserve_list() -> Scene:
    office = Office()
    terms = ReserveListFactory(cohort=office.cohort)
    return office.changes(
        terms,
        {"undo_hours": "48"},
        typed="48",
        twice=CHANGED,
        meanwhile=lambda: change_reserve_list(cohort=office.cohort, by=office.owner, undo_hours=3),
        stale=CHANGED,
    )


def adding_a_reserve_list() -> Scene:
    office = Office()
    data = {"cohort": str(office.cohort.pk), "mode": "automatic", "undo_hours": "48"}
    return office.adds(ReserveList, data, typed="48", twice="already exists")


def offering_the_next_place() -> Scene:
    office = Office()
    terms = ReserveListFactory(cohort=office.cohort)
    first = ApplicationFactory(cohort=office.cohort, state="reserve", reserve_rank=1, submitted_at=NOW)
    return office.acts(
        terms,
        "offer_next_place",
        pressed={"action": "offer_next_place", "_selected_action": [str(terms.pk)]},
        data={},
        stored=lambda: list(Offer.objects.values_list("state", flat=True)),
        twice="Somebody else is next on the reserve list now.",
        meanwhile=lambda: offer_next(application=first, by=office.owner),
        stale="Somebody else is next on the reserve list now.",
    )


def withdrawing_a_fellow() -> Scene:
    office = Office()
    place = PlaceFactory(cohort=office.cohort)
    return office.acts(
        place,
        "withdraw",
        pressed={"action": "withdraw", "_selected_action": [str(place.pk)]},
        data={"reason": WORDS},
        typed=WORDS,
        twice="Only a fellow who is on the programme can withdraw from it.",
        meanwhile=lambda: change_place(place=place, by=office.owner, version=1, employer="Royal Papworth"),
        stale=CHANGED,
    )


def waiving_a_fee() -> Scene:
    office = Office()
    fee = WithdrawalFeeFactory(place__cohort=office.cohort)
    return office.acts(
        fee,
        "waive",
        pressed={"action": "waive", "_selected_action": [str(fee.pk)]},
        data={"circumstances": WORDS},
        typed=WORDS,
        twice="This fee is waived already.",
        meanwhile=lambda: waive_fee(fee=fee, by=office.owner, circumstances="Illness"),
        stale="This fee is waived already.",
    )


DECIDING: dict[str, Made] = {
    "applications.Application offer_place": deciding("offer_place"),
    "applications.Application put_on_reserve_list": deciding("put_on_reserve_list"),
    "applications.Application decline_application": deciding("decline_application"),
    "applications.Decision release_decisions": releasing,
    "applications.Decision take_back": taking_back,
    "applications.Release cancel_releases": cancelling_a_release,
    "cohorts.Place withdraw": withdrawing_a_fellow,
    "cohorts.WithdrawalFee waive": waiving_a_fee,
    "applications.ReserveList add": adding_a_reserve_list,
    "applications.ReserveList change": changing_a_reserve_list,
    "applications.ReserveList offer_next_place": offering_the_next_place,
}
