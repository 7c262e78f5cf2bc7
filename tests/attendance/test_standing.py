"""Standings worked by hand: each requirement, hours, late joiners."""

from datetime import UTC, date, datetime, timedelta

import pytest

from attendance.enums import Effect, Outcome
from attendance.rules.requirements import AllOf, AtLeast, ShareOf
from attendance.rules.standing import (
    AttendanceRecord,
    MarkFacts,
    Requirement,
    SessionFacts,
    attendance_standing,
    attended_enough,
    minutes_proven,
    session_outcome,
    whole_standing,
)
from tests.factories.attendance_facts import HELD_FROM, KIND, LENGTH, NOW, made

ALL, FOUR, SHARE = AllOf(), AtLeast(4), ShareOf(75)


@pytest.mark.parametrize(
    # Met so far, best possible, misses left, failed, and the day on which it became impossible.
    ("minimum", "fates", "expected"),
    [
        # Four face-to-face days, all of them.
        (ALL, ["future"] * 4, (0, 4, 0, False, None)),
        (ALL, ["present"] * 4, (4, 4, 0, False, None)),
        (ALL, ["present", "late", "future", "future"], (2, 4, 0, False, None)),
        (ALL, ["unmarked"] * 4, (0, 4, 0, False, None)),
        (ALL, ["present", "absent", "future", "future"], (1, 3, 0, True, date(2025, 10, 15))),
        (ALL, ["absent", "absent", "future", "future"], (0, 2, 0, True, date(2025, 10, 8))),
        (ALL, ["present", "absent_met", "future", "future"], (2, 4, 0, False, None)),
        (ALL, ["present", "absent_leaves", "future", "future"], (1, 3, 0, False, None)),
        (ALL, ["present", "absent_miss", "future", "future"], (1, 3, 0, True, date(2025, 10, 15))),
        (ALL, ["present", "cancelled", "future", "future"], (2, 4, 0, False, None)),
        (ALL, ["late_below_share", "present", "future", "future"], (1, 3, 0, True, date(2025, 10, 8))),
        (ALL, ["absent_leaves"] * 4, (0, 0, 0, False, None)),
        (ALL, [], (0, 0, 0, False, None)),
        # Six masterclasses, at least four.
        (FOUR, ["future"] * 6, (0, 6, 2, False, None)),
        (FOUR, ["present", "absent", "future", "future", "future", "future"], (1, 5, 1, False, None)),
        (FOUR, ["absent", "absent", "future", "future", "future", "future"], (0, 4, 0, False, None)),
        (FOUR, ["absent", "unmarked", "absent", "absent", "future", "future"], (0, 3, 0, True, date(2025, 10, 29))),
        (FOUR, ["absent", "absent_met", "absent", "present", "future", "future"], (2, 4, 0, False, None)),
        (FOUR, ["absent_leaves"] * 3 + ["future"] * 3, (0, 3, 0, True, date(2025, 10, 22))),
        (FOUR, ["cancelled", "cancelled", "absent", "absent", "future", "future"], (2, 4, 0, False, None)),
        (FOUR, ["present"] * 6, (6, 6, 2, False, None)),
        (FOUR, ["present", "present", "absent"], (2, 2, 0, True, date(2025, 10, 22))),
        (FOUR, [], (0, 0, 0, False, None)),
        # At least 75% of them.
        (SHARE, ["absent", "future", "future", "future"], (0, 3, 0, False, None)),
        (SHARE, ["absent", "absent", "future", "future"], (0, 2, 0, True, date(2025, 10, 15))),
        (SHARE, ["absent", "absent_leaves", "future", "future"], (0, 2, 0, True, date(2025, 10, 8))),
        (SHARE, ["absent_leaves"] * 4, (0, 0, 0, False, None)),
        (SHARE, [], (0, 0, 0, False, None)),
    ],
)  # fmt: skip
def test_a_standing_worked_by_hand(minimum, fates, expected):
    one = attendance_standing(Requirement(KIND, minimum), *made(fates))

    assert (one.met, one.best_possible, one.misses_left, one.failed, one.impossible_on) == expected


def test_counts_of_one_requirement_add_up_to_what_is_held():
    sessions, record = made(["present", "absent", "unmarked", "absent_leaves", "future", "cancelled"])

    standing = attendance_standing(Requirement(KIND, ShareOf(50)), sessions, record)

    assert (standing.held_of, standing.met, standing.missed, standing.unmarked, standing.to_come) == (5, 2, 1, 1, 1)


def test_sessions_of_another_kind_are_passed_over():
    sessions, record = made(["absent"])

    standing = attendance_standing(Requirement("masterclass", AllOf()), sessions, record)

    assert (standing.held_of, standing.failed) == (0, False)


def test_the_deciding_day_is_the_day_in_london():
    starts_at = datetime(2025, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight on the 2nd, in summer time
    session = SessionFacts(1, KIND, starts_at, starts_at + LENGTH)

    standing = attendance_standing(
        Requirement(KIND, AllOf()), [session], AttendanceRecord(NOW, 75, {1: MarkFacts("absent")})
    )

    assert standing.impossible_on == date(2025, 7, 2)


@pytest.mark.parametrize(
    ("mark", "share", "enough"),
    [
        (MarkFacts("present"), 75, True),
        (MarkFacts("late"), 75, True),
        (MarkFacts("late", 90), 75, True),
        (MarkFacts("late", 89), 75, False),
        (MarkFacts("late", 0), 1, False),
        (MarkFacts("late", 120), 100, True),
        (MarkFacts("late", 119), 100, False),
        (MarkFacts("present", 89), 75, False),
        (MarkFacts("absent"), 75, False),
    ],
)
def test_how_much_of_a_two_hour_session_is_enough(mark, share, enough):
    assert attended_enough(mark, 120, share) == enough


def test_a_session_that_begins_this_minute_can_be_missed():
    session = SessionFacts(1, KIND, NOW, NOW + LENGTH)
    record = AttendanceRecord(NOW, 75, {1: MarkFacts("absent")})

    assert session_outcome(session, record) == Outcome.MISSED


def test_hours_are_those_the_registers_prove():
    sessions, record = made(
        ["present", "late_below_share", "absent_met", "cancelled_after_absence", "unmarked", "late"]
    )

    assert minutes_proven(sessions, record) == 480 + 359 + 480


def test_a_cancelled_session_adds_no_hours_even_to_those_marked_present():
    starts_at = HELD_FROM
    session = SessionFacts(1, KIND, starts_at, starts_at + LENGTH, cancelled=True)

    assert minutes_proven([session], AttendanceRecord(NOW, 75, {1: MarkFacts("present")})) == 0


def test_minutes_beyond_the_end_of_a_session_are_not_counted():
    session = SessionFacts(1, KIND, HELD_FROM, HELD_FROM + LENGTH)

    assert minutes_proven([session], AttendanceRecord(NOW, 75, {1: MarkFacts("late", 999)})) == 480


def test_the_clock_change_within_a_session_changes_its_minutes():
    # 26 October 2025: the clocks go back at 2am, so midnight to 3am lasts four hours.
    session = SessionFacts(1, KIND, datetime(2025, 10, 25, 23, tzinfo=UTC), datetime(2025, 10, 26, 3, tzinfo=UTC))

    assert session.minutes == 240


# --- the whole standing of a fellow -----------------------------------------------------------------------------------

DAYS = Requirement(KIND, AllOf())


def test_a_late_joiner_is_not_failed_on_earlier_sessions_and_a_person_is_asked():
    sessions, record = made(["unmarked", "unmarked", "present", "future"])

    standing = whole_standing([DAYS], sessions, record, joined_at=HELD_FROM + timedelta(days=10))

    assert (standing.failed, standing.before_joining) == (False, (0, 1))


@pytest.mark.parametrize(
    "fate", ["absent", "present", "excused_met", "excused_leaves", "excused_miss", "cancelled", "future"]
)
def test_nobody_is_asked_about_an_earlier_session_that_is_decided(fate):
    sessions, record = made([fate])

    assert whole_standing([DAYS], sessions, record, joined_at=NOW).before_joining == ()


def test_nobody_is_asked_about_a_session_that_no_requirement_asks_for():
    sessions, record = made(["unmarked"])

    assert whole_standing([], sessions, record, joined_at=NOW).before_joining == ()


def test_a_session_still_running_when_the_fellow_joins_is_not_before_joining():
    sessions, record = made(["unmarked"])

    standing = whole_standing([DAYS], sessions, record, joined_at=HELD_FROM + LENGTH - timedelta(seconds=1))

    assert standing.before_joining == ()


def test_a_whole_standing_fails_with_its_first_failed_requirement_and_names_the_first_day():
    days, record = made(["absent"])
    evening = SessionFacts(9, "masterclass", HELD_FROM + timedelta(days=30), HELD_FROM + timedelta(days=30, hours=2))
    record = AttendanceRecord(NOW, 75, {**record.marks, 9: MarkFacts("absent")})

    standing = whole_standing(
        [Requirement("masterclass", AllOf()), DAYS], [*days, evening], record, joined_at=HELD_FROM
    )

    assert (standing.failed, standing.reached, standing.impossible_on) == (True, False, date(2025, 10, 8))


def test_a_whole_standing_without_requirements_is_reached():
    standing = whole_standing([], *made(["absent"]), joined_at=HELD_FROM)

    assert (standing.failed, standing.reached, standing.impossible_on) == (False, True, None)


def test_no_effect_that_a_requirement_does_not_offer_helps():
    assert (AllOf.effects, ShareOf.effects) == (tuple(Effect), tuple(Effect))
    assert AtLeast.effects == (Effect.COUNTS_AS_MET, Effect.STILL_A_MISS)
