"""Run what is due, once in each period, and never twice at once."""

import logging
import traceback
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from nextstep import clock
from nextstep.jobs.enums import RunState
from nextstep.jobs.models import PeriodicRun
from nextstep.jobs.registry import PeriodicJob, periodic_jobs
from nextstep.jobs.rules import LEASE, RETRY_AFTER, period_of

logger = logging.getLogger(__name__)


def _no_sign_of_life() -> None:
    """Nobody is watching this process."""


def tick(now: datetime | None = None, *, alive: Callable[[], None] = _no_sign_of_life) -> list[str]:
    """Run each registered job whose present period has not been run; returns the names of those that ran.

    Any number of processes may tick at once. A job that fails is written down, tried again after a minute, and stops
    no other. A run that was killed is taken up once its lease is over. `alive` is called after each job.
    """
    moment = now or clock.now()
    jobs = periodic_jobs()
    settled = _not_to_be_run(jobs, moment)
    ran = []
    for job in jobs:
        if job.name in settled:
            continue
        run = _take(job, period_of(moment, job.every))
        if run is not None:
            _carry_out(job, run, moment)
            ran.append(job.name)
            alive()
    return ran


def _not_to_be_run(jobs: list[PeriodicJob], moment: datetime) -> set[str]:
    """The jobs that are done for their period, or held: one query, so that an idle tick costs next to nothing."""
    periods = {job.name: period_of(moment, job.every) for job in jobs}
    runs = PeriodicRun.objects.filter(job__in=periods, period__in=set(periods.values()))
    wall_now = clock.wall()
    return {
        run.job
        for run in runs
        if run.period == periods[run.job] and (run.state == RunState.DONE or run.held_until > wall_now)
    }


def _take(job: PeriodicJob, period: datetime) -> PeriodicRun | None:
    """Own the run of `job` in `period`, new or left behind; None where somebody else has it."""
    _bury_the_dead(job, period)
    claim, held_until = uuid.uuid4(), clock.wall() + LEASE
    try:
        with transaction.atomic():
            left = PeriodicRun.objects.filter(job=job.name, period=period).let_go(clock.wall())
            if left.update(
                claim=claim, held_until=held_until, state=RunState.RUNNING, attempts=F("attempts") + 1, error=""
            ):
                return PeriodicRun.objects.get(claim=claim)
            return PeriodicRun.objects.create(job=job.name, period=period, claim=claim, held_until=held_until)
    except IntegrityError:
        # The period was run meanwhile, or the run of an earlier one is still going.
        return None


def _bury_the_dead(job: PeriodicJob, period: datetime) -> None:
    """Close runs of earlier periods that were killed: this period's sweep does what they left."""
    killed = PeriodicRun.objects.filter(job=job.name).exclude(period=period).running().let_go(clock.wall())
    if killed.update(state=RunState.FAILED, finished_at=clock.now(), error="Killed before it ended."):
        logger.error("A run of %s was killed before it ended; it is taken up again.", job.name)


def _carry_out(job: PeriodicJob, run: PeriodicRun, moment: datetime) -> None:
    try:
        job.function(moment)
    except Exception:
        logger.exception("The job %s failed at try %s.", job.name, run.attempts)
        _close(run, RunState.FAILED, error=traceback.format_exc(), held_until=clock.wall() + RETRY_AFTER)
    else:
        _close(run, RunState.DONE)


def _close(run: PeriodicRun, state: RunState, **fields: object) -> None:
    mine = PeriodicRun.objects.filter(pk=run.pk, claim=run.claim)
    if not mine.update(state=state, finished_at=clock.now(), **fields):
        logger.error("A run of %s outlived its lease; another process took it up.", run.job)


def forget_old_runs(now: datetime) -> int:
    """Delete runs that are done for two days, and those that failed for ninety; returns how many."""
    done = PeriodicRun.objects.filter(state=RunState.DONE, period__lt=now - timedelta(days=2))
    failed = PeriodicRun.objects.filter(state=RunState.FAILED, period__lt=now - timedelta(days=90))
    return done.delete()[0] + failed.delete()[0]
