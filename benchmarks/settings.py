"""The portal as a benchmark serves it: like a server, but over plain HTTP, and without mail unless there is a sink."""

import os
from pathlib import Path

from nextstep.settings.base import *  # noqa: F403
from nextstep.settings.base import DATABASES, MIDDLEWARE, env

ALLOWED_HOSTS = ["*"]
CLAMD_URL = ""
SECOND_FACTOR_DEMANDED_OF: list[str] = []
# Styles under names that tell their content, as a server has them.
STATIC_ROOT = Path(os.environ["BENCHMARK_DIR"]) / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MIDDLEWARE = ["benchmarks.counting.CountQueries", *MIDDLEWARE]
# The processes that serve us in the database are watched, and so must stay the same.
DATABASES["default"]["CONN_MAX_AGE"] = None
if not env.email:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
