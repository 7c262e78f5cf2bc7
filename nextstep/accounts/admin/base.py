"""What the admins of this room share: services write, the audit tells, nothing is deleted."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString

from nextstep.audit.presenters import rendered_timeline


class AuditedAdmin(admin.ModelAdmin):
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="What happened")
    def what_happened(self, obj: Model) -> SafeString:
        return rendered_timeline(obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The page itself shows what happened, from the audit."""
        return HttpResponseRedirect(f"../../{object_id}/change/")

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Write nothing: the services write the audit, with reasons."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Write nothing: the services write the audit, with reasons."""
