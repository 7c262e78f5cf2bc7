"""What narrows the list of applications."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from applications.enums import ApplicationState
from applications.models import Application
from cohorts.admin.scoped import cohorts_of


class StateFilter(admin.SimpleListFilter):
    """All that were sent unless told otherwise: drafts are their owners' own, and shown only when asked for."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in ApplicationState.choices]

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield {**first, "display": "All sent"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        return queryset.filter(state=self.value()) if self.value() else queryset.exclude(state=ApplicationState.DRAFT)


class DisciplineFilter(admin.SimpleListFilter):
    """The disciplines of the programmes that the person administers."""

    title = "discipline"
    parameter_name = "discipline"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = dict.fromkeys(name for cohort in cohorts_of(request) for name in cohort.programme.disciplines)
        return [(name, name) for name in names]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        return queryset.filter(discipline=self.value()) if self.value() else queryset


class ClashFilter(admin.SimpleListFilter):
    """Those who accepted and cannot attend every date."""

    title = "dates"
    parameter_name = "clash"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Clash declared")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        return queryset.filter(offers__clash__gt="") if self.value() == "yes" else queryset
