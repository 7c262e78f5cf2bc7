from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "nextstep.notifications"
    verbose_name = "Messages"

    def ready(self) -> None:
        from nextstep.notifications.tasks import register_jobs

        register_jobs()
