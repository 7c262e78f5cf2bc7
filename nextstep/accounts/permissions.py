"""Who may do what to whose account."""

from nextstep.accounts.models import User
from nextstep.accounts.people import people_visible_to
from nextstep.accounts.roles import ADMINISTERING, roles_of
from nextstep.refusals import Refused


def may_recover(by: User, user: User) -> bool:
    """An owner may recover anybody else; another administrator only people of theirs who administer nothing.

    Otherwise recovering a colleague's account would be a way into their programme.
    """
    if by == user or not by.is_active:
        return False
    if by.is_superuser:
        return True
    return (
        not ADMINISTERING.isdisjoint(roles_of(by))
        and ADMINISTERING.isdisjoint(roles_of(user))
        and people_visible_to(by).filter(pk=user.pk).exists()
    )


def check_may_recover(by: User, user: User) -> None:
    if not may_recover(by, user):
        raise Refused("You cannot recover this account. Ask an owner of the portal to do it.")


def may_invite(by: User) -> bool:
    return not ADMINISTERING.isdisjoint(roles_of(by))


def may_manage_owners(by: User) -> bool:
    return by.is_active and by.is_superuser


def check_may_manage_owners(by: User) -> None:
    if not may_manage_owners(by):
        raise Refused("Only an owner of the portal can do this.")
