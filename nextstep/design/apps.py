from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "nextstep.design"
    verbose_name = "Design"
