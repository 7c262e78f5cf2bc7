"""Classes of eligibility rules, by the code that programme files and `EligibilityCriterion.rule` use."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Protocol, TypeVar

from cohorts.models import Cohort, EligibilityCriterion
from cohorts.rules.dates import CohortDates
from cohorts.rules.verdicts import Verdict


class EligibilityRule(Protocol):
    """One rule with its parameters, for the dates of one cohort."""

    code: ClassVar[str]
    # The names of the answers that the rule reads: an application form asks only for those of its cohort's rules.
    facts: ClassVar[tuple[str, ...]]

    def __init__(self, parameters: Mapping[str, Any], dates: CohortDates) -> None: ...

    @classmethod
    def problems(cls, parameters: Mapping[str, Any]) -> list[str]:
        """What is wrong with a programme file's parameters, as sentences."""

    def describe(self) -> str:
        """The rule in plain English, for the public page: one sentence that stands by itself."""

    def verdict(self, answers: Mapping[str, Any], today: date) -> Verdict: ...


RuleClass = type[EligibilityRule]
AnyRule = TypeVar("AnyRule", bound=type)

_classes: dict[str, RuleClass] = {}


class UnknownRule(LookupError):
    """No room registered a rule of this code."""


def register(rule_class: AnyRule) -> AnyRule:
    """Make `rule_class` known under its code. Also a class decorator. Registering it again changes nothing."""
    code: str = rule_class.code  # type: ignore[attr-defined]
    if _classes.setdefault(code, rule_class) is not rule_class:
        raise ValueError(f"Two eligibility rules call themselves {code}.")
    return rule_class


def codes() -> list[str]:
    return sorted(_classes)


def rule_class(code: str) -> RuleClass:
    """The class registered as `code`. Raises UnknownRule."""
    try:
        return _classes[code]
    except KeyError:
        raise UnknownRule(f"No eligibility rule is called {code}.") from None


def rule_of(criterion: EligibilityCriterion, dates: CohortDates) -> EligibilityRule:
    return rule_class(criterion.rule)(criterion.parameters, dates)


def rules_of(cohort: Cohort) -> list[EligibilityRule]:
    """A cohort's rules in the order of its file: one query, or none where `eligibility_criteria` is prefetched."""
    return [rule_of(criterion, cohort.dates) for criterion in cohort.eligibility_criteria.all()]


def facts_of(rules: list[EligibilityRule]) -> list[str]:
    """The answers that these rules need, each once, in the order in which they are first asked for."""
    return list(dict.fromkeys(fact for rule in rules for fact in rule.facts))
