"""Seats, enrolment and roles."""

import pytest

from cohorts.enums import PlaceState, Role
from cohorts.models import Place, Seat, TeamRole
from cohorts.services import NoSeatFree, end_role, enrol_fellow, free_seat, grant_role, take_seat
from nextstep.audit.models import Event
from nextstep.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import NOW, CohortFactory, PlaceFactory, ProgrammeFactory, TeamRoleFactory, seat_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(set_clock):
    set_clock(2025, 4, 29, 12)


@pytest.fixture
def team():
    return UserFactory()


def events():
    return list(Event.objects.order_by("pk").values_list("verb", "actor", "before", "after", "reason"))


def test_a_taken_seat_is_the_free_one_with_the_lowest_number(team):
    cohort, person = CohortFactory(places=3), UserFactory()
    seat_for(cohort, UserFactory(), NOW)
    seat = take_seat(cohort=cohort, person=person, by=team)
    seat.refresh_from_db()
    assert (seat.number, seat.holder, seat.taken_at) == (2, person, NOW)
    assert events() == [("cohorts.seat_taken", team.pk, {}, {"number": 2, "holder": person.pk}, "")]


def test_a_full_cohort_has_no_seat_to_take(team):
    cohort = CohortFactory(places=1)
    take_seat(cohort=cohort, person=UserFactory(), by=team)
    with pytest.raises(NoSeatFree, match="All places are taken or held by offers"):
        take_seat(cohort=cohort, person=UserFactory(), by=team)
    assert Seat.objects.filter(holder__isnull=False).count() == 1


def test_a_person_does_not_take_a_second_seat_in_a_cohort(team):
    cohort, person = CohortFactory(), UserFactory()
    take_seat(cohort=cohort, person=person, by=team)
    with pytest.raises(Refused, match=f"{person} already holds a place in"):
        take_seat(cohort=cohort, person=person, by=team)
    assert Seat.objects.filter(holder=person).count() == 1


def test_a_person_takes_seats_in_two_cohorts(team):
    person = UserFactory()
    seats = [take_seat(cohort=CohortFactory(), person=person, by=team) for _ in range(2)]
    assert [seat.number for seat in seats] == [1, 1]


def test_a_freed_seat_can_be_taken_again(team):
    cohort, first, second = CohortFactory(places=1), UserFactory(), UserFactory()
    take_seat(cohort=cohort, person=first, by=team)
    free_seat(cohort=cohort, person=first, by=team, reason="The offer lapsed.")
    assert take_seat(cohort=cohort, person=second, by=None).number == 1
    assert events()[1:] == [
        ("cohorts.seat_freed", team.pk, {"number": 1, "holder": first.pk}, {}, "The offer lapsed."),
        ("cohorts.seat_taken", None, {}, {"number": 1, "holder": second.pk}, ""),
    ]


def test_a_seat_that_is_not_held_cannot_be_freed(team):
    cohort, person = CohortFactory(), UserFactory()
    with pytest.raises(Refused, match=f"{person} holds no place in"):
        free_seat(cohort=cohort, person=person, by=team)


def test_a_fellows_seat_is_not_freed_under_them(team):
    place = PlaceFactory()
    with pytest.raises(Refused, match="is a fellow of"):
        free_seat(cohort=place.cohort, person=place.fellow, by=team)
    assert Seat.objects.get(pk=place.seat_id).holder == place.fellow


def test_enrolling_makes_a_place_in_the_seat_that_was_held():
    cohort, person = CohortFactory(), UserFactory()
    seat = take_seat(cohort=cohort, person=person, by=None)
    place = enrol_fellow(
        cohort=cohort,
        person=person,
        by=person,
        supervisor_name="Dr Ada Hill",
        supervisor_email="ada.hill@example.nhs.uk",
        employer="West Suffolk",
        commitment_text="I will attend.",
    )
    place.refresh_from_db()
    assert (place.seat, place.state, place.enrolled_at, place.committed_at) == (seat, PlaceState.ACTIVE, NOW, NOW)
    assert (place.supervisor_name, place.employer) == ("Dr Ada Hill", "West Suffolk")
    assert events()[1:] == [("cohorts.fellow_enrolled", person.pk, {}, {"seat": 1}, "")]


def test_a_place_without_words_of_commitment_has_no_moment_of_commitment():
    cohort, person = CohortFactory(), UserFactory()
    take_seat(cohort=cohort, person=person, by=None)
    assert enrol_fellow(cohort=cohort, person=person, by=person).committed_at is None


def test_nobody_is_enrolled_without_a_seat():
    cohort, person = CohortFactory(), UserFactory()
    with pytest.raises(Refused, match=f"is held for {person}"):
        enrol_fellow(cohort=cohort, person=person, by=person)
    assert not Place.objects.exists()


def test_a_fellow_is_not_enrolled_twice():
    place = PlaceFactory()
    with pytest.raises(Refused, match="already has a place"):
        enrol_fellow(cohort=place.cohort, person=place.fellow, by=place.fellow)
    assert Place.objects.count() == 1


def test_granting_a_role_is_recorded(team):
    cohort, person = CohortFactory(), UserFactory()
    role = grant_role(person=person, role=Role.JUDGE, cohort=cohort, by=team, organisation="FMLM")
    role.refresh_from_db()
    assert (role.person, role.cohort, role.organisation, role.granted_at, role.ended_at) == (
        person, cohort, "FMLM", NOW, None,
    )  # fmt: skip
    after = {"role": "judge", "person": person.pk, "in": str(cohort)}
    assert events() == [("cohorts.role_granted", team.pk, {}, after, "")]


def test_granting_a_role_again_changes_nothing(team):
    programme, person = ProgrammeFactory(), UserFactory()
    first = grant_role(person=person, role=Role.ADMINISTRATOR, programme=programme, by=team)
    assert grant_role(person=person, role=Role.ADMINISTRATOR, programme=programme, by=team) == first
    assert len(events()) == 1


@pytest.mark.parametrize(
    ("role", "given", "message"),
    [
        (Role.ADMINISTRATOR, {"cohort"}, "Programme administrator is a role in a programme."),
        (Role.ADMINISTRATOR, set(), "Programme administrator is a role in a programme."),
        (Role.ADMINISTRATOR, {"cohort", "programme"}, "Programme administrator is a role in a programme."),
        (Role.LOCAL_LEAD, {"programme"}, "Local lead is a role in a cohort."),
        (Role.JUDGE, set(), "Judge is a role in a cohort."),
        (Role.REVIEWER, {"cohort", "programme"}, "Reviewer is a role in a cohort."),
    ],
)
def test_a_role_goes_with_its_programme_or_its_cohort(team, role, given, message):
    cohort = CohortFactory()
    places = {"cohort": cohort, "programme": cohort.programme}
    with pytest.raises(Refused, match=message):
        grant_role(person=UserFactory(), role=role, by=team, **{key: places[key] for key in given})


def test_an_ended_role_stays_as_history_and_can_be_granted_anew(team):
    role = TeamRoleFactory()
    end_role(team_role=role, by=team, reason="Moved trust.")
    role.refresh_from_db()
    assert role.ended_at == NOW
    assert events() == [("cohorts.role_ended", team.pk, {"role": "reviewer"}, {}, "Moved trust.")]
    grant_role(person=role.person, role=Role.REVIEWER, cohort=role.cohort, by=team)
    assert TeamRole.objects.count() == 2
    assert TeamRole.objects.current().count() == 1


def test_a_role_ends_once(team):
    role = TeamRoleFactory()
    end_role(team_role=role, by=team)
    with pytest.raises(Refused, match="ended already"):
        end_role(team_role=role, by=team)
    assert len(events()) == 1
