"""What narrows the list of applications."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from applications.enums import ApplicationState
from applications.models import Application
from cohorts.selectors import cohorts_administered_by


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
    """The disciplines of the programmes that the person administers: one small query, whatever the applications."""

    title = "discipline"
    parameter_name = "discipline"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        cohorts = cohorts_administered_by(request.user)
        lists = cohorts.order_by().values_list("programme__disciplines", flat=True)
        names = dict.fromkeys(name for disciplines in lists for name in disciplines or [])
        return [(name, name) for name in names]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        return queryset.filter(discipline=self.value()) if self.value() else queryset
