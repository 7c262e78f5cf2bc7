"""State changes as data, and the compare-and-swap that carries them out on any database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from nextstep.refusals import Refused, Stale


@dataclass(frozen=True)
class Transition:
    """A verb's states before and its state after, with the sentence shown where it is not allowed."""

    before: frozenset[str]
    after: str
    refusal: str

    def allows(self, state: str) -> bool:
        return state in self.before


Transitions = Mapping[str, Transition]


def change_state(obj: Model, transition: Transition, *, version: int | None = None, **fields: Any) -> None:
    """Move `obj` (fields `state` and `version`) along `transition` and set `fields`, or change nothing.

    `version` is the one the person saw; by default, the loaded object's.
    Raises Refused where the state forbids it, and Stale where somebody else was first.
    """
    if not transition.allows(obj.state):  # type: ignore[attr-defined]
        raise Refused(transition.refusal)
    change_fields(obj, version=version, state=transition.after, **fields)


def change_fields(obj: Model, *, version: int | None = None, **fields: Any) -> None:
    """Set `fields` on `obj` and raise its version by one, if nobody else changed it first.

    Raises Stale otherwise.
    """
    seen = obj.version if version is None else version  # type: ignore[attr-defined]
    as_seen = {"pk": obj.pk, "version": seen}
    if hasattr(obj, "state"):
        as_seen["state"] = obj.state
    if not type(obj)._default_manager.filter(**as_seen).update(version=seen + 1, **fields):
        raise Stale
    for name, value in fields.items():
        setattr(obj, name, value)
    obj.version = seen + 1  # type: ignore[attr-defined]
