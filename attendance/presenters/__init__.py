"""Registers and standings in words."""

from attendance.presenters.registers import PersonView, RegisterListItem, RowView, register_rows
from attendance.presenters.standing import (
    OwnSessionView,
    RequirementView,
    StandingView,
    outcome_if_excused,
    standings_table,
)

__all__ = [
    "OwnSessionView",
    "PersonView",
    "RegisterListItem",
    "RequirementView",
    "RowView",
    "StandingView",
    "outcome_if_excused",
    "register_rows",
    "standings_table",
]
