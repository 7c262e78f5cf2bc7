"""Dates and times in words, across both changes of the clock."""

from datetime import UTC, date, datetime, time

import pytest

from nextstep.design import dates
from nextstep.design.templatetags import nhsuk


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_a_day_is_written_without_leading_zeros():
    assert dates.date_words(date(2025, 6, 2)) == "2 June 2025"
    assert dates.weekday_words(date(2025, 6, 2)) == "Monday 2 June 2025"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(17, 0), "5pm"),
        (time(17, 30), "5:30pm"),
        (time(9, 5), "9:05am"),
        (time(0, 0), "midnight"),
        (time(12, 0), "midday"),
        (time(0, 1), "12:01am"),
        (time(12, 1), "12:01pm"),
        (time(11, 59), "11:59am"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_times_are_written_as_the_nhs_does(moment, words):
    assert dates.time_words(moment) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (utc(2025, 6, 2, 16, 0), "2 June 2025 at 5pm"),
        (utc(2025, 12, 2, 16, 0), "2 December 2025 at 4pm"),
        (utc(2025, 6, 2, 23, 30), "3 June 2025 at 12:30am"),
        # Clocks go forward on 30 March 2025: 00:59 is followed by 2:00.
        (utc(2025, 3, 30, 0, 59), "30 March 2025 at 12:59am"),
        (utc(2025, 3, 30, 1, 0), "30 March 2025 at 2am"),
        # And back on 26 October: 1:30 comes twice.
        (utc(2025, 10, 26, 0, 30), "26 October 2025 at 1:30am"),
        (utc(2025, 10, 26, 1, 30), "26 October 2025 at 1:30am"),
        (utc(2025, 10, 26, 2, 0), "26 October 2025 at 2am"),
    ],
)
def test_moments_are_shown_in_london(moment, words):
    assert dates.moment_words(moment) == words
    assert nhsuk.london(moment) == words


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (utc(2025, 6, 2, 23, 0), "11:59pm on 2 June 2025"),
        (utc(2026, 1, 1, 0, 0), "11:59pm on 31 December 2025"),
        (utc(2025, 6, 2, 16, 0), "4:59pm on 2 June 2025"),
        # The minute before 2:00 on the day the clocks go forward is 00:59.
        (utc(2025, 3, 30, 1, 0), "12:59am on 30 March 2025"),
        (utc(2025, 3, 30, 23, 0), "11:59pm on 30 March 2025"),
        (utc(2025, 10, 27, 0, 0), "11:59pm on 26 October 2025"),
    ],
)
def test_a_half_open_end_is_shown_by_its_last_minute(end, words):
    assert dates.last_moment_words(end) == words
    assert nhsuk.last_moment(end) == words


@pytest.mark.parametrize(
    ("start", "end", "span", "times"),
    [
        (utc(2025, 6, 2, 8), utc(2025, 6, 2, 16), "2 June 2025, 9am to 5pm", "9am to 5pm"),
        (
            utc(2025, 6, 2, 8),
            utc(2025, 6, 3, 16),
            "2 June 2025 at 9am to 3 June 2025 at 5pm",
            "2 June 2025 at 9am to 3 June 2025 at 5pm",
        ),
        # One day in UTC, two in London.
        (
            utc(2025, 6, 2, 22),
            utc(2025, 6, 2, 23, 30),
            "2 June 2025 at 11pm to 3 June 2025 at 12:30am",
            "2 June 2025 at 11pm to 3 June 2025 at 12:30am",
        ),
        (utc(2025, 3, 30, 0, 30), utc(2025, 3, 30, 1, 30), "30 March 2025, 12:30am to 2:30am", "12:30am to 2:30am"),
    ],
)
def test_spans_name_the_day_once_where_they_can(start, end, span, times):
    assert dates.span_words(start, end) == span
    assert dates.times_words(start, end) == times


def test_filters_of_parts_and_of_nothing():
    late = utc(2025, 6, 2, 23, 30)
    assert [nhsuk.london_date(late), nhsuk.london_weekday(late), nhsuk.london_time(late)] == [
        "3 June 2025",
        "Tuesday 3 June 2025",
        "12:30am",
    ]
    assert [nhsuk.london_date(date(2025, 6, 2)), nhsuk.london_weekday(date(2025, 6, 2))] == [
        "2 June 2025",
        "Monday 2 June 2025",
    ]
    filters = [nhsuk.london, nhsuk.london_date, nhsuk.london_weekday, nhsuk.london_time, nhsuk.last_moment]
    assert [show(None) for show in filters] == [""] * len(filters)


def test_the_times_of_a_session():
    class Evening:
        starts_at = utc(2025, 6, 2, 17)
        ends_at = utc(2025, 6, 2, 19, 30)

    assert nhsuk.session_times(Evening()) == "2 June 2025, 6pm to 8:30pm"
