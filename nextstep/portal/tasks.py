"""The periodic work of accounts: that room lies beneath jobs, so the roof registers it."""

from datetime import datetime, timedelta

from nextstep.accounts.services.held_posts import forget_expired
from nextstep.jobs import registry


def forget_what_expired(now: datetime) -> None:
    forget_expired()


def register_jobs() -> None:
    registry.periodic("portal.forget_what_expired", timedelta(hours=1), forget_what_expired)
