"""The Celery app of worker and beat: `celery -A nextstep worker` and `celery -A nextstep beat`."""

import os
import time
from typing import Any

import django
from celery import Celery, Task, signals
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextstep.settings.production")

app = Celery("nextstep")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

_RESTED = 1.0
_last_task = 0.0


@signals.import_modules.connect
def check_start(**_: Any) -> None:
    """Worker and beat, not a web process that only sends: check the start, and read the registry of jobs."""
    from nextstep.jobs.schedule import beat_schedule  # noqa: PLC0415 - needs the apps
    from nextstep.start import demand_database, demand_redis_for_workers  # noqa: PLC0415

    demand_redis_for_workers()
    demand_database()
    django.setup()
    app.conf.beat_schedule = beat_schedule()


@signals.task_prerun.connect
def ready_connections(sender: Task, **_: Any) -> None:
    """Before a task, as Django does before a request: drop connections that failed or are old, and have the database
    answer before one that rested is used. One that worked a moment ago is trusted: asking costs as much as a write.
    """
    global _last_task  # noqa: PLW0603 - of this process
    if sender.request.is_eager:
        return
    rested = time.monotonic() - _last_task > _RESTED
    for connection in connections.all(initialized_only=True):
        connection.close_if_unusable_or_obsolete()
        connection.health_check_done = not rested  # type: ignore[attr-defined]
    _last_task = time.monotonic()
