"""What Celery runs of the periodic jobs: one tick, the same that the supervisor runs."""

from datetime import timedelta

from celery import shared_task

from nextstep.jobs.registry import periodic
from nextstep.jobs.schedule import TICK_TASK
from nextstep.jobs.services import forget_old_runs, tick


@shared_task(name=TICK_TASK)
def run_tick() -> list[str]:
    """Run what is due."""
    return tick()


def register_jobs() -> None:
    periodic("jobs.forget_old_runs", timedelta(days=1), forget_old_runs)
