"""The section `qip` of a programme file: how many bursaries, of what, and who sits on the panel."""

from collections.abc import Mapping
from typing import Any

from cohorts.models import Cohort
from cohorts.rules.dates import window_end
from cohorts.rules.problems import Problem
from cohorts.rules.tables import Key, moment, table_problems, text, texts, whole_number
from nextstep.accounts.models import User
from nextstep.audit.services import record
from qip.models import Award, Project, QipTerms, Rubric, Score
from qip.services.rubrics import make_default_rubric

QIP_KEYS = {
    "bursaries": Key(whole_number(1, 100), required=True),
    "bursary": Key(text()),
    "panel": Key(texts),
    "projects_close": Key(moment),
}
FIELDS = ("bursaries", "bursary", "panel_organisations", "projects_close_at")


class QipSection:
    key = "qip"

    def validate(self, data: Any, cohort_data: Mapping[str, Any]) -> list[Problem]:
        return table_problems(data, QIP_KEYS)

    def orphans(self, cohort: Cohort, data: Any) -> list[str]:
        """Scores and projects hang on the section; bursaries that are awarded on their number."""
        if data is None:
            return _left_behind(cohort)
        held = Award.objects.held().filter(results__panel__cohort=cohort).count()
        if data["bursaries"] < held:
            return [f"{held} bursaries have been awarded, so there cannot be {data['bursaries']}."]
        return []

    def apply(self, cohort: Cohort, data: Any, by: User | None) -> list[str]:
        """Set the terms, with the default rubric for a cohort that has none; without the section, remove both."""
        before = QipTerms.objects.filter(cohort=cohort).first()
        if data is None:
            return _remove(before, by)
        terms = QipTerms(
            cohort=cohort,
            bursaries=data["bursaries"],
            bursary=data.get("bursary", ""),
            panel_organisations=data.get("panel", []),
            projects_close_at=window_end(data["projects_close"]) if "projects_close" in data else None,
        )
        make_default_rubric(cohort=cohort, by=by)
        if before is not None and _values(before) == _values(terms):
            return []
        terms.pk = before.pk if before is not None else None
        terms.save()
        record("qip.terms_set", terms, by=by, before=_values(before), after=_values(terms))
        return ["QIP terms changed" if before is not None else "QIP terms set"]


def _left_behind(cohort: Cohort) -> list[str]:
    reasons = []
    if projects := Project.objects.filter(place__cohort=cohort).count():
        reasons.append(f"{projects} QIPs have been started, so the section cannot be taken out.")
    if Score.objects.filter(assessment__project__place__cohort=cohort).exists():
        reasons.append("Judges have scored QIPs, so the section cannot be taken out.")
    return reasons


def _remove(terms: QipTerms | None, by: User | None) -> list[str]:
    if terms is None:
        return []
    record("qip.terms_removed", terms, by=by, before=_values(terms))
    Rubric.objects.filter(cohort=terms.cohort_id, frozen_at__isnull=True).delete()
    terms.delete()
    return ["QIP terms removed"]


def _values(terms: QipTerms | None) -> dict[str, Any]:
    return {} if terms is None else {name: getattr(terms, name) for name in FIELDS}
