"""What the benchmark works out from its timings. The figures themselves are never tested: they belong to a machine."""

import pytest

from benchmarks.figures import BackgroundFigure, Measured, Row, Timing, Turn, percentile, ratio
from benchmarks.pages import Background, Page

PAGE = Page("a list", "table of 50 rows", must=3.0, aim=1.7, queries=10)
WORK = Background("mails", must=600, aim=800)


def timing(*rates: float, web: float = 0.5, database: float = 0.5) -> Timing:
    """A turn of a hundred requests at each of these rates; `web` and `database` in seconds of processor a turn."""
    return Timing([Turn([1 / rate] * 100, 100 / rate, web, database) for rate in rates])


def measured(size: int, *, times_slower: float, queries: int = 5, processor: float = 1.0) -> Measured:
    page = timing(400 / times_slower, web=processor / 2, database=processor / 2)
    return Measured(size, queries, timing(400), page)


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        ([7.0], 0.5, 7.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([4.0, 3.0, 1.0, 2.0], 0.5, 2.0),
        (list(range(1, 101)), 0.95, 95),
        (list(range(1, 21)), 0.95, 19),
        (list(range(1, 101)), 1.0, 100),
    ],
)
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(values, share, found):
    assert percentile(values, share) == found


def test_a_rate_is_the_median_turns():
    assert timing(100, 400, 200).rate == 200


def test_milliseconds_are_taken_over_all_turns():
    assert [timing(100, 1000).milliseconds(share) for share in (0.5, 0.95)] == [1.0, 10.0]


def test_processor_time_is_told_with_and_without_the_database():
    busy = timing(100, 100, web=0.2, database=0.3)

    assert (busy.web_ms, busy.processor_ms) == (2.0, 5.0)


def test_a_ratio_compares_each_turn_with_the_one_beside_it():
    # The machine slowed down to a half in the second turn, for both.
    assert ratio(timing(400, 200, 400), timing(200, 100, 200)) == 2.0


@pytest.mark.parametrize(
    ("sizes", "verdict"),
    [
        ([measured(70, times_slower=1.5), measured(7000, times_slower=1.6)], "aim"),
        ([measured(70, times_slower=1.5), measured(7000, times_slower=2.5)], "must"),
        ([measured(70, times_slower=1.5), measured(7000, times_slower=1.5, processor=1.2)], "must"),
        ([measured(70, times_slower=1.5), measured(7000, times_slower=1.5, processor=1.4)], "**short: growth**"),
        ([measured(70, times_slower=1.5), measured(7000, times_slower=3.1)], "**short: ratio**"),
        ([measured(70, times_slower=1.5, queries=11)], "**short: queries**"),
        ([measured(70, times_slower=1), measured(7000, times_slower=1, queries=6)], "**short: queries grow**"),
        ([measured(70, times_slower=1.5)], "aim"),
    ],
)
def test_a_page_is_judged_by_its_worst_size(sizes, verdict):
    assert Row(PAGE, sizes).verdict == verdict


def test_growth_needs_two_sizes():
    one, two = measured(70, times_slower=1), measured(7000, times_slower=1, processor=1.25)

    assert (Row(PAGE, [one]).growth, Row(PAGE, [one, two]).growth) == (None, 1.25)


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [(599, "**short: rate**"), (600, "must"), (800, "aim"), (None, "not measured: no Redis answers")],
)
def test_background_work_is_judged_by_how_many_a_second(rate, verdict):
    assert BackgroundFigure(WORK, rate, "no Redis answers").verdict == verdict
