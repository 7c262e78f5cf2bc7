"""Signing in: the address, then the code."""

import logging
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.mixins import NextRedirectMixin
from allauth.account.stages import LoginByCodeStage
from allauth.account.views import RequestLoginCodeView
from allauth.core.exceptions import RateLimited
from anymail.exceptions import AnymailError
from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic.edit import FormView

from nextstep.accounts.access import public
from nextstep.accounts.forms import SignInCodeForm, SignInForm
from nextstep.accounts.sign_in import SignInProcess, may_ask_for_code

logger = logging.getLogger(__name__)

# What a mail server or service raises when it does not take a message.
MAIL_FAILED = (OSError, AnymailError)
NOT_SENT = "We could not send the email. Try again in a few minutes."
TOO_OFTEN = "You have asked for too many codes. Wait a few minutes and try again."


class SignInView(RequestLoginCodeView):
    form_class = SignInForm
    template_name = "account/sign_in.html"

    def get_form_class(self) -> type[Form]:
        return SignInForm

    def form_valid(self, form: SignInForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        if not may_ask_for_code(self.request, email):
            form.add_error("email", TOO_OFTEN)
            return self.form_invalid(form)
        try:
            SignInProcess.start(self.request, email)
        except MAIL_FAILED:
            logger.exception("A sign-in code could not be sent")
            form.add_error("email", NOT_SENT)
            return self.form_invalid(form)
        return HttpResponseRedirect(self.get_success_url())

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse:
        """On to the code that is under way, keeping where this visit wants to go."""
        return HttpResponseRedirect(self.passthrough_next_url(reverse(stage.urlname)))


@method_decorator(login_stage_required(LoginByCodeStage.key, redirect_urlname="account_login"), name="dispatch")
class SignInCodeView(NextRedirectMixin, FormView):
    form_class = SignInCodeForm
    template_name = "account/sign_in_code.html"
    process: SignInProcess

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        process = SignInProcess.resume(request._login_stage)  # type: ignore[attr-defined]  # noqa: SLF001
        if process is None:
            return self._start_again("Your code has expired. Ask for a new one.")
        self.process = process
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "resend":
            return self._resend()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: SignInCodeForm) -> HttpResponse:
        if self.process.matches(form.cleaned_data["code"]):
            return self.process.finish(self.get_next_url())
        if not self.process.record_invalid_attempt():
            return self._start_again("The code was wrong 3 times. Ask for a new one.")
        tries = self.process.tries_left
        form.add_error("code", f"The code is not correct. You have {tries} {'tries' if tries > 1 else 'try'} left.")
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "email": self.process.email, "can_resend": self.process.can_resend}

    def _resend(self) -> HttpResponse:
        try:
            if self.process.can_resend:
                self.process.resend()
                messages.success(self.request, "We have sent you a new code. The last one no longer works.")
        except RateLimited:
            messages.error(self.request, TOO_OFTEN)
        except MAIL_FAILED:
            logger.exception("A sign-in code could not be sent again")
            messages.error(self.request, NOT_SENT)
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_confirm_login_code")))

    def _start_again(self, why: str) -> HttpResponse:
        messages.error(self.request, why)
        return redirect(self.passthrough_next_url(reverse(settings.LOGIN_URL)))


sign_in = public(SignInView.as_view())
sign_in_code = public(SignInCodeView.as_view())
