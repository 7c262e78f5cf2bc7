"""An office of the administration: who saves, adds and acts there, and who may not."""

from typing import Any

from django.db.models import Model
from django.urls import reverse

from cohorts.models import Cohort
from nextstep.accounts.models import User
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.applications import next_step_cohort
from tests.factories.cohorts import TeamRoleFactory
from tests.journeys.scenes import Scene

SAVE = {"_save": "Save"}
CHANGED = "This has changed since you opened the page. Check it and try again."
ACCOUNT_THERE = "There is an account with this email address already."
ELSE = "Somebody else changed this since you opened the page."
WORDS = "We tested a checklist & a huddle; “three cycles”."


class Office:
    """A cohort, its administrator, an owner, and those who may do nothing with it."""

    def __init__(self) -> None:
        self.cohort: Cohort = next_step_cohort(places=2)
        self.ada: User = UserFactory(full_name="Ada Ledger")
        TeamRoleFactory(administrator=True, person=self.ada, programme=self.cohort.programme)
        self.owner: User = OwnerFactory(full_name="Olive Owner")
        elsewhere = TeamRoleFactory(administrator=True).person
        self.others: list[User] = [elsewhere, UserFactory(full_name="Somebody Else")]

    def changes(self, thing: Model, data: dict[str, Any], **further: Any) -> Scene:
        """Saving the form of a thing; read anew for what is stored."""
        field = next(name for name in data if name != "_save")
        manager = type(thing)._base_manager
        return Scene(
            by=self.ada,
            path=address(thing, "change", thing.pk),
            data={**data, **SAVE},
            **{"stored": lambda: getattr(manager.get(pk=thing.pk), field), "others": self.others, **further},
        )

    def adds(self, model: type[Model], data: dict[str, Any], **further: Any) -> Scene:
        return Scene(
            by=self.ada,
            path=address(model, "add"),
            data={**data, **SAVE},
            **{"stored": model._base_manager.count, "others": self.others, **further},
        )

    def acts(self, thing: Model, action: str, **further: Any) -> Scene:
        """An action of the list, on one thing of it."""
        chosen = {"action": action, "_selected_action": [str(thing.pk)]}
        manager = type(thing)._base_manager
        kept = {"by": self.ada, "stored": lambda: manager.get(pk=thing.pk).state, "others": self.others}  # type: ignore[attr-defined]
        return Scene(path=address(thing, "changelist"), **{"data": chosen, **kept, **further})


def address(thing: Any, view: str, *parts: Any) -> str:
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_{view}", args=parts)
