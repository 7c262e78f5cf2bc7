"""A laptop: SQLite, no Redis, the demo."""

from nextstep.settings.base import *  # noqa: F403
from nextstep.settings.base import INSTALLED_APPS, STORAGES, env

DEMO = True
# Where clamd answers, which looks for viruses in uploaded documents; nothing: nobody looks.
CLAMD_URL = env.clamd_url
INSTALLED_APPS = ["nextstep.demo", *INSTALLED_APPS]
# Styles are served from where they were compiled: nothing has to be collected first.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
if not env.email:
    EMAIL_BACKEND = "nextstep.notifications.backends.DemoBackend"
