from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed only where settings.DEMO is true."""

    name = "nextstep.demo"
    verbose_name = "Demo"
