"""Drafts: telling two versions of a page apart, and what becomes of verdicts as a whole."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from applications.rules.answers import text_of
from applications.rules.facts import Fact
from cohorts.rules.verdicts import Outcome, Verdict


def fingerprint(facts: Iterable[Fact], answers: Mapping[str, Any], typed: Mapping[str, Any] | None = None) -> str:
    """Stand for what is saved of a page: its answers, and what is `typed` there where some of it does not read."""
    held: list[Any] = [[fact.name, text_of(answers, fact.name)] for fact in facts]
    if typed:
        held.append(sorted(typed.items()))
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:16]


def worst(verdicts: Iterable[Verdict]) -> Outcome:
    """Not met beats needs a person beats met; without any rule everybody meets them."""
    outcomes = {verdict.outcome for verdict in verdicts}
    return next((o for o in (Outcome.NOT_MET, Outcome.NEEDS_PERSON) if o in outcomes), Outcome.MET)
