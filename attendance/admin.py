"""Registers and decisions, to be looked at. They are written in the register itself."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from attendance.models import Excusal, Mark
from cohorts.admin.scoped import CohortFilter, ScopedAdmin
from nextstep.design.furniture import link


class _RegisterAdmin(ScopedAdmin):
    """What marks and excusals share: a row is of a fellow and a session, and is changed in the register."""

    may_change = False
    cohort_path = "session__cohort"
    list_select_related: ClassVar[tuple[str, ...]] = ("session__cohort__programme", "place__fellow")
    search_fields = ("place__fellow__full_name", "place__fellow__email", "session__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.list_select_related)

    @admin.display(description="Fellow", ordering="place__fellow__full_name")
    def fellow(self, row: Any) -> str:
        return row.place.fellow.get_full_name()

    @admin.display(description="Cohort")
    def cohort(self, row: Any) -> str:
        return str(row.session.cohort)

    @admin.display(description="Cohort")
    def cohort_name(self, row: Any) -> str:
        return str(row.session.cohort.name)

    @admin.display(description="Change it")
    def in_the_register(self, row: Any) -> SafeString:
        address = reverse("attendance:person", args=[row.session.public_id, row.place.public_id])
        return link("Open the register at this person", address)


@admin.register(Mark)
class MarkAdmin(_RegisterAdmin):
    list_display = ("fellow", "session", "state", "minutes", "marked_by", "marked_at", "cohort")
    list_filter = (CohortFilter.for_path("session__cohort"), "state")
    list_select_related = (*_RegisterAdmin.list_select_related, "marked_by")
    fields = ("fellow", "session", "state", "minutes", "marked_by", "marked_at", "in_the_register")
    readonly_fields = fields
    ordering = ("-session__starts_at", "place__fellow__full_name")


@admin.register(Excusal)
class ExcusalAdmin(_RegisterAdmin):
    list_display = ("fellow", "session", "effect", "decided_by", "decided_at", "cohort")
    list_filter = (CohortFilter.for_path("session__cohort"), "effect")
    list_select_related = (*_RegisterAdmin.list_select_related, "decided_by")
    fields = ("fellow", "session", "effect", "reason", "decided_by", "decided_at", "in_the_register")
    readonly_fields = fields
    ordering = ("-session__starts_at", "place__fellow__full_name")
