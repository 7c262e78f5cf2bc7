from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class JobsConfig(AppConfig):
    name = "nextstep.jobs"
    verbose_name = "Periodic jobs"

    def ready(self) -> None:
        from nextstep.jobs.tasks import register_jobs

        register_jobs()
        if settings.REDIS_URL:
            # Tasks are shared tasks: without an app of their own they would go to Celery's default broker.
            import_module(settings.CELERY_APP)
