"""The pages of words, for owners."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nextstep.accounts import services
from nextstep.accounts.admin.base import AuditedAdmin
from nextstep.accounts.admin.forms import AsSeenForm
from nextstep.accounts.models import ContentPage
from nextstep.accounts.permissions import may_manage_owners


@admin.register(ContentPage)
class ContentPageAdmin(AuditedAdmin):
    form = AsSeenForm
    list_display = ["title", "address", "updated_at"]
    fieldsets = [
        (None, {"fields": ["address", "title", "as_seen", "body", "updated_at"]}),
        ("History", {"fields": ["what_happened"]}),
    ]
    readonly_fields = ["address", "updated_at", "what_happened"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_manage_owners(request.user)  # type: ignore[arg-type]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_manage_owners(request.user)  # type: ignore[arg-type]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_manage_owners(request.user)  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="Address")
    def address(self, page: ContentPage) -> SafeString:
        return format_html('<a href="{0}">{0}</a>', reverse(page.slug))

    def save_model(self, request: HttpRequest, obj: ContentPage, form: Any, change: bool) -> None:  # noqa: FBT001
        services.edit_page(page=obj, title=obj.title, body=obj.body, by=request.user)  # type: ignore[arg-type]
