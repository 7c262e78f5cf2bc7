"""What the team decides, what applicants answer, and what lapses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from applications.enums import ApplicationState as State
from applications.models import Application, Offer
from applications.rules.deadlines import offer_ends
from applications.services import (
    accept_offer,
    change_reserve_list,
    decline_application,
    decline_offer,
    lapse_offers,
    offer_place,
    put_on_reserve_list,
)
from cohorts.models import Place, Seat
from cohorts.services import NoSeatFree
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused, Stale
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, OfferFactory
from tests.factories.cohorts import NOW, CohortFactory

pytestmark = pytest.mark.django_db
WORDS = "I will take part on these dates."


@pytest.fixture
def ada() -> User:
    return UserFactory(full_name="Ada Abara")


def mails() -> list[str]:
    sent = Message.objects.filter(code__startswith="applications.").order_by("pk")
    return [code.removeprefix("applications.") for code in sent.values_list("code", flat=True)]


@pytest.mark.parametrize(
    ("made_at", "days", "ends"),
    [
        (datetime(2025, 6, 2, 9, tzinfo=UTC), 5, datetime(2025, 6, 9, 23, tzinfo=UTC)),
        (datetime(2025, 6, 2, 22, 59, tzinfo=UTC), 5, datetime(2025, 6, 9, 23, tzinfo=UTC)),
        (datetime(2025, 6, 2, 23, 0, tzinfo=UTC), 5, datetime(2025, 6, 10, 23, tzinfo=UTC)),  # Tuesday, in London
        (datetime(2025, 6, 7, 9, tzinfo=UTC), 1, datetime(2025, 6, 9, 23, tzinfo=UTC)),  # made on a Saturday
        (datetime(2025, 4, 16, 9, tzinfo=UTC), 2, datetime(2025, 4, 22, 23, tzinfo=UTC)),  # Easter: Friday and Monday
        (datetime(2025, 5, 2, 9, tzinfo=UTC), 1, datetime(2025, 5, 6, 23, tzinfo=UTC)),  # early May bank holiday
        (datetime(2026, 12, 24, 9, tzinfo=UTC), 1, datetime(2026, 12, 30, 0, tzinfo=UTC)),  # 28th: in lieu of the 26th
        (datetime(2025, 12, 31, 9, tzinfo=UTC), 1, datetime(2026, 1, 3, 0, tzinfo=UTC)),  # over the year's end
        (datetime(2025, 10, 23, 9, tzinfo=UTC), 2, datetime(2025, 10, 28, 0, tzinfo=UTC)),  # the clocks go back
        (datetime(2026, 3, 26, 9, tzinfo=UTC), 2, datetime(2026, 3, 30, 23, tzinfo=UTC)),  # and forward
    ],
)
def test_an_offer_ends_with_its_last_working_day_in_london(made_at: datetime, days: int, ends: datetime) -> None:
    assert offer_ends(made_at, days) == ends


def test_an_offer_takes_a_seat_and_tells_the_applicant(now: None, ada: User) -> None:
    application = ApplicationFactory(submitted=True)

    offer = offer_place(application=application, by=ada)

    application.refresh_from_db()
    seat = Seat.objects.get(holder=application.applicant)
    assert (application.state, offer.seat_number, offer.made_by) == ("offered", seat.number, ada)
    message = Message.objects.get()
    assert (message.code, message.subject) == ("applications.offer", "You have been offered a place")
    assert "Answer by 11:59pm on 9 May 2025." in message.text
    assert f"http://portal.test/offers/{offer.public_id}/" in message.text
    event = Event.objects.about(application).get()
    assert (event.verb, event.actor, event.before) == ("applications.offered", ada, {"state": "submitted"})


def test_without_a_free_seat_nothing_is_offered(now: None, ada: User) -> None:
    cohort = CohortFactory(places=1)
    OfferFactory(application__cohort=cohort)
    application = ApplicationFactory(cohort=cohort, submitted=True)

    with pytest.raises(NoSeatFree, match="All places are taken or held by offers"):
        offer_place(application=application, by=ada)

    application.refresh_from_db()
    assert (application.state, Offer.objects.count(), mails()) == ("submitted", 1, [])


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (State.DRAFT, []),
        (State.SUBMITTED, ["offer", "reserve", "decline"]),
        (State.RESERVE, ["offer", "decline"]),
        (State.OFFERED, []),
        (State.NOT_SELECTED, ["offer", "reserve"]),
        (State.ACCEPTED, []),
        (State.OFFER_DECLINED, ["offer"]),
        (State.OFFER_LAPSED, ["offer"]),
        (State.WITHDRAWN, []),
    ],
)
def test_which_decisions_each_state_allows(now: None, ada: User, state: str, may: list[str]) -> None:
    decisions = {"offer": offer_place, "reserve": put_on_reserve_list, "decline": decline_application}
    application = ApplicationFactory(
        state=state,
        submitted_at=None if state == State.DRAFT else NOW,
        reserve_rank=1 if state == State.RESERVE else None,
    )

    allowed = []
    for name, decide in decisions.items():
        try:
            with transaction.atomic():
                decide(application=application, by=ada)
                allowed.append(name)
                transaction.set_rollback(True)
        except Refused:
            pass

    assert allowed == may


def test_two_administrators_deciding_the_same_application_decide_once(now: None, ada: User) -> None:
    application = ApplicationFactory(submitted=True)
    seen = application.version
    decline_application(application=application, by=ada, version=seen)

    with pytest.raises(Stale):
        offer_place(application=application, by=ada, version=seen)

    assert mails() == ["not_selected"]


def test_the_reserve_list_is_in_the_order_of_putting_on(now: None, ada: User) -> None:
    cohort = CohortFactory()
    first, second, third = ApplicationFactory.create_batch(3, cohort=cohort, submitted=True)

    for application in (second, first, third):
        put_on_reserve_list(application=application, by=ada)

    assert list(Application.objects.on_reserve_list()) == [second, first, third]


def test_an_offer_takes_its_holder_off_the_reserve_list(now: None, ada: User) -> None:
    application = ApplicationFactory(state=State.RESERVE, reserve_rank=1, submitted_at=NOW)

    offer_place(application=application, by=ada)

    application.refresh_from_db()
    assert (application.state, application.reserve_rank) == ("offered", None)


def test_no_one_has_two_open_offers() -> None:
    offer = OfferFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        OfferFactory(application=offer.application, seat_number=2)


# --- answers


def test_accepting_makes_a_fellow_with_the_words_agreed_to(now: None) -> None:
    offer = OfferFactory()
    person = offer.application.applicant

    place = accept_offer(offer=offer, commitment_text=WORDS, by=person)

    offer.refresh_from_db()
    offer.application.refresh_from_db()
    assert (offer.state, offer.commitment_text, offer.decided_by) == ("accepted", WORDS, person)
    assert offer.application.state == "accepted"
    assert (place.fellow, place.seat.number, place.commitment_text) == (person, offer.seat_number, WORDS)
    assert (place.employer, place.supervisor_name, place.supervisor_email) == (
        "Cambridge University Hospitals",
        "Bea Lund",
        "bea.lund@example.nhs.uk",
    )
    assert mails() == ["offer_accepted"]


def test_accepting_twice_is_accepting_once(now: None) -> None:
    offer = OfferFactory()

    first = accept_offer(offer=offer, commitment_text=WORDS, by=offer.application.applicant)
    second = accept_offer(offer=offer, commitment_text=WORDS, by=offer.application.applicant)

    assert (first, Place.objects.count(), mails()) == (second, 1, ["offer_accepted"])


def test_without_a_commitment_nothing_is_accepted(now: None) -> None:
    offer = OfferFactory()

    with pytest.raises(Refused, match="Confirm that you can attend the dates"):
        accept_offer(offer=offer, commitment_text="  ", by=offer.application.applicant)

    assert Place.objects.count() == 0


def test_declining_for_good_frees_the_seat_once(now: None) -> None:
    offer = OfferFactory()
    change_reserve_list(cohort=offer.application.cohort, by=None, undo_hours=0)

    for _ in range(2):
        decline_offer(offer=offer, by=offer.application.applicant)

    offer.application.refresh_from_db()
    assert offer.application.state == "offer_declined"
    assert Seat.objects.filter(holder__isnull=False).count() == 0
    assert mails() == ["offer_declined"]


def test_a_declined_offer_cannot_be_accepted(now: None) -> None:
    offer = OfferFactory()
    decline_offer(offer=offer, by=offer.application.applicant)

    with pytest.raises(Refused, match="You have answered this offer already"):
        accept_offer(offer=offer, commitment_text=WORDS, by=offer.application.applicant)


def test_an_accepted_offer_cannot_be_declined(now: None) -> None:
    offer = OfferFactory()
    accept_offer(offer=offer, commitment_text=WORDS, by=offer.application.applicant)

    with pytest.raises(Refused, match="You have answered this offer already"):
        decline_offer(offer=offer, by=offer.application.applicant)


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [(-1, "accepted"), (0, "This offer ended at 11:59am on 6 May 2025, so it cannot be answered now.")],
)
def test_an_offer_stands_up_to_its_deadline_and_not_at_it(seconds: int, outcome: str) -> None:
    offer = OfferFactory(expires_at=NOW + timedelta(days=7))

    with clock.at(offer.expires_at + timedelta(seconds=seconds)):
        try:
            accept_offer(offer=offer, commitment_text=WORDS, by=offer.application.applicant)
            came = "accepted"
        except Refused as refusal:
            came = str(refusal)

    assert came == outcome


def test_the_sweep_lapses_what_is_overdue_and_nothing_else() -> None:
    cohort = CohortFactory()
    overdue = OfferFactory(application__cohort=cohort, expires_at=NOW + timedelta(days=1))
    standing = OfferFactory(application__cohort=cohort, expires_at=NOW + timedelta(days=1, seconds=1))

    with clock.at(NOW + timedelta(days=1)):
        lapsed = [lapse_offers(now=clock.now()) for _ in range(2)]

    overdue.refresh_from_db()
    standing.refresh_from_db()
    overdue.application.refresh_from_db()
    assert lapsed == [1, 0]
    assert (overdue.state, overdue.decided_by, overdue.application.state) == ("lapsed", None, "offer_lapsed")
    assert standing.state == "open"
    assert list(Seat.objects.filter(holder__isnull=False).values_list("number", flat=True)) == [standing.seat_number]
    assert mails() == ["offer_lapsed"]


def test_a_lapsed_offer_can_be_made_again(now: None, ada: User) -> None:
    offer = OfferFactory(made_at=NOW - timedelta(days=9), expires_at=NOW - timedelta(days=1))
    lapse_offers(now=NOW)

    again = offer_place(application=offer.application, by=ada)

    assert (again.state, mails()) == ("open", ["offer_lapsed", "offer"])
