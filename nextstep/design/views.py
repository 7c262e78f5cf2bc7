"""The gallery of the demo."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nextstep.accounts.access import public
from nextstep.design.gallery import components, every_field


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component and field, as first met or (`?state=refused`) with errors. It exists in the demo only."""
    if not settings.DEMO:
        raise Http404
    refused = request.GET.get("state") == "refused"
    if refused:
        messages.success(request, "Your answers were saved.")
        messages.info(request, "The window closes tomorrow.")
    return render(request, "design/gallery.html", {"form": every_field(refused=refused), **components()})
