from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = "Applications"

    def ready(self) -> None:
        """Bring the rooms below what they call: rules, sections of a programme file, messages, jobs, people."""
        # Here, not above: all of these need the models.
        from applications import document_messages, messages, tasks
        from applications.rules.eligibility import RULES
        from applications.selectors import applicants_known_to
        from applications.services.programme_file import DocumentsSection, EligibilitySection
        from applications.services.reserve_terms import ReserveListSection
        from cohorts.registries import eligibility, sections
        from nextstep.accounts import people

        for rule in RULES:
            eligibility.register(rule)
        sections.register(EligibilitySection())
        sections.register(DocumentsSection())
        sections.register(ReserveListSection())
        messages.register_messages()
        document_messages.register_messages()
        tasks.register_jobs()
        people.register(applicants_known_to)
