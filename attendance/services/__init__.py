"""Every write about registers, marks and excusals."""

from attendance.services.excusals import excuse, withdraw_excusal
from attendance.services.marks import Marked, clear_mark, mark, record_minutes
from attendance.services.registers import close_register, reopen_register

__all__ = [
    "Marked",
    "clear_mark",
    "close_register",
    "excuse",
    "mark",
    "record_minutes",
    "reopen_register",
    "withdraw_excusal",
]
