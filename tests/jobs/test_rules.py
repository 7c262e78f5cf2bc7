"""When a job is due."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.jobs.rules import LEASE, RUN_LIMIT, period_of


@pytest.mark.parametrize(
    ("now", "every", "start"),
    [
        ("2026-03-01T09:00:00", timedelta(minutes=1), "2026-03-01T09:00:00"),
        ("2026-03-01T09:00:59.999999", timedelta(minutes=1), "2026-03-01T09:00:00"),
        ("2026-03-01T09:17:00", timedelta(minutes=15), "2026-03-01T09:15:00"),
        ("2026-03-01T23:59:59", timedelta(days=1), "2026-03-01T00:00:00"),
        ("2026-03-29T00:59:59", timedelta(hours=1), "2026-03-29T00:00:00"),
        ("2026-03-29T01:00:00", timedelta(hours=1), "2026-03-29T01:00:00"),
    ],
)
def test_the_period_that_holds_a_moment(now, every, start):
    assert period_of(datetime.fromisoformat(now).replace(tzinfo=UTC), every) == datetime.fromisoformat(start).replace(
        tzinfo=UTC
    )


@given(
    now=st.datetimes(min_value=datetime.fromisoformat("1970-01-01"), timezones=st.just(UTC)),
    every=st.timedeltas(timedelta(seconds=1), timedelta(days=31)),
)
def test_a_moment_lies_in_its_period_and_the_period_starts_itself(now, every):
    start = period_of(now, every)
    assert start <= now < start + every
    assert period_of(start, every) == start


def test_a_lease_outlives_the_longest_run():
    assert LEASE > RUN_LIMIT
