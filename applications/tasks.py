"""What applications do by themselves."""

from datetime import datetime, timedelta

from applications.services import lapse_offers
from nextstep.jobs.registry import periodic


def register_jobs() -> None:
    periodic("applications.lapse_offers", timedelta(minutes=1), lapse_overdue_offers)


def lapse_overdue_offers(now: datetime) -> None:
    lapse_offers(now=now)
