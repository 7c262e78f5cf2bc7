"""What every rule of eligibility shares: its parameters, checked by name, and the dates of the cohort."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from applications.rules import answers as given
from applications.rules.ntn import TrainingNumber, parse
from cohorts.rules.dates import CohortDates


class Rule:
    """One rule with its parameters, for the dates of one cohort. Answers are typed: see `rules.answers`."""

    code: ClassVar[str]
    facts: ClassVar[tuple[str, ...]]
    # The parameters that a programme file may give, and what each must be.
    accepts: ClassVar[Mapping[str, type]] = {}
    needs: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, parameters: Mapping[str, Any], dates: CohortDates) -> None:
        self.parameters = parameters
        self.dates = dates

    @classmethod
    def problems(cls, parameters: Mapping[str, Any]) -> list[str]:
        """What is wrong with a programme file's parameters, as sentences."""
        unknown = [f"{cls.code} has no setting called {name}." for name in parameters if name not in cls.accepts]
        missing = [f"{cls.code} needs {name}." for name in sorted(cls.needs - set(parameters))]
        wrong = [
            f"{name} must be {_KINDS[kind]}."
            for name, kind in cls.accepts.items()
            if name in parameters and not _is(parameters[name], kind)
        ]
        return [*unknown, *missing, *wrong] or cls.further_problems(parameters)

    @classmethod
    def further_problems(cls, parameters: Mapping[str, Any]) -> list[str]:  # noqa: ARG003 - for rules that override it
        """What a rule finds wrong in parameters of the right names and kinds."""
        return []


_KINDS: Mapping[type, str] = {str: "text", int: "a whole number", bool: "true or false"}


def _is(value: Any, kind: type) -> bool:
    if kind is int and isinstance(value, bool):
        return False
    return isinstance(value, kind)


def text(answers: Mapping[str, Any], name: str) -> str:
    return given.text_of(answers, name)


def day(answers: Mapping[str, Any], name: str) -> date | None:
    return given.day_of(answers, name)


def training_number(answers: Mapping[str, Any]) -> TrainingNumber | None:
    """The training number, or None where the person has not given one."""
    typed = text(answers, "ntn")
    return parse(typed) if typed and text(answers, "has_ntn") in {"yes", ""} else None
