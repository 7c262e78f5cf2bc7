"""Marking a register: taps, second taps, several hands, and when it may not be written in."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from attendance import services
from attendance.enums import MarkState
from attendance.models import Mark
from cohorts.enums import Role
from nextstep import clock
from nextstep.audit.models import Event
from nextstep.refusals import Refused, Stale
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.attendance import MarkFactory, RegisterClosureFactory
from tests.factories.cohorts import PlaceFactory, TeamRoleFactory
from tests.factories.sessions_app import FaceToFaceDayFactory

pytestmark = pytest.mark.django_db
PRESENT, LATE, ABSENT = MarkState.PRESENT, MarkState.LATE, MarkState.ABSENT


@pytest.fixture(autouse=True)
def in_the_room(set_clock):
    set_clock(2025, 10, 8, 9, 5)


@pytest.fixture
def day():
    return FaceToFaceDayFactory()


@pytest.fixture
def place(day):
    return PlaceFactory(cohort=day.cohort)


@pytest.fixture
def facilitator(day):
    return TeamRoleFactory(cohort=day.cohort, role=Role.FACILITATOR).person


def values():
    return list(Mark.objects.values_list("state", "minutes", "version"))


def test_a_tap_is_saved_with_who_and_when(day, place, facilitator):
    marked = services.mark(session=day, place=place, state=PRESENT, by=facilitator)

    mark = Mark.objects.get()
    assert (marked.mark, marked.changed, marked.replaced) == (mark, True, None)
    assert (mark.state, mark.minutes, mark.version, mark.marked_by, mark.marked_at) == (
        "present", None, 1, facilitator, clock.now(),
    )  # fmt: skip
    assert Event.objects.about(mark).values_list("verb", "actor", "before", "after").get() == (
        "attendance.marked", facilitator.pk, {}, {"state": "present", "minutes": None},
    )  # fmt: skip


def test_a_second_tap_changes_nothing(day, place, facilitator):
    services.mark(session=day, place=place, state=LATE, minutes=400, by=facilitator)

    again = services.mark(session=day, place=place, state=LATE, by=facilitator)

    assert (again.changed, values(), Event.objects.count()) == (False, [("late", 400, 1)], 1)


def test_another_tap_replaces_the_first_and_both_are_written_down(day, place, facilitator):
    services.mark(session=day, place=place, state=LATE, minutes=400, by=facilitator)

    services.mark(session=day, place=place, state=ABSENT, by=facilitator)

    assert values() == [("absent", None, 2)]
    assert Event.objects.order_by("-pk").values_list("before", "after").first() == (
        {"state": "late", "minutes": 400},
        {"state": "absent", "minutes": None},
    )


def test_the_last_to_write_wins_and_is_told_whose_mark_it_replaced(day, place, facilitator):
    somebody = UserFactory(full_name="Ada Abara", is_superuser=True)
    services.mark(session=day, place=place, state=LATE, by=somebody, seen_version=0)

    marked = services.mark(session=day, place=place, state=PRESENT, by=facilitator, seen_version=0)

    assert (marked.replaced.state, marked.replaced.marked_by) == ("late", somebody)
    assert values() == [("present", None, 2)]


@pytest.mark.parametrize(("seen", "own"), [(1, False), (None, False), (0, True)])
def test_nothing_is_said_of_a_mark_that_was_seen_or_ones_own(day, place, facilitator, seen, own):
    services.mark(session=day, place=place, state=LATE, by=facilitator if own else OwnerFactory())

    marked = services.mark(session=day, place=place, state=PRESENT, by=facilitator, seen_version=seen)

    assert (marked.changed, marked.replaced) == (True, None)


@pytest.mark.parametrize(
    ("state", "minutes", "stored"),
    [(LATE, 0, 0), (LATE, 480, 480), (PRESENT, 300, 300), (ABSENT, 100, None), (LATE, None, None)],
)
def test_minutes_are_kept_for_those_who_were_there(day, place, facilitator, state, minutes, stored):
    services.mark(session=day, place=place, state=state, minutes=minutes, by=facilitator)

    assert Mark.objects.get().minutes == stored


@pytest.mark.parametrize("minutes", [-1, 481])
def test_nobody_is_there_for_longer_than_the_session(day, place, facilitator, minutes):
    with pytest.raises(Refused, match="Minutes must be between 0 and 480"):
        services.mark(session=day, place=place, state=LATE, minutes=minutes, by=facilitator)
    assert values() == []


def test_minutes_are_written_down_changed_and_taken_away(day, place, facilitator):
    services.mark(session=day, place=place, state=LATE, by=facilitator)
    seen = []
    for minutes in (359, 359, 360, None):
        services.record_minutes(session=day, place=place, minutes=minutes, by=facilitator)
        seen.append(values())

    assert seen == [[("late", 359, 2)], [("late", 359, 2)], [("late", 360, 3)], [("late", None, 4)]]


@pytest.mark.parametrize("state", [None, ABSENT])
def test_minutes_need_somebody_who_was_there(day, place, facilitator, state):
    if state:
        services.mark(session=day, place=place, state=state, by=facilitator)

    with pytest.raises(Refused, match="Mark the person as present or late first"):
        services.record_minutes(session=day, place=place, minutes=10, by=facilitator)


def test_a_cleared_mark_is_gone_and_written_down_and_clearing_again_does_nothing(day, place, facilitator):
    services.mark(session=day, place=place, state=LATE, by=facilitator)

    cleared = [services.clear_mark(session=day, place=place, by=facilitator) for _ in range(2)]

    assert (cleared, values()) == ([True, False], [])
    assert Event.objects.filter(verb="attendance.mark_cleared").values_list("before", flat=True).get() == {
        "state": "late",
        "minutes": None,
    }


def test_what_somebody_else_wrote_since_is_not_cleared_unseen(day, place, facilitator):
    services.mark(session=day, place=place, state=LATE, by=facilitator)
    services.mark(session=day, place=place, state=PRESENT, by=OwnerFactory())

    with pytest.raises(Stale, match="Somebody else has marked this person since"):
        services.clear_mark(session=day, place=place, by=facilitator, seen_version=1)

    assert values() == [("present", None, 2)]


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_a_session_that_does_not_go_ahead_has_no_register(place, day, facilitator, state):
    type(day).objects.update(state=state)
    day.refresh_from_db()

    with pytest.raises(Refused, match="does not go ahead"):
        services.mark(session=day, place=place, state=PRESENT, by=facilitator)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [((2025, 10, 7, 23, 59), False), ((2025, 10, 8, 0, 0), True), ((2026, 7, 2, 9, 0), True)],
)
def test_a_register_opens_on_the_day_in_london(set_clock, day, place, facilitator, moment, opens):
    set_clock(*moment)
    if opens:
        services.mark(session=day, place=place, state=PRESENT, by=facilitator)
    else:
        with pytest.raises(Refused, match="This register opens on 8 October 2025"):
            services.mark(session=day, place=place, state=PRESENT, by=facilitator)

    assert Mark.objects.exists() == opens


def test_a_fellow_of_another_cohort_is_not_on_the_register(day, facilitator):
    with pytest.raises(Refused, match="not on the programme that this session belongs to"):
        services.mark(session=day, place=PlaceFactory(), state=PRESENT, by=facilitator)


def test_a_closed_register_is_for_administrators_only(day, place, facilitator):
    RegisterClosureFactory(session=day)
    administrator = TeamRoleFactory(administrator=True, programme=day.cohort.programme).person

    for write in (services.clear_mark, services.record_minutes, services.mark):
        more = {services.mark: {"state": PRESENT}, services.record_minutes: {"minutes": 1}}.get(write, {})
        with pytest.raises(Refused, match="This register is closed"):
            write(session=day, place=place, by=facilitator, **more)
    services.mark(session=day, place=place, state=PRESENT, by=administrator)

    assert values() == [("present", None, 1)]


@pytest.mark.parametrize(
    "wrong",
    [{"state": "asleep"}, {"state": "absent", "minutes": 5}],
)
def test_the_database_holds_what_a_mark_may_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        MarkFactory(**wrong)


def test_the_database_holds_one_mark_a_person_a_session():
    mark = MarkFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MarkFactory(session=mark.session, place=mark.place)


# --- several hands at once --------------------------------------------------------------------------------------------


def run_at_once(*works):
    """Run each on a thread and a connection of its own, all let go at the same moment; answers what they raised."""
    start, raised, moment = threading.Barrier(len(works)), [], clock.now()

    def run(work):
        try:
            start.wait(timeout=10)
            with clock.at(moment):
                work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised


@pytest.mark.django_db(transaction=True)
def test_the_same_tap_sent_eight_times_at_once_is_one_mark(day, place, facilitator):
    def tap():
        services.mark(session=day, place=place, state=PRESENT, by=facilitator)

    assert run_at_once(*[tap] * 8) == []
    assert (values(), Event.objects.count()) == ([("present", None, 1)], 1)


@pytest.mark.django_db(transaction=True)
def test_different_taps_at_once_leave_one_mark_and_an_unbroken_trail(day, place, facilitator):
    def tap(state):
        return lambda: services.mark(session=day, place=place, state=state, by=facilitator)

    assert run_at_once(*[tap(state) for state in (PRESENT, LATE, ABSENT, PRESENT, LATE, ABSENT)]) == []

    mark = Mark.objects.get()
    trail = list(Event.objects.order_by("pk").values_list("before", "after"))
    assert len(trail) == mark.version
    assert [before for before, _ in trail[1:]] == [after for _, after in trail[:-1]]
    assert trail[-1][1]["state"] == mark.state


@pytest.mark.django_db(transaction=True)
def test_two_people_marking_a_whole_register_at_once_lose_and_double_nothing(day, facilitator):
    places = PlaceFactory.create_batch(12, cohort=day.cohort)
    other = OwnerFactory()

    def mark_all(by, order):
        return lambda: [services.mark(session=day, place=place, state=PRESENT, by=by) for place in order]

    assert run_at_once(mark_all(facilitator, places), mark_all(other, places[::-1])) == []
    assert values() == [("present", None, 1)] * 12
    assert Event.objects.count() == 12


@pytest.mark.django_db(transaction=True)
def test_a_mark_and_a_clearing_at_once_end_in_one_or_the_other(day, place, facilitator):
    services.mark(session=day, place=place, state=LATE, by=facilitator)

    raised = run_at_once(
        lambda: services.mark(session=day, place=place, state=PRESENT, by=facilitator),
        lambda: services.clear_mark(session=day, place=place, by=facilitator, seen_version=1),
    )

    assert [type(error) for error in raised] in ([], [Stale])
    assert values() in ([], [("present", None, 1)], [("present", None, 2)])
