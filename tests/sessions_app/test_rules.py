"""Timetable hours, slots, clashes and the moments of reminders, without a database."""

import tomllib
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.clock import LONDON
from sessions_app.enums import SessionKind
from sessions_app.rules.definition import window_span
from sessions_app.rules.reminders import is_reminder_due, reminder_moment
from sessions_app.rules.slots import Capacity, capacity_of_topic, slots_in
from sessions_app.rules.timetable import Span, clashes, timetable_hours

NEXT_STEP = tomllib.loads(Path("cohorts/programmes/next_step_2025_26.toml").read_text())["cohorts"][0]
NOON = datetime(2025, 10, 4, 12, tzinfo=UTC)


def span(start_hour: float, end_hour: float, name: str = "") -> Span:
    midnight = datetime(2025, 10, 4, tzinfo=UTC)
    return Span(midnight + timedelta(hours=start_hour), midnight + timedelta(hours=end_hour), name)


@pytest.mark.parametrize(
    ("hours", "minutes", "slots"),
    [(7.5, 90, 5), (4.5, 90, 3), (6, 90, 4), (1.5, 90, 1), (1.4, 90, 0), (2.9, 90, 1), (1, 60, 1), (0.5, 45, 0)],
)
def test_a_window_is_cut_into_whole_slots(hours, minutes, slots):
    assert len(slots_in(Span(NOON, NOON + timedelta(hours=hours)), minutes)) == slots


def test_slots_follow_one_another_from_the_start_of_the_window():
    assert slots_in(span(12, 15.5), 90) == [span(12, 13.5), span(13.5, 15)]


@given(st.integers(0, 24 * 60), st.integers(1, 600))
def test_slots_fill_the_window_as_far_as_they_go_and_never_clash(length, minutes):
    window = Span(NOON, NOON + timedelta(minutes=length))
    slots = slots_in(window, minutes)

    assert clashes(slots) == []
    assert all(window.starts_at <= slot.starts_at and slot.ends_at <= window.ends_at for slot in slots)
    assert 0 <= length - minutes * len(slots) < minutes


@pytest.mark.parametrize("topic", NEXT_STEP["action_learning_sets"]["topics"], ids=lambda topic: topic["title"])
def test_each_next_step_topic_holds_48_of_70_in_sixes_and_all_in_nines(topic):
    windows = [window_span(window) for window in topic["windows"]]

    six = capacity_of_topic(windows, minutes=90, group_size=6, people=70)
    nine = capacity_of_topic(windows, minutes=90, group_size=9, people=70)

    assert (six.slots, six.holds, six.shortfall, six.group_needed, six.slots_needed) == (8, 48, 22, 9, 12)
    assert (nine.holds, nine.shortfall) == (72, 0)


@pytest.mark.parametrize(
    ("slots", "size", "people", "shortfall", "group_needed", "slots_needed"),
    [(8, 6, 48, 0, 6, 8), (8, 6, 49, 1, 7, 9), (0, 6, 10, 10, None, 2), (1, 6, 0, 0, 0, 0), (2, 9, 17, 0, 9, 2)],
)
def test_a_capacity_says_what_is_short_and_what_would_mend_it(
    slots, size, people, shortfall, group_needed, slots_needed
):
    capacity = Capacity(slots, size, people)

    assert (capacity.shortfall, capacity.group_needed, capacity.slots_needed) == (shortfall, group_needed, slots_needed)


def test_next_steps_dated_sessions_take_44_hours():
    assert timetable_hours(window_span(entry) for entry in NEXT_STEP["sessions"]) == 44


def test_half_hours_are_exact():
    assert timetable_hours([span(12, 13.5), span(14, 14.5)]) == Fraction(2)


def test_the_hours_of_no_sessions_are_none():
    assert timetable_hours([]) == 0


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([span(9, 10)], []),
        ([span(9, 10), span(10, 11)], []),
        ([span(9, 11), span(10, 12)], [(0, 1)]),
        ([span(10, 12), span(9, 11)], [(1, 0)]),
        ([span(9, 17), span(10, 11), span(16, 18)], [(0, 1), (0, 2)]),
        ([span(9, 10, "a"), span(9, 10, "b")], [(0, 1)]),
    ],
)
def test_pairs_that_nobody_can_attend_both_of(spans, expected):
    assert clashes(spans) == [(spans[first], spans[second]) for first, second in expected]


def test_nothing_clashes_in_next_steps_own_timetable():
    assert clashes([window_span(entry) for entry in NEXT_STEP["sessions"]]) == []


# 26 October 2025: the clocks go back. A session at 9am on the 27th is reminded of at 9am on the 20th.
def test_a_reminder_keeps_the_time_of_day_across_the_change_of_the_clocks():
    starts_at = datetime(2025, 10, 27, 9, tzinfo=LONDON).astimezone(UTC)

    assert reminder_moment(starts_at, 7) == datetime(2025, 10, 20, 9, tzinfo=LONDON)
    assert reminder_moment(starts_at, 7).astimezone(UTC) == datetime(2025, 10, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "week", "day"),
    [
        (datetime(2025, 10, 29, 16, 59, tzinfo=UTC), False, False),
        (datetime(2025, 10, 29, 17, 0, tzinfo=UTC), True, False),
        (datetime(2025, 11, 4, 16, 59, tzinfo=UTC), True, False),
        (datetime(2025, 11, 4, 17, 0, tzinfo=UTC), False, True),
        (datetime(2025, 11, 5, 16, 59, tzinfo=UTC), False, True),
        (datetime(2025, 11, 5, 17, 0, tzinfo=UTC), False, False),
    ],
)
def test_which_reminder_of_a_session_at_5pm_on_5_november_is_due(moment, week, day):
    starts_at = datetime(2025, 11, 5, 17, tzinfo=UTC)

    assert is_reminder_due(starts_at, 7, moment, until_days=1) == week
    assert is_reminder_due(starts_at, 1, moment, until_days=0) == day


@pytest.mark.parametrize(
    ("kind", "one", "several"),
    [
        (SessionKind.FACE_TO_FACE, "face-to-face day", "face-to-face days"),
        (SessionKind.MASTERCLASS, "masterclass", "masterclasses"),
        (SessionKind.ACTION_LEARNING_SET, "action learning set", "action learning sets"),
        (SessionKind.COACHING, "coaching session", "coaching sessions"),
        (SessionKind.DROP_IN_SURGERY, "drop-in surgery", "drop-in surgeries"),
        (SessionKind.NETWORKING, "networking event", "networking events"),
        (SessionKind.ALUMNI, "alumni session", "alumni sessions"),
        (SessionKind.RESIDENTIAL, "residential day", "residential days"),
        (SessionKind.EVENING, "evening session", "evening sessions"),
    ],
)
def test_kinds_are_counted_in_english(kind, one, several):
    assert (kind.counted(1), kind.counted(2), kind.counted(0)) == (one, several, several)
