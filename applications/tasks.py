"""What applications do by themselves."""

from datetime import datetime, timedelta

from applications.services import fill_places, lapse_offers, release_due, scan_waiting_documents
from nextstep.jobs.registry import periodic


def register_jobs() -> None:
    periodic("applications.scan_waiting_documents", timedelta(minutes=2), scan_waiting_documents)
    periodic("applications.lapse_offers", timedelta(minutes=1), lapse_overdue_offers)
    periodic("applications.release_decisions", timedelta(minutes=1), release_decisions)
    periodic("applications.fill_places", timedelta(minutes=1), fill_free_places)


def lapse_overdue_offers(now: datetime) -> None:
    lapse_offers(now=now)


def release_decisions(now: datetime) -> None:
    release_due(now=now)


def fill_free_places(now: datetime) -> None:
    fill_places(now=now)
