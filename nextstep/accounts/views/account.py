"""One's own account."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from nextstep.accounts import second_factor, services
from nextstep.accounts.access import signed_in
from nextstep.accounts.forms import DetailsForm
from nextstep.accounts.models import User
from nextstep.accounts.presenters import account_rows


def person_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    return render(request, "account/account.html", {"rows": account_rows(person, second_factor.has_one(person))})


@signed_in
def details(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = DetailsForm(request.POST or None, initial=DetailsForm.initial_of(person))
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        services.record_name(user=person, full_name=answers["full_name"], by=person)
        services.record_registration(user=person, body=answers["body"], number=answers["number"], by=person)
        messages.success(request, "We have saved your details.")
        return redirect("account")
    return render(request, "account/details.html", {"form": form})


@signed_in
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    services.sign_out_everywhere(user=person, by=person)
    logout(request)
    messages.success(request, "You are signed out on every device.")
    return redirect("account_login")


@signed_in
@require_safe
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Say why the next page wants a second factor, and lead to giving it or setting one up."""
    following = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts=None) or not following.startswith("/"):
        following = "/"
    if not second_factor.is_missing(request):
        return redirect(following)
    return render(
        request,
        "account/second_factor_needed.html",
        {"has_one": second_factor.has_one(person_of(request)), "next": following},
    )
