"""An administrator lets somebody back in who lost their mailbox or their second factor."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from nextstep.accounts import post
from nextstep.accounts.models import User
from nextstep.accounts.models.user import normal_email
from nextstep.accounts.permissions import check_may_recover
from nextstep.accounts.services.email_change import move_to
from nextstep.audit.services import CHANGED, record
from nextstep.refusals import Refused


@transaction.atomic
def recover_account(*, user: User, reason: str, by: User, email: str = "", remove_second_factor: bool = False) -> None:
    """Give the account a new address, take its second factor away, or both; end its sessions and tell both addresses.

    Raises Refused without a reason, without anything to do, where `by` may not, or where the address is taken.
    """
    check_may_recover(by, user)
    before, email = user.email, normal_email(email) or user.email
    if not reason.strip():
        raise Refused("Give a reason: how do you know that this is their account?")
    if email == before and not remove_second_factor:
        raise Refused("Enter a new email address, or choose to remove the second factor.")
    removed = Authenticator.objects.filter(user=user).delete()[0] if remove_second_factor else 0
    move_to(user=user, email=email)
    changes = {"email": CHANGED} if email != before else {}
    event = record(
        "accounts.recovered", user, by=by, after={**changes, "second_factors_removed": removed}, reason=reason.strip()
    )
    _tell(user, {before, email}, moved=email != before, removed=remove_second_factor, occasion=f"event:{event.pk}")


def _tell(user: User, addresses: set[str], *, moved: bool, removed: bool, occasion: str) -> None:
    for address in sorted(addresses):
        post.queue(
            code="accounts.recovered",
            to=address,
            occasion=f"{occasion}:{address}",
            context={"person": user, "email": user.email, "moved": moved, "second_factor_removed": removed},
        )
