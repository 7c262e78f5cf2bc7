"""A person's new address. Who proved what is checked by the caller: codes from both addresses, or an administrator."""

from django.db import IntegrityError, transaction

from nextstep.accounts import post
from nextstep.accounts.models import User
from nextstep.accounts.models.user import normal_email
from nextstep.audit.services import CHANGED, record
from nextstep.refusals import Refused

TAKEN = "Another account already uses this email address."


@transaction.atomic
def change_email(*, user: User, email: str, by: User) -> None:
    """Move the account to a new address, end its other sessions, and tell both addresses.

    Raises Refused where another account has the address.
    """
    before = user.email
    move_to(user=user, email=email)
    event = record("accounts.email_changed", user, by=by, after={"email": CHANGED})
    for address in (before, user.email):
        post.queue(
            code="accounts.email_changed",
            to=address,
            occasion=f"event:{event.pk}:{address}",
            context={"person": user, "email": user.email},
        )


def move_to(*, user: User, email: str) -> None:
    """Set the address and end every session, in the caller's transaction. Raises Refused where it is taken."""
    user.email = normal_email(email)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "password"])
    except IntegrityError as taken:
        user.refresh_from_db(fields=["email", "password"])
        raise Refused(TAKEN) from taken
