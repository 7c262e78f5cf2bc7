"""What becomes of a mail that the server did not take."""

from datetime import datetime, timedelta

# After the last of these the message is given up: about a day and a half of trying.
BACKOFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=18),
)
# A drain begins no batch after this long, and its process is ended after 4 minutes (jobs/rules.py): a lease that is
# over means a process that is dead.
DRAIN_FOR = timedelta(minutes=2)
LEASE = timedelta(minutes=5)
BATCH = 100


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after `attempts` that failed, or None to give up."""
    return now + BACKOFF[attempts - 1] if attempts <= len(BACKOFF) else None


def refuses_for_good(smtp_code: int | None) -> bool:
    """Whether a mail server's answer about the recipient will be the same tomorrow (RFC 5321, 4.2.1: 5yz)."""
    return smtp_code is not None and 500 <= smtp_code < 600
