"""The portal's Celery app with one job more, that comes round each second: beat then knocks each second."""

from datetime import datetime, timedelta

from nextstep.celery import app
from nextstep.jobs.registry import periodic

__all__ = ["app"]


def note(now: datetime) -> None:
    """The row of the run is the proof."""


periodic("tests.quick", timedelta(seconds=1), note)
