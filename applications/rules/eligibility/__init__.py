"""Rules of eligibility: one class a rule. Adding a rule is one class, its facts, a line here, and its tests."""

from applications.rules.eligibility.base import Rule
from applications.rules.eligibility.employment import (
    BandBetween,
    SelfIdentifies,
    WorksInGeneralPractice,
    WorksInNhsCare,
)
from applications.rules.eligibility.training import HoldsNtn, NotOutOfProgramme, NtnOffice, WithinYearsOfCct

RULES: tuple[type[Rule], ...] = (
    HoldsNtn,
    NtnOffice,
    WithinYearsOfCct,
    NotOutOfProgramme,
    BandBetween,
    WorksInNhsCare,
    SelfIdentifies,
    WorksInGeneralPractice,
)

__all__ = [
    "RULES",
    "BandBetween",
    "HoldsNtn",
    "NotOutOfProgramme",
    "NtnOffice",
    "Rule",
    "SelfIdentifies",
    "WithinYearsOfCct",
    "WorksInGeneralPractice",
    "WorksInNhsCare",
]
