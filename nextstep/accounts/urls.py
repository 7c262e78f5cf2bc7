"""Signing in and one's own account. Of allauth's views only those without passwords are let in."""

from allauth.account import views as allauth_views
from django.urls import include, path

from nextstep.accounts.views import account, email_change, held, second_factor, sign_in

urlpatterns = [
    path("", account.account, name="account"),
    path("details/", account.details, name="account_details"),
    path("email/", email_change.change_email, name="account_change_email"),
    path("email/codes/", email_change.change_email_codes, name="account_change_email_codes"),
    path("sign-out-everywhere/", account.sign_out_everywhere, name="account_sign_out_everywhere"),
    path("sign-in/", sign_in.sign_in, name="account_login"),
    # Allauth asks for the same page by this name too.
    path("sign-in/", sign_in.sign_in, name="account_request_login_code"),
    path("sign-in/code/", sign_in.sign_in_code, name="account_confirm_login_code"),
    path("sign-out/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("second-factor/needed/", account.second_factor_needed, name="second_factor_needed"),
    path("second-factor/totp/activate/", second_factor.add_app, name="mfa_activate_totp"),
    path("second-factor/webauthn/add/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("unsent/<uuid:held_id>/", held.unsent, name="unsent"),
    path("unsent/<uuid:held_id>/send/", held.send_unsent, name="unsent_send"),
    path("unsent/<uuid:held_id>/delete/", held.delete_unsent, name="unsent_delete"),
]
