"""Owners of the portal, and accounts that are closed."""

from django.db import transaction

from nextstep.accounts.models import User
from nextstep.accounts.permissions import check_may_manage_owners
from nextstep.audit.services import record
from nextstep.refusals import Refused


@transaction.atomic
def appoint_owner(*, email: str, full_name: str = "") -> bool:
    """Make the owner of this address, from the server's command line; whether anything changed.

    An account is made where there is none; a name that the person gave stays.
    """
    user = User.objects.with_email(email).first() or User.objects.create_user(email, full_name=full_name.strip())
    changed = not user.is_superuser
    make_owner(user=user, by=None)
    return changed


@transaction.atomic
def make_owner(*, user: User, by: User | None) -> None:
    """Let a person do everything. `by` None is the command line of the server."""
    if by is not None:
        check_may_manage_owners(by)
    if not user.is_superuser:
        user.is_superuser = True
        user.save(update_fields=["is_superuser"])
        record("accounts.made_owner", user, by=by)


@transaction.atomic
def end_ownership(*, user: User, by: User) -> None:
    """Take the ownership away. Raises Refused for the last owner: nobody could undo it."""
    check_may_manage_owners(by)
    _check_another_owner(user)
    if user.is_superuser:
        user.is_superuser = False
        user.save(update_fields=["is_superuser"])
        record("accounts.ownership_ended", user, by=by)


@transaction.atomic
def close_account(*, user: User, by: User, reason: str) -> None:
    """Let nobody sign in to this account any more. What it did stays. Raises Refused without a reason."""
    check_may_manage_owners(by)
    if not reason.strip():
        raise Refused("Give a reason for closing this account.")
    _check_another_owner(user)
    if user.is_active:
        user.is_active = False
        user.save(update_fields=["is_active"])
        record("accounts.closed", user, by=by, reason=reason.strip())


@transaction.atomic
def reopen_account(*, user: User, by: User, reason: str) -> None:
    """Let the person sign in again. Raises Refused without a reason."""
    check_may_manage_owners(by)
    if not reason.strip():
        raise Refused("Give a reason for opening this account again.")
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record("accounts.reopened", user, by=by, reason=reason.strip())


def _check_another_owner(user: User) -> None:
    others = User.objects.select_for_update().filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not list(others):
        raise Refused("This is the only owner of the portal. Make somebody else an owner first.")
