# ruff: noqa: DTZ001 - a programme file's times are wall-clock times, without a zone.
"""Whole weeks, so that now falls in the stage asked for."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.demo.stages import Landmarks, Stage, weeks_to_move

LANDMARKS = Landmarks(datetime(2025, 6, 2, 23, 59, 59), date(2025, 10, 8), datetime(2026, 7, 2, 9))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1))
WEEK = timedelta(weeks=1)


@pytest.mark.parametrize(
    ("stage", "weeks"),
    [
        (Stage.APPLICATIONS, 79),
        (Stage.SELECTION, 74),
        (Stage.DELIVERY, 47),
        (Stage.JUDGING, 20),
        (Stage.GRADUATED, 17),
    ],
)
def test_the_cohort_moves_by_whole_weeks_for_each_stage(stage, weeks):
    assert weeks_to_move(stage, LANDMARKS, datetime(2026, 11, 21, 12)) == weeks


@given(now=MOMENTS)
def test_applications_close_in_two_to_three_weeks(now):
    closes = LANDMARKS.closes + weeks_to_move(Stage.APPLICATIONS, LANDMARKS, now) * WEEK
    assert 2 * WEEK <= closes - now < 3 * WEEK


@given(now=MOMENTS)
def test_selection_follows_the_close_by_two_to_three_weeks(now):
    closes = LANDMARKS.closes + weeks_to_move(Stage.SELECTION, LANDMARKS, now) * WEEK
    assert 2 * WEEK <= now - closes < 3 * WEEK


@given(now=MOMENTS)
def test_delivery_is_eleven_to_twelve_weeks_after_the_first_day(now):
    commences = LANDMARKS.commences + weeks_to_move(Stage.DELIVERY, LANDMARKS, now) * WEEK
    assert 11 * WEEK <= now - datetime.combine(commences, datetime.min.time()) < 12 * WEEK


@given(now=MOMENTS)
def test_judging_is_within_a_week_of_the_presentations_and_graduation_three_weeks_later(now):
    judged = LANDMARKS.presentations + weeks_to_move(Stage.JUDGING, LANDMARKS, now) * WEEK
    graduated = LANDMARKS.presentations + weeks_to_move(Stage.GRADUATED, LANDMARKS, now) * WEEK
    assert timedelta(0) <= now - judged < WEEK
    assert 3 * WEEK <= now - graduated < 4 * WEEK


@pytest.mark.parametrize(
    ("stage", "reached"),
    [(Stage.APPLICATIONS, False), (Stage.SELECTION, False), (Stage.DELIVERY, True), (Stage.GRADUATED, True)],
)
def test_a_stage_has_reached_those_before_it(stage, reached):
    assert stage.has_reached(Stage.DELIVERY) is reached
