"""gunicorn's own settings, read from the project's folder: `gunicorn nextstep.wsgi`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextstep.settings.production")

from django.conf import settings

from nextstep.settings.environment import demand_redis
from nextstep.start import demand_database

# Here, before the first worker: a wrong setting ends the start with one line in place of workers that die in turn.
demand_database()

bind = [f"0.0.0.0:{settings.PORT}"]
workers = settings.WEB_CONCURRENCY
threads = settings.WEB_THREADS
worker_class = "gthread"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 - a heartbeat that never waits for a disk
control_socket_disable = True
accesslog = None
# A document of 10 MB over a ward's wireless takes a while.
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500


def on_starting(server):
    """Hold `gunicorn --workers 4` to the same rule as WEB_CONCURRENCY=4."""
    demand_redis(server.cfg.workers, settings.REDIS_URL)
