"""Which roles a person holds, told by the rooms above: this room knows no programme and no cohort."""

from collections.abc import Callable

from nextstep.accounts.models import User

OWNER = "owner"
# Who may administer others: only an owner may recover such an account.
ADMINISTERING = frozenset({OWNER, "administrator", "local_lead"})

_providers: list[Callable[[User], frozenset[str]]] = []


def register(provider: Callable[[User], frozenset[str]]) -> None:
    """Let `provider` name the roles it knows of: "administrator", "local_lead", "reviewer", "judge" and so on."""
    if provider not in _providers:
        _providers.append(provider)


def roles_of(user: User) -> frozenset[str]:
    own = frozenset({OWNER}) if user.is_superuser else frozenset()
    return own.union(*(provider(user) for provider in _providers))
