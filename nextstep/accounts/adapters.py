"""Where allauth asks how this portal does things."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from nextstep.accounts import post
from nextstep.accounts.codes import new_code
from nextstep.accounts.models import User
from nextstep.accounts.sealing import seal, unseal
from nextstep.accounts.services.second_factor import record_change

_SECOND_FACTOR = "second-factor"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": "Too many attempts. Wait a few minutes and try again.",
        "rate_limited": "Too many attempts. Wait a few minutes and try again.",
        "incorrect_code": "The code is not correct",
    }

    def generate_login_code(self) -> str:
        return new_code()

    def format_email_subject(self, subject: str) -> str:
        return subject

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        message = super().render_mail(*args, **kwargs)
        # Out-of-office replies to a code help nobody.
        message.extra_headers.setdefault("Auto-Submitted", "auto-generated")
        return message

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """A code where there is an app, else the passkey: recovery codes alone are no reason to ask for a code."""
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            passkey = method["url"] == reverse("mfa_reauthenticate_webauthn")
            method["description"] = "Use your passkey" if passkey else "Use a code from your app, or a recovery code"
        has_app = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
        return methods if has_app else methods[::-1]

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell of a change to the second factor through the outbox, and keep it in the audit."""
        what = template_prefix.rpartition("/")[2]
        if what in post.SECOND_FACTOR_CHANGES:
            record_change(user=user, what=what)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not correct",
    }

    def encrypt(self, text: str) -> str:
        return seal(text.encode(), purpose=_SECOND_FACTOR).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text.encode(), purpose=_SECOND_FACTOR).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {number + 1}"

    def get_totp_issuer(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)
