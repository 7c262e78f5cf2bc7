"""Celery beat's schedule, made from the registry: beat only knocks, the rows decide what is run."""

from datetime import timedelta
from typing import Any

from nextstep.jobs.registry import continual_jobs, periodic_jobs

TICK_TASK = "jobs.tick"
_A_MINUTE = timedelta(minutes=1)


def beat_schedule() -> dict[str, dict[str, Any]]:
    """An entry for the tick, as often as the most frequent job asks and at least each minute, and one for each
    continual job, whose pokes may have been lost.

    A knock that no worker answered before the next one is dropped, so that none pile up behind a worker that is down.
    """
    often = min([_A_MINUTE, *(job.every for job in periodic_jobs())])
    entries = {TICK_TASK: _entry(TICK_TASK, often)}
    for job in continual_jobs():
        entries[job.name] = _entry(job.task, _A_MINUTE)
    return entries


def _entry(task: str, every: timedelta) -> dict[str, Any]:
    return {"task": task, "schedule": every, "options": {"expires": every.total_seconds()}}
