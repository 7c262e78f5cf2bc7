"""Every write to people, their accounts and the pages of words."""

from nextstep.accounts.services.content import edit_page
from nextstep.accounts.services.email_change import change_email
from nextstep.accounts.services.ownership import (
    appoint_owner,
    close_account,
    end_ownership,
    make_owner,
    reopen_account,
)
from nextstep.accounts.services.people import invite, join, record_name, record_registration, sign_out_everywhere
from nextstep.accounts.services.recovery import recover_account

__all__ = [
    "appoint_owner",
    "change_email",
    "close_account",
    "edit_page",
    "end_ownership",
    "invite",
    "join",
    "make_owner",
    "record_name",
    "record_registration",
    "recover_account",
    "reopen_account",
    "sign_out_everywhere",
]
