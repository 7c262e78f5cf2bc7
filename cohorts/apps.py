from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "cohorts"
    verbose_name = "Programmes and cohorts"

    def ready(self) -> None:
        from cohorts import messages, selectors
        from cohorts.registries import sections
        from cohorts.services.graduation_terms import GraduationSection
        from nextstep.accounts import people, roles

        sections.register(GraduationSection())
        messages.register_messages()
        people.register(selectors.ids_of_people_known_to)
        roles.register(selectors.role_names_of)
