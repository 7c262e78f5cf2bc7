from django.apps import AppConfig


class QipConfig(AppConfig):
    name = "qip"
    verbose_name = "Quality improvement projects"

    def ready(self) -> None:
        """Bring the rooms below what they call: the section of a programme file, messages, people."""
        # Here, not above: all of these need the models.
        from cohorts.registries import sections
        from qip import messages
        from qip.services.programme_file import QipSection

        sections.register(QipSection())
        messages.register_messages()
