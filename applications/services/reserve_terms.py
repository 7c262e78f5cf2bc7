"""The section `reserve_list` of a programme file: how a cohort's reserve list moves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from applications.enums import Brake
from applications.selectors import reserve_list_of
from applications.services.cascade import change_reserve_list
from cohorts.models import Cohort
from cohorts.rules.dates import london_moment
from cohorts.rules.problems import Problem
from cohorts.rules.tables import Key, day, flag, moment, one_of, table_problems, whole_number
from nextstep.accounts.models import User

KEYS = {
    "mode": Key(one_of(Brake.values)),
    "automatic_until": Key(moment),
    "refill_until": Key(day),
    "undo_hours": Key(whole_number(highest=336)),
    "shows_number": Key(flag),
}


class ReserveListSection:
    """A table; where a file does not say something, what the team chose stays, or else what is usual."""

    key = "reserve_list"

    def validate(self, data: Any, cohort_data: Mapping[str, Any]) -> list[Problem]:
        return table_problems(data, KEYS)

    def orphans(self, cohort: Cohort, data: Any) -> list[str]:
        """Nothing hangs on the terms."""
        return []

    def apply(self, cohort: Cohort, data: Any, by: User | None) -> list[str]:
        """Set what the file states. A cohort that has no terms yet gets those that are usual, so that they are seen."""
        wanted = {name: _stored(value) for name, value in (data or {}).items()}
        terms = reserve_list_of(cohort)
        changed = {name: value for name, value in wanted.items() if getattr(terms, name) != value}
        if terms.pk is not None and not changed:
            return []
        change_reserve_list(cohort=cohort, by=by, **changed)
        return [f"reserve list: {', '.join(sorted(changed)) or 'as usual'}"]


def _stored(value: Any) -> Any:
    return london_moment(value) if isinstance(value, datetime) else value
