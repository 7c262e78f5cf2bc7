"""The sections `eligibility` and `documents` of a programme file."""

import re
from collections.abc import Mapping
from typing import Any

from applications.models import Document
from cohorts.models import Cohort, EligibilityCriterion, RequiredDocument
from cohorts.registries import eligibility
from cohorts.rules.problems import Problem
from nextstep.accounts.models import User
from nextstep.audit.services import record


class EligibilitySection:
    """A list of tables, each with `rule` and the settings of that rule."""

    key = "eligibility"

    def validate(self, data: Any, cohort_data: Mapping[str, Any]) -> list[Problem]:
        if not isinstance(data, list):
            return [Problem("", "This must be a list of tables, each with a rule.")]
        problems = [
            problem.under(f"[{index}]") for index, item in enumerate(data) for problem in _criterion_problems(item)
        ]
        codes = [item["rule"] for item in data if isinstance(item, Mapping) and isinstance(item.get("rule"), str)]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        return problems + [Problem("", f"The rule {code} is given twice.") for code in twice]

    def orphans(self, cohort: Cohort, data: Any) -> list[str]:
        """Nothing: what was submitted keeps the rules and verdicts it was judged by, and drafts are judged anew."""
        return []

    def apply(self, cohort: Cohort, data: Any, by: User | None) -> list[str]:
        wanted = [(item["rule"], _parameters(item)) for item in data or []]
        there = list(cohort.eligibility_criteria.order_by("position").values_list("rule", "parameters"))
        if there == wanted:
            return []
        cohort.eligibility_criteria.all().delete()
        EligibilityCriterion.objects.bulk_create(
            EligibilityCriterion(cohort=cohort, position=position, rule=rule, parameters=parameters)
            for position, (rule, parameters) in enumerate(wanted, start=1)
        )
        before, after = [rule for rule, _ in there], [rule for rule, _ in wanted]
        record("applications.eligibility_set", cohort, by=by, before={"rules": before}, after={"rules": after})
        return [f"eligibility: {', '.join(after) or 'none'}"]


def _criterion_problems(item: Any) -> list[Problem]:
    if not isinstance(item, Mapping) or not isinstance(item.get("rule"), str):
        return [Problem("rule", 'Say which rule, for instance { rule = "holds_ntn" }.')]
    try:
        rule_class = eligibility.rule_class(item["rule"])
    except eligibility.UnknownRule:
        return [Problem("rule", f"No rule is called {item['rule']}. There are {', '.join(eligibility.codes())}.")]
    return [Problem("", sentence) for sentence in rule_class.problems(_parameters(item))]


def _parameters(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "rule"}


class DocumentsSection:
    """A list of tables with `kind`, `label` and, where more than one is asked for, `number`."""

    key = "documents"

    def validate(self, data: Any, cohort_data: Mapping[str, Any]) -> list[Problem]:
        if not isinstance(data, list):
            return [Problem("", "This must be a list of tables, each with kind and label.")]
        problems = [
            problem.under(f"[{index}]") for index, item in enumerate(data) for problem in _document_problems(item)
        ]
        kinds = [item.get("kind") for item in data if isinstance(item, Mapping)]
        twice = sorted({kind for kind in kinds if isinstance(kind, str) and kinds.count(kind) > 1})
        return problems + [Problem("", f"The kind {kind} is given twice. Use number for several.") for kind in twice]

    def orphans(self, cohort: Cohort, data: Any) -> list[str]:
        wanted = {item["kind"]: item.get("number", 1) for item in data or []}
        sent = Document.objects.filter(required__cohort=cohort).select_related("required")
        lost: dict[str, int] = {}
        for document in sent.defer("text"):
            if document.number > wanted.get(document.required.kind, 0):
                lost[document.required.label] = lost.get(document.required.label, 0) + 1
        return [
            f"Applicants have sent {count} documents “{label}” that this file no longer asks for."
            for label, count in sorted(lost.items())
        ]

    def apply(self, cohort: Cohort, data: Any, by: User | None) -> list[str]:
        wanted = {item["kind"]: (position, item) for position, item in enumerate(data or [], start=1)}
        there = {row.kind: row for row in cohort.required_documents.all()}
        lines = [_removed(row) for kind, row in there.items() if kind not in wanted]
        for kind, (position, item) in wanted.items():
            lines += _matched(cohort, there.get(kind), kind, position, item)
        if lines:
            record("applications.required_documents_set", cohort, by=by, after={"changes": lines})
        return lines


def _document_problems(item: Any) -> list[Problem]:
    if not isinstance(item, Mapping):
        return [Problem("", "This must be a table with kind and label.")]
    problems = [Problem(key, "There is no such setting.") for key in item if key not in {"kind", "label", "number"}]
    if not isinstance(item.get("kind"), str) or not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", item["kind"]):
        problems.append(Problem("kind", "This must be a name of small letters and underscores, such as cv."))
    if not isinstance(item.get("label"), str) or not 0 < len(item["label"]) <= 100:
        problems.append(Problem("label", "This must be text of 1 to 100 letters."))
    number = item.get("number", 1)
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 10:
        problems.append(Problem("number", "This must be a whole number from 1 to 10."))
    return problems


def _removed(row: RequiredDocument) -> str:
    row.delete()
    return f"document {row.kind}: removed"


def _matched(
    cohort: Cohort, row: RequiredDocument | None, kind: str, position: int, item: Mapping[str, Any]
) -> list[str]:
    values = {"position": position, "label": item["label"], "number": item.get("number", 1)}
    if row is None:
        RequiredDocument.objects.create(cohort=cohort, kind=kind, **values)
        return [f"document {kind}: made"]
    if all(getattr(row, name) == value for name, value in values.items()):
        return []
    RequiredDocument.objects.filter(pk=row.pk).update(**values)
    return [f"document {kind}: changed"]
