"""The messages of accounts: that room lies beneath notifications, so the roof registers its mails for it."""

from nextstep.accounts import post
from nextstep.notifications.catalogue import MessageType, register
from nextstep.notifications.services import queue_message

ACCOUNT_MESSAGES = (
    MessageType(
        code="accounts.invitation",
        subject="You are invited to the Next Step portal",
        template="accounts/mail/invitation.txt",
        about="Somebody whom an administrator invites, at once.",
    ),
    MessageType(
        code="accounts.email_changed",
        subject="Your email address has been changed",
        template="accounts/mail/email_changed.txt",
        about="The old and the new address of somebody who changed theirs, at once.",
    ),
    MessageType(
        code="accounts.recovered",
        subject="Your account has been recovered",
        template="accounts/mail/recovered.txt",
        about="The old and the new address of an account that an administrator recovered, at once.",
    ),
    MessageType(
        code="accounts.second_factor_changed",
        subject="How you confirm that it is you has changed",
        template="accounts/mail/second_factor_changed.txt",
        about="Somebody who added or removed an authenticator app, a passkey or recovery codes, at once.",
    ),
)


def register_messages() -> None:
    for message in ACCOUNT_MESSAGES:
        register(message)
    post.deliver_by(queue_message)
