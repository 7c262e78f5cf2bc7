"""The section `graduation` of a programme file."""

from collections.abc import Mapping
from typing import Any

from cohorts.models import Cohort, GraduationTerms
from cohorts.rules.definition import GRADUATION_KEYS
from cohorts.rules.problems import Problem
from cohorts.rules.tables import table_problems
from nextstep.accounts.models import User
from nextstep.audit.services import record


class GraduationSection:
    key = "graduation"

    def validate(self, data: Any, cohort_data: Mapping[str, Any]) -> list[Problem]:
        return table_problems(data, GRADUATION_KEYS)

    def orphans(self, cohort: Cohort, data: Any) -> list[str]:
        """Nothing hangs on the terms."""
        return []

    def apply(self, cohort: Cohort, data: Any, by: User | None) -> list[str]:
        """Replace the terms of the cohort by `data`; what the file does not state takes its default."""
        before = GraduationTerms.objects.filter(cohort=cohort).first()
        if data is None:
            return _remove(before, by)
        terms = GraduationTerms(cohort=cohort, **data)
        if before is not None and _values(before) == _values(terms):
            return []
        terms.pk = before.pk if before is not None else None
        terms.save()
        record("cohorts.graduation_terms_set", terms, by=by, before=_values(before), after=_values(terms))
        return ["graduation terms changed" if before is not None else "graduation terms set"]


def _remove(terms: GraduationTerms | None, by: User | None) -> list[str]:
    if terms is None:
        return []
    record("cohorts.graduation_terms_removed", terms, by=by, before=_values(terms))
    terms.delete()
    return ["graduation terms removed"]


def _values(terms: GraduationTerms | None) -> dict[str, Any]:
    return {} if terms is None else {name: getattr(terms, name) for name in GRADUATION_KEYS}
