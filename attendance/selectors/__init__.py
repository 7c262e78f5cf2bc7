"""Reads about registers and standings; the number of questions does not grow with the fellows."""

from attendance.selectors.registers import (
    Register,
    RegisterCounts,
    RegisterRow,
    effect_of,
    mark_of,
    register_counts,
    register_of,
    registers_kept,
    registers_near,
    registers_to_close,
)
from attendance.selectors.standings import (
    OwnAttendance,
    OwnSession,
    own_attendance,
    requirement_for,
    standing_if_excused,
    standing_of,
    standings_of,
)

__all__ = [
    "OwnAttendance",
    "OwnSession",
    "Register",
    "RegisterCounts",
    "RegisterRow",
    "effect_of",
    "mark_of",
    "own_attendance",
    "register_counts",
    "register_of",
    "registers_kept",
    "registers_near",
    "registers_to_close",
    "requirement_for",
    "standing_if_excused",
    "standing_of",
    "standings_of",
]
