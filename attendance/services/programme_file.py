"""The section `attendance` of a programme file."""

from collections.abc import Mapping
from typing import Any

from attendance.rules.definition import attendance_problems, rule_and_amount
from cohorts.models import AttendanceRequirement, Cohort
from cohorts.registries.sections import Problem
from nextstep.accounts.models import User
from nextstep.audit.services import record


class AttendanceSection:
    """Requirements in the order of the file; a kind has at most one."""

    key = "attendance"

    def validate(self, data: Any, cohort_data: Mapping[str, Any]) -> list[Problem]:
        return attendance_problems(data, cohort_data.get("sessions"))

    def orphans(self, cohort: Cohort, data: Any) -> list[str]:
        """Nothing hangs on a requirement: standings are worked out from what holds now."""
        return []

    def apply(self, cohort: Cohort, data: Any, by: User | None) -> list[str]:
        before = {row.session_kind: row for row in AttendanceRequirement.objects.filter(cohort=cohort)}
        wanted = [_row(cohort, position, entry) for position, entry in enumerate(data or [])]
        old, new = [_words(row) for row in before.values()], [_words(row) for row in wanted]
        if old == new:
            return []
        AttendanceRequirement.objects.filter(cohort=cohort).delete()
        AttendanceRequirement.objects.bulk_create(wanted)
        record("attendance.requirements_set", cohort, by=by, before={"requirements": old}, after={"requirements": new})
        gone = [f"attendance {one}: removed" for one in old if one not in new]
        return gone + [f"attendance {one}: set" for one in new if one not in old]


def _row(cohort: Cohort, position: int, entry: Mapping[str, Any]) -> AttendanceRequirement:
    rule, amount = rule_and_amount(entry["minimum"])
    return AttendanceRequirement(
        cohort=cohort,
        position=position,
        session_kind=entry["session_kind"],
        all_of_them=rule == "all",
        at_least=amount if rule == "at_least" else None,
        share=amount if rule == "share" else None,
    )


def _words(row: AttendanceRequirement) -> str:
    return str(row)
