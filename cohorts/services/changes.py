"""What administrators change of a programme, a cohort or a fellow's place between two loads of a file."""

from typing import Any

from django.db import transaction

from cohorts.models import Cohort, Place, Programme
from cohorts.services.seats import match_seats
from nextstep.accounts.models import User
from nextstep.audit.services import CHANGED, record
from nextstep.transitions import change_fields


@transaction.atomic
def change_programme(*, programme: Programme, by: User, version: int | None = None, **fields: Any) -> None:
    """Set `fields` of a programme, as the person saw it at `version`. Raises Stale where somebody else was first."""
    before = {name: getattr(programme, name) for name in fields}
    change_fields(programme, version=version, **fields)
    record("cohorts.programme_changed", programme, by=by, before=before, after=fields)


@transaction.atomic
def change_cohort(*, cohort: Cohort, by: User, version: int | None = None, **fields: Any) -> None:
    """Set `fields` of a cohort, as the person saw it at `version`, and match its seats where `places` is one of them.

    Raises Stale where somebody else was first, and Refused where fewer places are asked for than are taken.
    """
    before = {name: getattr(cohort, name) for name in fields}
    change_fields(cohort, version=version, **fields)
    record("cohorts.cohort_changed", cohort, by=by, before=before, after=fields)
    match_seats(cohort=cohort, by=by)


@transaction.atomic
def change_place(*, place: Place, by: User, version: int | None = None, **fields: Any) -> None:
    """Correct a fellow's employer or supervisor. Raises Stale where somebody else was first."""
    change_fields(place, version=version, **fields)
    record("cohorts.place_changed", place, by=by, after=dict.fromkeys(fields, CHANGED))
