"""A form whose hidden token is out of date, for instance because the person signed in again in another tab."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from nextstep.accounts import held
from nextstep.accounts.models import User


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Hold what was sent and offer it back; a form that did not come from a page of ours is only refused."""
    if held.wants_a_piece(request):
        return HttpResponse("This page is out of date. Copy what you typed and load the page again.", status=403)
    if not held.may_be_held(request) or not held.came_from_here(request):
        return render(request, "accounts/csrf_failure.html", status=403)
    person = request.user if isinstance(request.user, User) else None
    row = held.hold(request, account=person)
    if row is None:
        return render(request, "accounts/csrf_failure.html", status=403)
    page = reverse("unsent", args=[row.pk])
    response = redirect(page) if person else redirect_to_login(page, reverse("account_login"))
    held.remember_browser(request, response)
    return response
