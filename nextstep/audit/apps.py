from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "nextstep.audit"
    verbose_name = "Audit"
