"""Until when an application can be written and sent, and how long that is in words."""

from datetime import UTC, datetime, timedelta

import pytest

from applications.rules.window import Window, time_left_words

OPENS, CLOSES = datetime(2025, 3, 25, tzinfo=UTC), datetime(2025, 6, 2, 23, tzinfo=UTC)
GRACE, LATER = timedelta(minutes=15), CLOSES + timedelta(days=2)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("grace", "late_until", "ends_at", "is_late"),
    [
        (timedelta(0), None, CLOSES, False),
        (GRACE, None, CLOSES + GRACE, False),
        (timedelta(0), LATER, LATER, True),
        (GRACE, LATER, LATER, True),
        (GRACE, CLOSES + GRACE, CLOSES + GRACE, False),
        (GRACE, CLOSES + SECOND, CLOSES + GRACE, False),  # a late link takes nothing away
        (timedelta(0), OPENS, CLOSES, False),
    ],
)
def test_a_window_ends_with_the_latest_of_closing_grace_and_own_end(
    grace: timedelta, late_until: datetime | None, ends_at: datetime, is_late: bool
) -> None:
    window = Window(OPENS, CLOSES, grace, late_until)

    assert (window.ends_at, window.is_late) == (ends_at, is_late)
    moments = [OPENS - SECOND, OPENS, ends_at - SECOND, ends_at]
    assert [window.is_open(moment) for moment in moments] == [False, True, True, False]


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=69, hours=22), "69 days"),
        (timedelta(days=3, hours=23, minutes=59), "3 days"),
        (timedelta(days=2, hours=23, minutes=59), "2 days and 23 hours"),
        (timedelta(days=2, minutes=59), "2 days"),
        (timedelta(days=1, hours=1), "1 day and 1 hour"),
        (timedelta(hours=23, minutes=59, seconds=59), "23 hours and 59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(seconds=59, microseconds=999_999), "less than a minute"),
        (timedelta(microseconds=1), "less than a minute"),
    ],
)
def test_time_left_is_told_in_words_and_never_as_more_than_it_is(left: timedelta, words: str) -> None:
    assert time_left_words(left) == words
