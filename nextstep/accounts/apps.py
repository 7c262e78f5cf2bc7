from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "nextstep.accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from nextstep.accounts import checks  # noqa: F401 - registers the check, which needs the models
