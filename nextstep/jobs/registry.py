"""The work that comes round again. Apps register theirs when they start; the tick and Celery's beat read it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Work = Callable[[datetime], object]


@dataclass(frozen=True)
class PeriodicJob:
    """Work done once in each period of length `every`, whichever process gets there first.

    `function` is given the moment of the tick. It is a sweep: it looks for what is due and does it, so that running
    it twice, late, or again after it was killed half-way does no harm.
    """

    name: str
    every: timedelta
    function: Work


@dataclass(frozen=True)
class ContinualJob:
    """Work that the supervisor repeats about each second, and that guards itself against being run twice at once.

    `task` is the Celery task that does the same where there is a worker.
    """

    name: str
    function: Work
    task: str


_periodic: dict[str, PeriodicJob] = {}
_continual: dict[str, ContinualJob] = {}


def periodic(name: str, every: timedelta, function: Work) -> None:
    """Register `function` to be run once in each period; called from `AppConfig.ready()`."""
    if every < timedelta(seconds=1):
        raise ValueError(f"The job {name} cannot come round more often than each second.")
    _refuse_second(name)
    _periodic[name] = PeriodicJob(name, every, function)


def continual(name: str, function: Work, *, task: str) -> None:
    """Register `function` to be repeated as long as the portal runs."""
    _refuse_second(name)
    _continual[name] = ContinualJob(name, function, task)


def periodic_jobs() -> list[PeriodicJob]:
    return [_periodic[name] for name in sorted(_periodic)]


def continual_jobs() -> list[ContinualJob]:
    return [_continual[name] for name in sorted(_continual)]


def _refuse_second(name: str) -> None:
    if name in _periodic or name in _continual:
        raise ValueError(f"There is a job named {name} already.")
