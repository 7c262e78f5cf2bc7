"""The administrators' pages of programmes, cohorts, seats, fellows and teams."""

from cohorts.admin.fellows import PlaceAdmin, SeatAdmin
from cohorts.admin.leaving import WithdrawalFeeAdmin
from cohorts.admin.programmes import CohortAdmin, ProgrammeAdmin
from cohorts.admin.scoped import CohortFilter, ReadOnlyInline, ScopedAdmin
from cohorts.admin.team import TeamRoleAdmin

__all__ = [
    "CohortAdmin",
    "CohortFilter",
    "PlaceAdmin",
    "ProgrammeAdmin",
    "ReadOnlyInline",
    "ScopedAdmin",
    "SeatAdmin",
    "TeamRoleAdmin",
    "WithdrawalFeeAdmin",
]
