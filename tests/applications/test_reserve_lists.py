"""The reserve list moves after a decline that has settled, a lapse, a withdrawal; never above the seats."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from applications.enums import ApplicationState as State
from applications.enums import Brake
from applications.models import Application, Offer, ReserveList
from applications.rules.reserve_list import goes_by_itself, may_refill, undo_ends, waits_for_somebody
from applications.services import (
    accept_offer,
    change_reserve_list,
    decline_offer,
    fill_places,
    lapse_offers,
    offer_next,
    offer_place,
    undo_decline,
    withdraw_application,
)
from cohorts.models import Cohort, Seat
from cohorts.services import NoSeatFree
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.notifications.models import Message
from nextstep.refusals import Refused, Stale
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, OfferFactory
from tests.factories.cohorts import NOW, CohortFactory, FirstComeCohortFactory, TeamRoleFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ada() -> User:
    return UserFactory(full_name="Ada Abara")


@pytest.fixture
def cohort(now: None) -> Cohort:
    """Two seats, both offered; three people wait."""
    made = CohortFactory(places=2)
    OfferFactory.create_batch(2, application__cohort=made)
    waiting(made, 3)
    return made


def waiting(cohort: Cohort, count: int) -> list[Application]:
    return [
        ApplicationFactory(cohort=cohort, state=State.RESERVE, reserve_rank=rank, submitted_at=NOW)
        for rank in range(1, count + 1)
    ]


def automatic(cohort: Cohort, **terms: object) -> None:
    change_reserve_list(cohort=cohort, by=None, mode=Brake.AUTOMATIC, **terms)


def later(moment: datetime) -> int:
    with clock.at(moment):
        lapse_offers(now=moment)
        return fill_places(now=moment)


def ranks(cohort: Cohort) -> list[int]:
    return list(Application.objects.filter(cohort=cohort).on_reserve_list().values_list("reserve_rank", flat=True))


def held(cohort: Cohort) -> int:
    return Seat.objects.filter(cohort=cohort, holder__isnull=False).count()


# --- the rules


@pytest.mark.parametrize(
    ("mode", "until", "refill", "itself", "somebody"),
    [
        (Brake.PAUSED, None, None, False, False),
        (Brake.CONFIRM, None, None, False, True),
        (Brake.AUTOMATIC, None, None, True, False),
        (Brake.AUTOMATIC, NOW + DAY, None, True, False),
        (Brake.AUTOMATIC, NOW, None, False, True),
        (Brake.AUTOMATIC, None, NOW.date(), True, False),
        (Brake.AUTOMATIC, None, NOW.date() - DAY, False, False),
        (Brake.CONFIRM, None, NOW.date() - DAY, False, False),
    ],
)
def test_who_makes_the_next_offer(mode, until, refill, itself: bool, somebody: bool) -> None:
    terms = ReserveList(mode=mode, automatic_until=until, refill_until=refill)
    answers = goes_by_itself(terms, NOW, NOW.date()), waits_for_somebody(terms, NOW, NOW.date())
    assert answers == (itself, somebody)


@pytest.mark.parametrize(
    ("refill", "may"), [(None, True), (date(2025, 5, 1), True), (date(2025, 4, 30), True), (date(2025, 4, 29), False)]
)
def test_places_are_refilled_up_to_and_on_the_last_day(refill: date | None, may: bool) -> None:
    assert may_refill(ReserveList(refill_until=refill), date(2025, 4, 30)) == may


@pytest.mark.parametrize(
    ("hours", "before", "ends"),
    [(24, False, NOW + DAY), (0, False, None), (24, True, None), (1, False, NOW + DAY / 24)],
)
def test_a_decline_can_be_undone_for_so_long_and_once(hours: int, before: bool, ends: datetime | None) -> None:
    assert undo_ends(ReserveList(undo_hours=hours), NOW, undone_before=before) == ends


# --- declining and changing one's mind


def test_a_declined_place_is_held_until_the_decline_settles(cohort: Cohort) -> None:
    automatic(cohort)
    offer = Offer.objects.first()
    decline_offer(offer=offer, by=offer.application.applicant)

    told = [(later(NOW + DAY - timedelta(seconds=1)), ranks(cohort)), (later(NOW + DAY), ranks(cohort))]

    assert told == [(0, [1, 2, 3]), (1, [2, 3])]
    assert held(cohort) == 2


def test_undone_in_time_the_offer_stands_at_least_as_long_as_that(cohort: Cohort) -> None:
    automatic(cohort)
    offer = Offer.objects.first()
    person = offer.application.applicant
    with clock.at(offer.expires_at - timedelta(hours=1)):
        decline_offer(offer=offer, by=person)
    moment = offer.expires_at + timedelta(hours=2)
    with clock.at(moment):
        again = undo_decline(offer=offer, by=person)
        undo_decline(offer=offer, by=person)

    assert (again.state, again.application.state, again.decided_by) == ("open", "offered", None)
    assert again.expires_at == offer.expires_at - timedelta(hours=1) + DAY
    codes = Message.objects.filter(person=person).order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["applications.offer_declined", "applications.offer_restored"]
    with clock.at(moment):
        decline_offer(offer=again, by=person)
        with pytest.raises(Refused, match="can no longer undo"):
            undo_decline(offer=again, by=person)


@pytest.mark.parametrize("settled", [True, False])
def test_too_late_nothing_is_undone(cohort: Cohort, settled: bool) -> None:
    offer = Offer.objects.first()
    decline_offer(offer=offer, by=offer.application.applicant)
    if settled:
        later(NOW + DAY)

    with clock.at(NOW + DAY), pytest.raises(Refused, match="can no longer undo"):
        undo_decline(offer=offer, by=offer.application.applicant)


def test_without_a_delay_the_seat_is_free_at_once(cohort: Cohort) -> None:
    automatic(cohort, undo_hours=0)
    offer = Offer.objects.first()

    decline_offer(offer=offer, by=offer.application.applicant)

    assert held(cohort) == 1
    assert later(NOW) == 1


def test_who_declined_can_be_offered_a_place_again_while_theirs_is_held(cohort: Cohort, ada: User) -> None:
    offer = Offer.objects.first()
    decline_offer(offer=offer, by=offer.application.applicant)

    again = offer_place(application=offer.application, by=ada)

    assert (again.state, held(cohort), Offer.objects.unsettled().count()) == ("open", 2, 0)
    with pytest.raises(Refused):
        undo_decline(offer=offer, by=offer.application.applicant)


# --- the cascade


@pytest.mark.parametrize("freed_by", ["lapse", "withdrawal", "more places"])
def test_whatever_frees_a_seat_the_next_in_order_is_offered_it_once(cohort: Cohort, freed_by: str) -> None:
    automatic(cohort)
    first = Application.objects.get(reserve_rank=1)
    offer, moment = Offer.objects.first(), NOW
    if freed_by == "lapse":
        Offer.objects.filter(pk=offer.pk).update(expires_at=NOW + DAY)
        moment = NOW + DAY
    elif freed_by == "withdrawal":
        withdraw_application(application=offer.application, by=offer.application.applicant)
    else:
        Seat.objects.create(cohort=cohort, number=3)

    made = [later(moment), later(moment)]

    assert (made, ranks(cohort)) == ([1, 0], [2, 3])
    assert Offer.objects.open().filter(application=first, made_by=None).count() == 1
    assert Message.objects.filter(code="applications.offer", person=first.applicant).count() == 1


@pytest.mark.parametrize(
    ("terms", "made"),
    [
        ({"mode": Brake.PAUSED}, 0),
        ({"mode": Brake.CONFIRM}, 0),
        ({"mode": Brake.AUTOMATIC, "automatic_until": NOW}, 0),
        ({"mode": Brake.AUTOMATIC, "refill_until": NOW.date() - DAY}, 0),
        ({"mode": Brake.AUTOMATIC}, 2),
    ],
)
def test_the_brake_holds(now: None, terms: dict, made: int) -> None:
    cohort = CohortFactory(places=2)
    waiting(cohort, 3)
    change_reserve_list(cohort=cohort, by=None, **terms)

    assert (later(NOW), held(cohort)) == (made, made)


def test_a_queue_of_those_who_came_first_moves_by_itself(now: None) -> None:
    cohort = FirstComeCohortFactory(places=1)
    waiting(cohort, 2)

    assert (later(NOW), ranks(cohort)) == (1, [2])


def test_confirmed_the_next_is_offered_and_nobody_else(cohort: Cohort, ada: User) -> None:
    first, second, _ = Application.objects.on_reserve_list()
    Seat.objects.create(cohort=cohort, number=3)

    with pytest.raises(Stale):
        offer_next(application=second, by=ada)
    offer = offer_next(application=first, by=ada)
    with pytest.raises(NoSeatFree):
        offer_next(application=second, by=ada)

    assert (offer.application, offer.made_by, ranks(cohort)) == (first, ada, [2, 3])


@pytest.mark.parametrize("terms", [{"mode": Brake.PAUSED}, {"refill_until": NOW.date() - DAY}])
def test_under_the_brake_nobody_confirms(cohort: Cohort, ada: User, terms: dict) -> None:
    change_reserve_list(cohort=cohort, by=ada, **terms)
    Seat.objects.create(cohort=cohort, number=3)

    with pytest.raises(Refused, match="paused, goes by itself, or is past its cut-off"):
        offer_next(application=Application.objects.get(reserve_rank=1), by=ada)


def test_after_the_cut_off_nobody_new_is_offered_but_an_offer_can_be_accepted(cohort: Cohort, ada: User) -> None:
    change_reserve_list(cohort=cohort, by=ada, refill_until=NOW.date() - DAY)
    Seat.objects.create(cohort=cohort, number=3)
    offer = Offer.objects.first()

    with pytest.raises(Refused, match="No place is offered after 28 April 2025"):
        offer_place(application=ApplicationFactory(cohort=cohort, submitted=True), by=ada)

    assert accept_offer(offer=offer, commitment_text="I will.", by=offer.application.applicant).state == "active"


# --- pages


def page_of(application: Application) -> str:
    browser = Client()
    browser.force_login(application.applicant)
    return browser.get(f"/applications/{application.public_id}/").text


@pytest.mark.parametrize("shows", [True, False])
def test_a_number_is_told_only_where_the_cohort_allows_it(cohort: Cohort, shows: bool) -> None:
    change_reserve_list(cohort=cohort, by=None, shows_number=shows)

    page = page_of(Application.objects.get(reserve_rank=2))

    assert ("<strong>number 2 of 3</strong> today" in page) == shows
    assert "Reserve list" in page


def test_a_decline_is_undone_from_its_page(cohort: Cohort) -> None:
    offer = Offer.objects.first()
    browser = Client()
    browser.force_login(offer.application.applicant)
    asked = browser.get(f"/offers/{offer.public_id}/decline/").text
    declined = browser.post(f"/offers/{offer.public_id}/decline/", follow=True).text
    own = page_of(offer.application)

    again = browser.post(f"/offers/{offer.public_id}/undo/", follow=True).text

    assert "You can undo this for 24 hours." in asked
    assert "you can undo this until <strong>30 April 2025 at midday</strong>" in declined
    assert "You can undo this until <strong>30 April 2025 at midday</strong>" in own
    assert "You have been offered a place" in again
    assert "you cannot undo it" in browser.get(f"/offers/{offer.public_id}/decline/").text


def test_the_team_sees_who_is_next_and_offers_them_a_place(cohort: Cohort, client: Client) -> None:
    ada = TeamRoleFactory(administrator=True, programme=cohort.programme).person
    change_reserve_list(cohort=cohort, by=ada)
    Seat.objects.create(cohort=cohort, number=3)
    client.force_login(ada)
    chosen = {"action": "offer_next_place", "_selected_action": [cohort.reserve_list.pk]}

    page = client.post("/admin/applications/reservelist/", chosen)
    first, second, _ = page.context["waiting"]
    done = client.post("/admin/applications/reservelist/", {**chosen, "expected": first.pk}, follow=True)
    late = client.post("/admin/applications/reservelist/", {**chosen, "expected": first.pk}, follow=True)

    assert "1 seat free, 3 waiting." in page.text
    assert f"{first.reference} is offered a place." in done.text
    assert "Somebody else is next on the reserve list now." in late.text
    assert ranks(cohort) == [second.reserve_rank, 3]


def test_offers_made_by_the_portal_are_made_at_its_moment(cohort: Cohort) -> None:
    automatic(cohort, undo_hours=1)
    offer = Offer.objects.first()
    decline_offer(offer=offer, by=offer.application.applicant)

    later(datetime(2025, 4, 30, 8, tzinfo=UTC))

    assert Offer.objects.latest("pk").made_at == datetime(2025, 4, 30, 8, tzinfo=UTC)
