"""How people sign in, and which views need no decorator of `nextstep.accounts.access`."""

from typing import Any

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:dashboard"
LOGOUT_REDIRECT_URL = "home"
# A week: long enough for a draft, short enough for a computer on a ward.
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60
CSRF_FAILURE_VIEW = "nextstep.accounts.views.csrf_failure.csrf_failure"

# A person signs in with a code sent by e-mail. There are no passwords and no user names.
ACCOUNT_ADAPTER = "nextstep.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# The code proves the address: allauth's own table of addresses stays empty, the address is `User.email`.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
# The whole of it, from the address to the second factor, with two codes sent again.
ACCOUNT_LOGIN_TIMEOUT = 45 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# A whole hospital shares one address: generous for each address, strict for each person. With three tries a code,
# thirty codes a day leave a guesser one chance in ten thousand a day.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "120/m/ip,3/m/key,10/h/key,30/d/key",
    "login_failed": "300/m/ip,10/5m/key",
    "reauthenticate": "10/m/user",
    "change_email": "3/m/user,10/h/user",
    "hold_post": "60/m/ip",
}

MFA_ADAPTER = "nextstep.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "nextstep.accounts.forms.SecondFactorForm",
    "reauthenticate": "nextstep.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "nextstep.accounts.forms.AddAppForm",
    "add_webauthn": "nextstep.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "nextstep.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Next Step"
# Phones whose clock is half a minute out are common.
MFA_TOTP_TOLERANCE = 1

# Views that cannot carry a decorator. What is neither here nor declares its access is refused to everybody.
ACCESS_OF_THIRD_PARTIES: dict[str, Any] = {
    # The admin site asks further for a role and, where it is demanded, for a second factor.
    "namespace:admin": "signed_in",
    "allauth.account.views.LogoutView": "public",
    "allauth.account.views.AccountInactiveView": "public",
    # Half-way through signing in, there is nobody signed in yet: allauth checks the stage.
    "allauth.mfa.base.views.AuthenticateView": "public",
    "allauth.mfa.base.views.IndexView": "signed_in",
    "allauth.mfa.base.views.ReauthenticateView": "signed_in",
    "allauth.mfa.totp.views.ActivateTOTPView": "signed_in",
    "allauth.mfa.totp.views.DeactivateTOTPView": "signed_in",
    "allauth.mfa.recovery_codes.views.ViewRecoveryCodesView": "signed_in",
    "allauth.mfa.recovery_codes.views.GenerateRecoveryCodesView": "signed_in",
    "allauth.mfa.recovery_codes.views.DownloadRecoveryCodesView": "signed_in",
    "allauth.mfa.webauthn.views.ListWebAuthnView": "signed_in",
    "allauth.mfa.webauthn.views.AddWebAuthnView": "signed_in",
    "allauth.mfa.webauthn.views.EditWebAuthnView": "signed_in",
    "allauth.mfa.webauthn.views.RemoveWebAuthnView": "signed_in",
    "allauth.mfa.webauthn.views.ReauthenticateWebAuthnView": "signed_in",
}
