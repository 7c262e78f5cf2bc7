from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "attendance"
    verbose_name = "Attendance"

    def ready(self) -> None:
        from attendance.rules.requirements import MINIMUM_RULES
        from attendance.services.programme_file import AttendanceSection
        from cohorts.registries import requirements, sections

        for rule in MINIMUM_RULES.values():
            requirements.register(rule)
        sections.register(AttendanceSection())
