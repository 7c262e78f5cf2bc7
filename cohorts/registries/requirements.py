"""Classes of attendance requirements, by the code that `AttendanceRequirement.rule` gives: all, at_least or share."""

from typing import ClassVar, Protocol, TypeVar

from cohorts.models import AttendanceRequirement


class RequirementRule(Protocol):
    """How many of the sessions of a kind must be attended. What counts as attended is the registering room's affair."""

    code: ClassVar[str]

    def __init__(self, amount: int | None) -> None: ...

    @classmethod
    def problems(cls, amount: int | None, sessions: int) -> list[str]:
        """What is wrong with `amount` where the cohort has so many `sessions` of the kind, as sentences."""

    def describe(self, session_kind: str, sessions: int) -> str:
        """The requirement in plain English, for instance "You must attend at least 4 of the 6 masterclasses."."""


RequirementClass = type[RequirementRule]
AnyRequirement = TypeVar("AnyRequirement", bound=type)

_classes: dict[str, RequirementClass] = {}


class UnknownRequirement(LookupError):
    """No room registered a requirement of this code."""


def register(requirement_class: AnyRequirement) -> AnyRequirement:
    """Make `requirement_class` known under its code. Also a class decorator. Doing it again changes nothing."""
    code: str = requirement_class.code  # type: ignore[attr-defined]
    if _classes.setdefault(code, requirement_class) is not requirement_class:
        raise ValueError(f"Two attendance requirements call themselves {code}.")
    return requirement_class


def codes() -> list[str]:
    return sorted(_classes)


def requirement_class(code: str) -> RequirementClass:
    """The class registered as `code`. Raises UnknownRequirement."""
    try:
        return _classes[code]
    except KeyError:
        raise UnknownRequirement(f"No attendance requirement is called {code}.") from None


def requirement_of(row: AttendanceRequirement) -> RequirementRule:
    return requirement_class(row.rule)(row.amount)
