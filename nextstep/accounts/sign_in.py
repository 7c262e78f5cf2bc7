"""Signing in with a code: allauth's process, with the account made at the end and the code stored nowhere."""

import time
from typing import Any, Self

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from nextstep.accounts.codes import digest_of, is_code
from nextstep.accounts.models import User
from nextstep.accounts.models.user import normal_email
from nextstep.accounts.services import join

TRIES = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
MINUTES = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
_RATES = {"try_code": f"{TRIES}/1h/key"}


def may_ask_for_code(request: HttpRequest, email: str) -> bool:
    """Count one request for a code to this address, from this computer's address."""
    return bool(ratelimit.consume(request, app="allauth.account", action="request_login_code", key=normal_email(email)))


def may_try_code(request: HttpRequest, key: str) -> bool:
    """Count one try of the code `key`: of a hundred tries at once, each would read nought in the session."""
    return bool(ratelimit.consume(request, app="nextstep.accounts", action="try_code", config=_RATES, key=key))


class SignInProcess(LoginCodeVerificationProcess):
    """From the address to the account. An address without an account gets a code too, and the account at the end."""

    @classmethod
    def start(cls, request: HttpRequest, email: str) -> Self:
        user = User.objects.with_email(email).first()
        login = Login(user=user, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=email), initiated_by_user=True)
        process = cls(stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: Any) -> Self | None:
        return cls(stage).abort_if_invalid()

    @property
    def email(self) -> str:
        return str(self.state["email"])

    @property
    def tries_left(self) -> int:
        return TRIES - int(self.state["failed_attempts"])

    def generate_code(self) -> str:
        code = get_adapter().generate_login_code()
        self.state.update(nonce=get_random_string(22), at=time.time(), failed_attempts=0, digest="")
        self.state["digest"] = digest_of(code, purpose=self._purpose)
        return str(code)

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:  # noqa: FBT001, FBT002 - allauth's
        if self.user is not None and not self.user.is_active:
            self.state.update(digest="", nonce=get_random_string(22))
            get_adapter().send_mail("account/email/closed", email, {})
            return
        get_adapter().send_mail("account/email/login_code", email, {"code": self.generate_code(), "minutes": MINUTES})

    def matches(self, typed: str) -> bool:
        """Whether this is the code. Each question counts as a try."""
        return may_try_code(self.request, self.state["nonce"]) and is_code(
            typed, self.state["digest"], purpose=self._purpose
        )

    def resend(self) -> None:
        """Send a new code, with a new ten minutes. Raises RateLimited."""
        if not may_ask_for_code(self.request, self.email):
            raise RateLimited
        self.send()
        self.record_resend()
        self.persist()

    def finish(self, redirect_url: str | None) -> HttpResponse:
        user = self.user or join(email=self.email)
        record_authentication(self.request, user, method="code", email=self.email)
        return perform_login(self.request, Login(user=user, redirect_url=redirect_url, email=self.email))

    @property
    def _purpose(self) -> str:
        return f"sign-in:{self.email}:{self.state['nonce']}"
