"""When a job is due, and how long it may be held."""

from datetime import UTC, datetime, timedelta

# A run may take this long; Celery and the supervisor both end it then.
RUN_LIMIT = timedelta(minutes=4)
# Longer than the limit, so that a lease that is over means a run that is dead.
LEASE = timedelta(minutes=5)
RETRY_AFTER = timedelta(minutes=1)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def period_of(now: datetime, every: timedelta) -> datetime:
    """The start of the period of length `every` that holds `now`; periods are counted from 1970 in UTC."""
    return now - (now - _EPOCH) % every
