"""One row for each period of each job: whoever inserts it may run it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from nextstep import clock
from nextstep.jobs.enums import RunState


class PeriodicRunQuerySet(models.QuerySet["PeriodicRun"]):
    def running(self) -> "PeriodicRunQuerySet":
        return self.filter(state=RunState.RUNNING)

    def let_go(self, wall_now: datetime) -> "PeriodicRunQuerySet":
        """Those that nobody holds: killed with their lease over, or failed and ready to be tried again."""
        return self.exclude(state=RunState.DONE).filter(held_until__lte=wall_now)


class PeriodicRun(models.Model):
    job = models.CharField(max_length=100)
    period = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    # Real time, also where the clock is pinned: two processes may be pinned to different moments.
    held_until = models.DateTimeField()
    # Who holds it: changes each time it is taken up, so that a run given up for dead cannot report over its heir.
    claim = models.UUIDField()
    attempts = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = PeriodicRunQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "job"]
        indexes = [models.Index(fields=["state", "-period"], name="periodic_run_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["job", "period"], name="periodic_run_once_a_period"),
            # A period that is still running when the next begins holds it up: never twice at once.
            models.UniqueConstraint(fields=["job"], condition=Q(state="running"), name="periodic_run_one_at_a_time"),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="periodic_run_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.job} at {self.period:%d %b %Y %H:%M}"
