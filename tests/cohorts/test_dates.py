# ruff: noqa: DTZ001 - a programme file's times are wall-clock times, without a zone.
"""Wall-clock times of London, windows that close with a day, and moving a definition by weeks."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.rules.dates import london_moment, moved_by_weeks, wall_clock_problem, window_end


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (datetime(2025, 10, 25, 9, 0), utc(2025, 10, 25, 8, 0)),
        (datetime(2025, 10, 26, 9, 0), utc(2025, 10, 26, 9, 0)),
        (datetime(2025, 10, 26, 0, 59, 59), utc(2025, 10, 25, 23, 59, 59)),
        (datetime(2025, 10, 26, 2, 0), utc(2025, 10, 26, 2, 0)),
        (datetime(2026, 3, 29, 0, 59, 59), utc(2026, 3, 29, 0, 59, 59)),
        (datetime(2026, 3, 29, 2, 0), utc(2026, 3, 29, 1, 0)),
    ],
)
def test_a_files_time_is_read_on_the_clocks_of_london(written, meant):
    assert london_moment(written) == meant


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (datetime(2025, 10, 8, 9, 0), None),
        (datetime(2025, 10, 26, 1, 0), "This time happens twice, because the clocks go back. Choose another."),
        (datetime(2025, 10, 26, 1, 59, 59), "This time happens twice, because the clocks go back. Choose another."),
        (datetime(2026, 3, 29, 1, 0), "This time does not exist, because the clocks go forward. Choose another."),
        (datetime(2026, 3, 29, 1, 59, 59), "This time does not exist, because the clocks go forward. Choose another."),
        (utc(2025, 10, 8, 9, 0), "Write the time as clocks in London show it, without an offset or Z."),
        (
            datetime(2025, 10, 8, 9, 0, tzinfo=timezone(timedelta(hours=1))),
            "Write the time as clocks in London show it, without an offset or Z.",
        ),
        (date(2025, 10, 8), "This must be a date with a time, for instance 2025-10-08T09:00:00."),
        ("2025-10-08T09:00:00", "This must be a date with a time, for instance 2025-10-08T09:00:00."),
        (None, "This must be a date with a time, for instance 2025-10-08T09:00:00."),
    ],
)
def test_a_files_time_happens_exactly_once_and_carries_no_offset(value, problem):
    assert wall_clock_problem(value) == problem


def test_an_impossible_time_has_no_moment():
    with pytest.raises(ValueError, match="does not exist"):
        london_moment(datetime(2026, 3, 29, 1, 30))


@pytest.mark.parametrize(
    ("written", "closed_from"),
    [
        # The whole of 2 June, British Summer Time: from the midnight that begins the third.
        (datetime(2025, 6, 2, 23, 59, 59), utc(2025, 6, 2, 23, 0)),
        (datetime(2020, 2, 12, 23, 59, 59), utc(2020, 2, 13, 0, 0)),
        (datetime(2025, 12, 31, 23, 59, 59), utc(2026, 1, 1, 0, 0)),
        # The clocks go back in the small hours of the 26th: its end is Greenwich Mean Time.
        (datetime(2025, 10, 26, 23, 59, 59), utc(2025, 10, 27, 0, 0)),
        (datetime(2025, 6, 2, 12, 0), utc(2025, 6, 2, 11, 0)),
        (datetime(2025, 6, 2, 23, 59, 58), utc(2025, 6, 2, 22, 59, 58)),
    ],
)
def test_a_window_that_closes_at_the_last_second_closes_with_the_next_midnight(written, closed_from):
    assert window_end(written) == closed_from


DEFINITION = {
    "programme": {"slug": "next-step", "disciplines": ["Dentistry"]},
    "cohorts": [
        {
            "applications_close": datetime(2025, 6, 2, 23, 59, 59),
            "commences_on": date(2025, 10, 8),
            "places": 70,
            "sessions": [{"number": 1, "starts": datetime(2025, 9, 18, 17, 0)}],
        }
    ],
}


def test_moving_a_definition_moves_dates_at_every_depth_and_nothing_else():
    assert moved_by_weeks(DEFINITION, 52) == {
        "programme": {"slug": "next-step", "disciplines": ["Dentistry"]},
        "cohorts": [
            {
                "applications_close": datetime(2026, 6, 1, 23, 59, 59),
                "commences_on": date(2026, 10, 7),
                "places": 70,
                "sessions": [{"number": 1, "starts": datetime(2026, 9, 17, 17, 0)}],
            }
        ],
    }


def test_moving_leaves_the_definition_itself_as_it_was():
    before = repr(DEFINITION)
    moved_by_weeks(DEFINITION, -3)
    assert repr(DEFINITION) == before


days = st.dates(date(2000, 1, 1), date(2040, 1, 1))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1))
values = st.recursive(
    st.one_of(days, moments, st.integers(), st.booleans(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=8,
)
definitions = st.dictionaries(st.text(max_size=5), values, max_size=4)
weeks = st.integers(-500, 500)


@given(definitions, weeks)
def test_moving_there_and_back_gives_the_definition_again(definition, by):
    assert moved_by_weeks(moved_by_weeks(definition, by), -by) == definition


@given(definitions, weeks, weeks)
def test_moving_twice_is_moving_by_the_sum(definition, first, second):
    assert moved_by_weeks(moved_by_weeks(definition, first), second) == moved_by_weeks(definition, first + second)


@given(moments, days, weeks)
def test_a_move_keeps_weekday_and_time_of_day_and_the_distance_between_days(moment, day, by):
    moved = moved_by_weeks({"moment": moment, "day": day}, by)
    assert moved["moment"].time() == moment.time()
    assert moved["moment"].weekday() == moment.weekday()
    assert moved["day"].weekday() == day.weekday()
    assert (moved["day"] - day).days == (moved["moment"].date() - moment.date()).days == 7 * by


@given(moments)
def test_a_time_that_is_no_problem_reads_the_same_in_london(moment):
    if wall_clock_problem(moment) is None:
        from cohorts.rules.dates import LONDON

        assert london_moment(moment).astimezone(LONDON).replace(tzinfo=None) == moment
