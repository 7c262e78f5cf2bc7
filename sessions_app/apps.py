from django.apps import AppConfig


class SessionsAppConfig(AppConfig):
    name = "sessions_app"
    verbose_name = "Sessions"

    def ready(self) -> None:
        from sessions_app import messages
        from sessions_app.services import programme_file

        messages.register_messages()
        programme_file.register_sections()
