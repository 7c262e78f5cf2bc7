"""A rule looks at each thing it cares about by itself; the worst finding decides, and every such reason is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.rules.verdicts import Outcome, Verdict


@dataclass(frozen=True)
class Finding:
    outcome: Outcome
    reason: str
    remedy: str = ""


def not_met(reason: str, remedy: str = "") -> Finding:
    return Finding(Outcome.NOT_MET, reason, remedy)


def needs_person(reason: str, remedy: str = "") -> Finding:
    return Finding(Outcome.NEEDS_PERSON, reason, remedy)


def verdict_from(rule: str, findings: Iterable[Finding | None], met: str) -> Verdict:
    """Not met beats a question for a person, which beats met. `met` is what is said where nothing stands against it."""
    found = [finding for finding in findings if finding is not None]
    for outcome in (Outcome.NOT_MET, Outcome.NEEDS_PERSON):
        worst = [finding for finding in found if finding.outcome == outcome]
        if worst:
            return Verdict(rule, outcome, _sentences(f.reason for f in worst), _sentences(f.remedy for f in worst))
    return Verdict(rule, Outcome.MET, met)


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(part for part in parts if part))
