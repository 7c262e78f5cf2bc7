"""Real threads for seats: answers against the cascade, and many claims for the last places. On PostgreSQL."""

from collections import Counter

import pytest

from applications.enums import ApplicationState as State
from applications.enums import Brake
from applications.models import Application, Offer
from applications.services import (
    accept_offer,
    change_reserve_list,
    decline_offer,
    fill_places,
    lapse_offers,
    submit_application,
    undo_decline,
    withdraw_application,
)
from cohorts.models import Cohort, Place, Seat
from nextstep import clock
from nextstep.notifications.models import Message
from tests.applications.test_races import at_once
from tests.factories.applications import ApplicationFactory, OfferFactory, next_step_cohort
from tests.factories.cohorts import NOW, CohortFactory, FirstComeCohortFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def answers_to(offer: Offer, *kinds: str) -> list:
    person = offer.application.applicant
    acts = {
        "accept": lambda: accept_offer(offer=offer, commitment_text="I will.", by=person),
        "decline": lambda: decline_offer(offer=offer, by=person),
        "withdraw": lambda: withdraw_application(application=offer.application, by=person),
    }
    return [acts[kind] for kind in kinds]


def check_seats(cohort: Cohort) -> None:
    """Each seat that is held stands for one open offer or one fellow, and nobody has two."""
    seats = Seat.objects.filter(cohort=cohort, holder__isnull=False)
    offers = Offer.objects.filter(application__cohort=cohort)
    holders = Counter(seats.values_list("holder", flat=True))
    offered = offers.open().values_list("application__applicant", flat=True)
    fellows = Place.objects.filter(cohort=cohort).values_list("fellow", flat=True)
    assert holders == Counter([*offered, *fellows])
    assert seats.count() <= cohort.places
    states = {"open": State.OFFERED, "accepted": State.ACCEPTED}
    for offer in offers.filter(state__in=states).select_related("application"):
        assert offer.application.state == states[offer.state]
    assert Message.objects.filter(code="applications.offer").count() == offers.filter(made_by=None).count()


@pytest.mark.parametrize("attempt", range(3))
def test_ten_accepts_meet_declines_lapses_withdrawals_and_the_cascade(attempt: int) -> None:
    cohort = CohortFactory(places=16)
    change_reserve_list(cohort=cohort, by=None, mode=Brake.AUTOMATIC, undo_hours=0)
    offers = OfferFactory.create_batch(14, application__cohort=cohort)
    overdue = OfferFactory.create_batch(2, application__cohort=cohort, made_at=NOW - 2 * (NOW - NOW.replace(hour=0)))
    Offer.objects.filter(pk__in=[offer.pk for offer in overdue]).update(expires_at=NOW)
    for rank in range(1, 13):
        ApplicationFactory(cohort=cohort, state=State.RESERVE, reserve_rank=rank, submitted_at=NOW)
    Offer.objects.update(made_by=cohort.seats.first().holder)
    acts = [
        *[act for offer in offers[:4] for act in answers_to(offer, "accept")],
        *[act for offer in offers[4:8] for act in answers_to(offer, "accept", "decline")],
        *[act for offer in offers[8:10] for act in answers_to(offer, "accept", "withdraw", "decline")],
        *[act for offer in offers[10:] for act in answers_to(offer, "decline", "withdraw")],
        lambda: lapse_offers(now=NOW),
        *[lambda: fill_places(now=NOW)] * 3,
    ]

    outcomes = at_once(*acts)

    with clock.at(NOW):
        fill_places(now=NOW)
    assert [words for words in outcomes if "Error" in words] == []
    assert Place.objects.filter(cohort=cohort).count() >= 4
    check_seats(cohort)
    waiting = Application.objects.filter(cohort=cohort).on_reserve_list()
    # Nobody waits beside a free seat, and whoever was passed to was the first in order.
    assert Seat.objects.filter(cohort=cohort, holder__isnull=True).count() == 0
    assert list(waiting.values_list("reserve_rank", flat=True)) == list(range(13 - len(waiting), 13))


def test_an_undone_decline_meets_its_settling() -> None:
    cohort = CohortFactory(places=1)
    change_reserve_list(cohort=cohort, by=None, mode=Brake.AUTOMATIC, undo_hours=1)
    offer = OfferFactory(application__cohort=cohort)
    ApplicationFactory(cohort=cohort, state=State.RESERVE, reserve_rank=1, submitted_at=NOW)
    person = offer.application.applicant
    with clock.at(NOW):
        decline_offer(offer=offer, by=person)
    offer.refresh_from_db()

    outcomes = at_once(
        lambda: undo_decline(offer=offer, by=person),
        lambda: fill_places(now=offer.undo_until),
        lambda: fill_places(now=offer.undo_until),
        moment=offer.undo_until - (NOW - NOW.replace(microsecond=0)) - (offer.undo_until - NOW) / 3600,
    )

    assert [words for words in outcomes if "Error" in words] == []
    assert Offer.objects.open().count() == Seat.objects.filter(holder__isnull=False).count() == 1


def test_fifty_claims_for_the_last_ten_seats() -> None:
    """Ten seats are free and the queue holds five: ten offers, five wait, the rest are told."""
    cohort = next_step_cohort(FirstComeCohortFactory, documents=False, places=12, queue=5)
    OfferFactory.create_batch(2, application__cohort=cohort)
    claims = ApplicationFactory.create_batch(50, cohort=cohort)

    outcomes = at_once(
        *[
            lambda a=claim: submit_application(application=a, by=a.applicant, declared=True)  # type: ignore[misc]
            for claim in claims
        ]
    )

    full = "All places are taken and the queue is full, so this cohort is fully subscribed."
    assert Counter(outcomes) == {"done": 15, full: 35}
    mine = Application.objects.filter(pk__in=[claim.pk for claim in claims])
    assert Counter(mine.values_list("state", flat=True)) == {State.OFFERED: 10, State.RESERVE: 5, State.DRAFT: 35}
    assert Seat.objects.filter(cohort=cohort, holder__isnull=True).count() == 0
    # The order of submission decides: nobody in the queue was sent before somebody who got a seat.
    assert list(mine.on_reserve_list().values_list("reserve_rank", flat=True)) == [1, 2, 3, 4, 5]
    assert Message.objects.filter(code="applications.offer").count() == 10
