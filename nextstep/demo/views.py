"""The demo's own pages: its people, each signed in with one click. None of it exists outside the demo."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from nextstep.accounts.access import public
from nextstep.demo.selectors import guests, may_be_signed_in_as

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/people.html", {"guests": guests()})


@public
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    user = next((one for one in may_be_signed_in_as() if str(one.public_id) == request.POST.get("person")), None)
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    return redirect("portal:dashboard")
