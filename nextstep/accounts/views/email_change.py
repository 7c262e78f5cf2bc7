"""Changing one's address, in two pages: the new address, then a code from each mailbox."""

import logging

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nextstep.accounts import services
from nextstep.accounts.access import signed_in
from nextstep.accounts.email_change import EmailChange
from nextstep.accounts.forms import EmailCodesForm, NewEmailForm
from nextstep.accounts.views.account import person_of
from nextstep.accounts.views.sign_in import MAIL_FAILED, NOT_SENT, TOO_OFTEN
from nextstep.refusals import Refused

logger = logging.getLogger(__name__)


@signed_in
def change_email(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = NewEmailForm(request.POST or None, user=person)
    if request.method == "POST" and form.is_valid():
        try:
            if EmailChange.start(request, person, form.cleaned_data["email"]) is not None:
                return redirect("account_change_email_codes")
            form.add_error("email", TOO_OFTEN)
        except MAIL_FAILED:
            logger.exception("The codes for a new address could not be sent")
            form.add_error("email", NOT_SENT)
    return render(request, "account/change_email.html", {"form": form, "person": person})


@signed_in
def change_email_codes(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    change = EmailChange.resume(request, person)
    if change is None:
        messages.error(request, "The codes have expired. Start again to get new ones.")
        return redirect("account_change_email")
    form = EmailCodesForm(request.POST or None, old=person.email, new=change.email)
    if request.method == "POST" and form.is_valid():
        return _try(request, change, form)
    return render(request, "account/change_email_codes.html", {"form": form, "change": change})


def _try(request: HttpRequest, change: EmailChange, form: EmailCodesForm) -> HttpResponse:
    right = change.matches(old=form.cleaned_data["old_code"], new=form.cleaned_data["new_code"])
    if all(right.values()):
        return _finish(request, change)
    if change.tries_left < 1:
        change.end()
        messages.error(request, "A code was wrong 3 times. Start again to get new ones.")
        return redirect("account_change_email")
    for field in (name for name, is_right in right.items() if not is_right):
        form.add_error(field, f"This code is not correct. Tries left: {change.tries_left}")
    return render(request, "account/change_email_codes.html", {"form": form, "change": change})


def _finish(request: HttpRequest, change: EmailChange) -> HttpResponse:
    change.end()
    try:
        services.change_email(user=change.user, email=change.email, by=change.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("account_change_email")
    # Other devices are signed out; this one goes on.
    update_session_auth_hash(request, change.user)
    messages.success(request, f"Your email address is now {change.email}. Other devices are signed out.")
    return redirect("account")
