"""The owner reads what happened; nobody writes it here."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from nextstep.audit.models import Event


class ReadOnlyForOwners(admin.ModelAdmin):
    """An admin in which rows are looked at and never added, changed or deleted, and only by owners."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyForOwners):
    list_display = ["at", "actor", "verb", "object_type", "object_label"]
    list_select_related = ["actor"]
    list_per_page = 50
    date_hierarchy = "at"
    search_fields = ["verb", "object_label", "object_id", "actor__email"]
    # A count over the whole of an audit trail would grow with the years.
    show_full_result_count = False
