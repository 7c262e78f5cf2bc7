"""The demo's mailbox: what the portal sent, since the demo sends it nowhere."""

from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from nextstep.accounts.access import public
from nextstep.notifications.models import Message
from nextstep.notifications.presenters import MAILBOX_HEAD, Mail, mailbox_rows
from nextstep.notifications.selectors import mailbox

# A mail's styles stand in its tags, as mail programs demand; nothing else of it is let through.
_MAIL_POLICY = {
    "default-src": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
    "img-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
}


@public
@require_safe
def show_mailbox(request: HttpRequest) -> HttpResponse:
    """50 messages a page, newest first; `?to=` shows those to one address."""
    address = request.GET.get("to", "").strip()
    page = Paginator(mailbox(address), 50).get_page(request.GET.get("page"))
    context = {"page": page, "head": MAILBOX_HEAD, "rows": mailbox_rows(page), "address": address}
    return render(request, "notifications/mailbox.html", context)


@public
@require_safe
def show_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: its HTML in a frame, its text, its calendar part."""
    return render(request, "notifications/mail.html", {"mail": Mail(get_object_or_404(Message, pk=pk))})


@public
@require_safe
@xframe_options_sameorigin
@csp_replace(_MAIL_POLICY)  # type: ignore[arg-type] # its types know no view with arguments
def show_mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML alone, for the frame."""
    return HttpResponse(get_object_or_404(Message, pk=pk).html)
