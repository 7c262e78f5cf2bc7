"""Drafts: telling two versions of a page apart, and what becomes of verdicts as a whole."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from applications.rules.answers import text_of
from applications.rules.facts import Fact
from cohorts.rules.verdicts import Outcome, Verdict


def fingerprint(facts: Iterable[Fact], answers: Mapping[str, Any]) -> str:
    """Stand for the saved answers of a page: it changes exactly when one of them does."""
    held = [[fact.name, text_of(answers, fact.name)] for fact in facts]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:16]


def worst(verdicts: Iterable[Verdict]) -> Outcome:
    """Not met beats needs a person beats met; without any rule everybody meets them."""
    outcomes = {verdict.outcome for verdict in verdicts}
    return next((o for o in (Outcome.NOT_MET, Outcome.NEEDS_PERSON) if o in outcomes), Outcome.MET)
