"""The report as it is written to RESULTS.md."""

from datetime import date

from benchmarks.figures import BackgroundFigure, Measured, Row, Timing, Turn
from benchmarks.pages import MAIL, Page
from benchmarks.report import Report, Surroundings, markdown

FLOOR = Timing([Turn([0.002] * 4, 0.004, web=0.004)])
SLOW = Timing([Turn([0.008] * 4, 0.016, web=0.016, database=0.004)])
PAGE = Page("a list", "table of 50 rows", must=3.0, aim=1.7, queries=10)


def report(*, queries: int = 5) -> Report:
    return Report(
        Surroundings(date(2026, 11, 21), ["2 cores", "Python 3.11"], rounds=7, load=0.25),
        {"table of 50 rows": FLOOR},
        [Row(PAGE, [Measured(70, 5, FLOOR, SLOW), Measured(7000, queries, FLOOR, SLOW)])],
        [BackgroundFigure(MAIL, 1234.5)],
    )


def test_the_first_table_has_the_verdict_of_each_page():
    assert (
        "| a list | table of 50 rows | 4.00 / 4.00 | 3 | 1.7 | 5 | 10 | 1.00 | **short: ratio** |"
        in markdown(report()).splitlines()
    )


def test_queries_that_differ_by_size_are_shown_side_by_side():
    assert "| 5 / 6 |" in markdown(report(queries=6))


def test_every_size_and_floor_has_its_times():
    lines = markdown(report()).splitlines()

    assert "| table of 50 rows | 1000 | 2.00 | 2.00 | 1.00 | 1.00 |" in lines
    assert "| a list | 7,000 | 250 | 8.00 | 8.00 | 4.00 | 5.00 | 4.00 |" in lines


def test_the_head_says_where_and_when():
    assert "on 21 November 2026: 2 cores, Python 3.11; gunicorn with 2 sync workers" in markdown(report())


def test_background_work_stands_in_the_report():
    assert f"| {MAIL.name} | 1,234 | 600 | 800 | aim |" in markdown(report()).splitlines()


def test_what_falls_short_is_named():
    assert report().shortfalls == ["a list"]
