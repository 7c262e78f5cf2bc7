"""The pages of words."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nextstep.accounts.access import public
from nextstep.accounts.models import ContentPage
from nextstep.accounts.rules.markup import to_html


def content_page(slug: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view of one page of words."""

    @public
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        page = get_object_or_404(ContentPage, slug=slug)
        return render(request, "accounts/content_page.html", {"page": page, "words": to_html(page.body)})

    return view
