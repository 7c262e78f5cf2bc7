from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PortalConfig(AppConfig):
    name = "nextstep.portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from nextstep.portal.messages import register_messages
        from nextstep.portal.tasks import register_jobs

        register_messages()
        register_jobs()


class PortalAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "nextstep.portal.admin_site.PortalAdminSite"
