"""The outbox for the owner: what was sent, what failed and why; what was given up can be sent again."""

from typing import TYPE_CHECKING, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from nextstep.audit.admin import ReadOnlyForOwners
from nextstep.audit.presenters import rendered_timeline
from nextstep.notifications.models import Message
from nextstep.notifications.services import send_again
from nextstep.refusals import Refused

if TYPE_CHECKING:
    from nextstep.accounts.models import User


@admin.register(Message)
class MessageAdmin(ReadOnlyForOwners):
    list_display = ["queued_at", "code", "address", "state", "attempts", "sent_at", "error"]
    list_filter = ["state", "code"]
    list_per_page = 50
    search_fields = ["address", "subject", "occasion", "message_id"]
    show_full_result_count = False
    actions = ["send_given_up_again"]
    fields = [
        "code",
        "occasion",
        "person",
        "address",
        "subject",
        "text",
        "calendar",
        "state",
        "queued_at",
        "due_at",
        "attempts",
        "sent_at",
        "error",
        "message_id",
        "history",
    ]
    readonly_fields = ["history"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        # A list of 50 needs no 50 pages of HTML.
        return super().get_queryset(request).defer("html")

    @admin.display(description="History")
    def history(self, message: Message) -> SafeString:
        return rendered_timeline(message)

    @admin.action(description="Send again what was given up", permissions=["view"])
    def send_given_up_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        sent = 0
        for message in queryset:
            try:
                send_again(message=message, by=cast("User", request.user))
                sent += 1
            except Refused as refusal:
                self.message_user(request, f"{message}: {refusal}", messages.WARNING)
        if sent:
            self.message_user(request, f"{sent} put back into the queue. They go within a minute.", messages.SUCCESS)
