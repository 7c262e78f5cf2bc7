"""Standings and registers as read from the database, by a number of questions that does not grow."""

from datetime import UTC, datetime, timedelta

import pytest

from attendance import selectors
from attendance.enums import Effect, MarkState, Outcome
from attendance.models import Mark
from attendance.permissions import keeps_registers, may_excuse, may_keep_register
from cohorts.enums import PlaceState, Role
from cohorts.models import Place, Seat
from nextstep.accounts.models import User
from sessions_app.enums import SessionState
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.attendance import ExcusalFactory, MarkFactory, RegisterClosureFactory
from tests.factories.cohorts import AttendanceRequirementFactory, CohortFactory, PlaceFactory, TeamRoleFactory
from tests.factories.sessions_app import FaceToFaceDayFactory, TeachingSessionFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
FIRST_DAY = datetime(2025, 10, 8, 8, tzinfo=UTC)


def next_step(fellows=1):
    """A cohort that asks for all of four days, two of them held, and four of six masterclasses, three of them held."""
    cohort = CohortFactory(places=1)
    AttendanceRequirementFactory(cohort=cohort, position=0)
    AttendanceRequirementFactory(cohort=cohort, position=1, session_kind="masterclass", all_of_them=False, at_least=4)
    days = [
        FaceToFaceDayFactory(cohort=cohort, number=number + 1, starts_at=FIRST_DAY + timedelta(days=60 * number))
        for number in range(4)
    ]
    classes = [
        TeachingSessionFactory(cohort=cohort, number=number + 1, starts_at=FIRST_DAY + timedelta(days=40 * number + 5))
        for number in range(6)
    ]
    return cohort, days, classes, PlaceFactory.create_batch(fellows, cohort=cohort)


def test_a_standing_follows_marks_and_excusals():
    _, days, classes, (place,) = next_step()
    MarkFactory(session=days[0], place=place)
    MarkFactory(session=days[1], place=place, state=MarkState.ABSENT)
    ExcusalFactory(session=days[1], place=place, effect=Effect.LEAVES_REQUIREMENT)
    MarkFactory(session=classes[0], place=place, state=MarkState.LATE, minutes=90)
    MarkFactory(session=classes[1], place=place, state=MarkState.LATE, minutes=89)

    standing = selectors.standing_of(place, NOW)

    all_days, masterclasses = standing.requirements
    assert (all_days.met, all_days.needed, all_days.best_possible, all_days.failed) == (1, 3, 3, False)
    assert (masterclasses.met, masterclasses.needed, masterclasses.best_possible) == (1, 4, 5)
    assert (masterclasses.misses_left, masterclasses.unmarked, standing.minutes_proven) == (1, 1, 480 + 90 + 89)


def test_the_share_that_counts_as_present_is_the_cohorts():
    cohort, _, classes, (place,) = next_step()
    cohort.present_share = 50
    cohort.save()
    MarkFactory(session=classes[0], place=place, state=MarkState.LATE, minutes=60)

    assert selectors.standing_of(Place.objects.get(), NOW).requirements[1].met == 1


def test_a_cancelled_session_counts_for_everyone_until_another_replaces_it():
    cohort, days, _, (place,) = next_step()
    days[2].state = SessionState.CANCELLED
    days[2].save()
    cancelled = selectors.standing_of(place, NOW).requirements[0]
    FaceToFaceDayFactory(cohort=cohort, number=9, replaces=days[2], starts_at=NOW + timedelta(days=30))
    replaced = selectors.standing_of(place, NOW).requirements[0]

    assert [(one.met, one.held_of, one.to_come) for one in (cancelled, replaced)] == [(1, 4, 1), (0, 4, 2)]


def test_a_draft_counts_as_a_session_still_to_come():
    cohort, _, _, (place,) = next_step()
    TeachingSessionFactory(cohort=cohort, number=7, state=SessionState.DRAFT, starts_at=NOW + timedelta(days=9))

    assert selectors.standing_of(place, NOW).requirements[1].held_of == 7


def test_sessions_before_a_late_joiner_came_are_put_to_a_person():
    _, days, classes, (place,) = next_step()
    Place.objects.update(enrolled_at=days[0].ends_at)
    place.refresh_from_db()

    standing = selectors.standing_of(place, NOW)

    assert (standing.failed, standing.before_joining) == (False, (days[0].pk,))
    assert classes[0].starts_at > days[0].ends_at


def test_one_standing_and_all_standings_agree_and_follow_the_names():
    cohort, days, classes, places = next_step(fellows=3)
    for position, name in enumerate(["Cleo", "Ada", "Ben"]):
        User.objects.filter(pk=places[position].fellow_id).update(full_name=name)
    MarkFactory(session=days[0], place=places[0])
    MarkFactory(session=classes[0], place=places[1], state=MarkState.ABSENT)
    ExcusalFactory(session=classes[0], place=places[1])

    all_of_them = selectors.standings_of(cohort, NOW)

    assert list(all_of_them) == [places[1].pk, places[2].pk, places[0].pk]
    assert all_of_them == {place.pk: selectors.standing_of(place, NOW) for place in places}


def test_those_who_left_have_no_standing_in_the_cohorts_list():
    cohort, _, _, (place,) = next_step()
    PlaceFactory(cohort=cohort, state=PlaceState.WITHDRAWN, seat=None)
    graduate = PlaceFactory(cohort=cohort, state=PlaceState.GRADUATED)

    assert set(selectors.standings_of(cohort, NOW)) == {place.pk, graduate.pk}


def a_full_cohort(size):
    """A cohort of `size` fellows, all marked at everything held so far."""
    cohort, days, classes, _ = next_step(fellows=0)
    people = User.objects.bulk_create(
        User(email=f"fellow{number}@example.nhs.uk", full_name=f"Fellow {number:04}") for number in range(size)
    )
    seats = Seat.objects.bulk_create(
        Seat(cohort=cohort, number=number + 100, holder=person, taken_at=FIRST_DAY)
        for number, person in enumerate(people)
    )
    places = Place.objects.bulk_create(
        Place(cohort=cohort, fellow=person, seat=seat, enrolled_at=FIRST_DAY - timedelta(days=90))
        for person, seat in zip(people, seats, strict=True)
    )
    staff = UserFactory()
    Mark.objects.bulk_create(
        Mark(session=session, place=place, state=MarkState.PRESENT, marked_by=staff, marked_at=NOW)
        for session in [*days[:2], *classes[:3]]
        for place in places
    )
    return cohort, days[0], places


@pytest.mark.parametrize("size", [1, 70, 700])
def test_the_standings_of_a_cohort_take_five_questions_whatever_its_size(size, django_assert_num_queries):
    cohort, _, _ = a_full_cohort(size)

    with django_assert_num_queries(5):
        standings = selectors.standings_of(cohort, NOW)

    assert (len(standings), {one.minutes_proven for one in standings.values()}) == (size, {2 * 480 + 3 * 120})


def test_the_standing_of_one_fellow_takes_four_questions(django_assert_num_queries):
    _, _, places = a_full_cohort(3)

    with django_assert_num_queries(4):
        selectors.standing_of(places[0], NOW)


def test_a_fellows_own_attendance_takes_four_questions(django_assert_num_queries):
    _, _, places = a_full_cohort(3)

    with django_assert_num_queries(4):
        selectors.own_attendance(places[0], NOW)


@pytest.mark.parametrize("size", [1, 70])
def test_a_register_takes_one_question_whatever_its_size(size, django_assert_num_queries):
    _, day, _ = a_full_cohort(size)

    with django_assert_num_queries(1):
        register = selectors.register_of(day)

    assert (len(register.rows), register.counts.present, register.counts.unmarked) == (size, size, 0)


def test_what_each_effect_would_come_to_is_shown_before_it_is_chosen():
    _, days, _, (place,) = next_step()
    MarkFactory(session=days[0], place=place, state=MarkState.ABSENT)

    standings = selectors.standing_if_excused(place, days[0], NOW)

    days_only = {effect: one.requirements[0] for effect, one in standings.items()}
    assert {effect: (one.met, one.needed, one.failed) for effect, one in days_only.items()} == {
        None: (0, 4, True),
        Effect.COUNTS_AS_MET: (1, 4, False),
        Effect.LEAVES_REQUIREMENT: (0, 3, False),
        Effect.STILL_A_MISS: (0, 4, True),
    }  # fmt: skip


def test_no_effect_is_offered_for_a_session_that_nothing_asks_for():
    _, days, _, (place,) = next_step()
    evening = TeachingSessionFactory(cohort=days[0].cohort, kind="evening")

    assert list(selectors.standing_if_excused(place, evening, NOW)) == [None]


def test_a_fellows_own_sessions_show_what_each_comes_to():
    cohort, days, _, (place,) = next_step()
    mark = MarkFactory(session=days[0], place=place, state=MarkState.ABSENT)
    excusal = ExcusalFactory(session=days[0], place=place)
    TeachingSessionFactory(cohort=cohort, kind="evening", state=SessionState.DRAFT)

    attendance = selectors.own_attendance(place, NOW)

    own = attendance.sessions
    assert (len(own), attendance.standing) == (10, selectors.standing_of(place, NOW))
    assert (own[0].session, own[0].outcome, own[0].mark, own[0].excusal) == (days[0], Outcome.MET, mark, excusal)
    assert (own[1].outcome, own[1].mark, own[1].excusal) == (Outcome.OPEN, None, None)


def test_a_register_is_searched_by_every_word_of_a_name():
    day = FaceToFaceDayFactory()
    for name in ["Ada Abara", "Adam Bell", "Ben Ada Cole"]:
        PlaceFactory(cohort=day.cohort, fellow__full_name=name)

    found = {
        search: [row.name for row in selectors.register_of(day, search).rows]
        for search in ["", "ada", "ADA b", "cole ada", "%"]
    }

    assert found == {
        "": ["Ada Abara", "Adam Bell", "Ben Ada Cole"],
        "ada": ["Ada Abara", "Adam Bell", "Ben Ada Cole"],
        "ADA b": ["Ada Abara", "Adam Bell", "Ben Ada Cole"],
        "cole ada": ["Ben Ada Cole"],
        "%": [],
    }


def test_counts_are_of_the_whole_register_whatever_is_searched():
    day = FaceToFaceDayFactory()
    for state in MarkState:
        MarkFactory(session=day, state=state)
    PlaceFactory.create_batch(2, cohort=day.cohort)
    MarkFactory(session=FaceToFaceDayFactory(cohort=day.cohort), place=Place.objects.last())

    counts = selectors.register_of(day, "nobody has this name").counts

    assert counts == selectors.register_of(day).counts
    assert (counts.people, counts.present, counts.late, counts.absent, counts.unmarked) == (5, 1, 1, 1, 2)


# --- who keeps which register -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "keeps", "excuses"),
    [
        (Role.ADMINISTRATOR, True, True),
        (Role.LOCAL_LEAD, True, True),
        (Role.FACILITATOR, True, False),
        (Role.COACH, False, False),
        (Role.REVIEWER, False, False),
        (Role.JUDGE, False, False),
    ],
)
def test_who_keeps_a_register_and_who_excuses(role, keeps, excuses):
    day, elsewhere = FaceToFaceDayFactory(), FaceToFaceDayFactory()
    where = {"programme": day.cohort.programme} if role == Role.ADMINISTRATOR else {"cohort": day.cohort}
    person = TeamRoleFactory(role=role, **{"cohort": None, **where}).person

    assert (may_keep_register(person, day), may_excuse(person, day.cohort)) == (keeps, excuses)
    assert (may_keep_register(person, elsewhere), may_excuse(person, elsewhere.cohort)) == (False, False)
    assert keeps_registers(person) == keeps


def test_an_ended_role_keeps_no_register():
    day = FaceToFaceDayFactory()
    person = TeamRoleFactory(role=Role.FACILITATOR, cohort=day.cohort, ended_at=NOW).person

    assert (may_keep_register(person, day), keeps_registers(person)) == (False, False)


def test_the_owner_keeps_every_register_and_a_fellow_none():
    day, owner = FaceToFaceDayFactory(), OwnerFactory()
    fellow = PlaceFactory(cohort=day.cohort).fellow

    assert (may_keep_register(owner, day), keeps_registers(owner)) == (True, True)
    assert (may_keep_register(fellow, day), keeps_registers(fellow)) == (False, False)


def test_a_draft_has_no_register():
    assert not may_keep_register(OwnerFactory(), FaceToFaceDayFactory(state=SessionState.DRAFT))


def test_registers_near_are_those_of_two_weeks_either_side_with_their_marks(django_assert_num_queries):
    day = FaceToFaceDayFactory(starts_at=NOW)
    MarkFactory.create_batch(3, session=day)
    RegisterClosureFactory(session=day)
    far = [timedelta(days=14), -timedelta(days=14)]
    for away in far:
        FaceToFaceDayFactory(cohort=day.cohort, starts_at=NOW + away)
    near = [FaceToFaceDayFactory(starts_at=NOW + away - away / 1000) for away in far]
    FaceToFaceDayFactory(cohort=day.cohort, starts_at=NOW, state=SessionState.CANCELLED)

    with django_assert_num_queries(1):
        found = list(selectors.registers_near(OwnerFactory.build(is_superuser=True), NOW))

    assert [(session.pk, session.marked) for session in found] == [(near[1].pk, 0), (day.pk, 3), (near[0].pk, 0)]
