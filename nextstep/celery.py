"""The Celery app of worker and beat: `celery -A nextstep worker` and `celery -A nextstep beat`."""

import os
from typing import Any

import django
from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextstep.settings.production")

app = Celery("nextstep")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.import_modules.connect
def check_start(**_: Any) -> None:
    """Worker and beat, not a web process that only sends: check the start, and read the registry of jobs."""
    from nextstep.jobs.schedule import beat_schedule  # noqa: PLC0415 - needs the apps
    from nextstep.start import demand_database, demand_redis_for_workers  # noqa: PLC0415

    demand_redis_for_workers()
    demand_database()
    django.setup()
    app.conf.beat_schedule = beat_schedule()
