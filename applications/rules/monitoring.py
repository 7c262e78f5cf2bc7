"""Equality monitoring: what is asked, and what may be said of the answers (domain.md, Monitoring)."""

from collections.abc import Mapping
from dataclasses import dataclass

NO_ANSWER = "no_answer"
# Whoever says that they would rather not say has answered; whoever leaves a question out has not.
_LAST = (("prefer_not", "Prefer not to say"),)


@dataclass(frozen=True)
class Question:
    name: str
    words: str
    options: tuple[tuple[str, str], ...]


# The 19 ethnic groups of the 2021 census of England and Wales.
_ETHNIC_GROUPS = (
    ("asian_indian", "Asian, Asian British or Asian Welsh: Indian"),
    ("asian_pakistani", "Asian, Asian British or Asian Welsh: Pakistani"),
    ("asian_bangladeshi", "Asian, Asian British or Asian Welsh: Bangladeshi"),
    ("asian_chinese", "Asian, Asian British or Asian Welsh: Chinese"),
    ("asian_other", "Asian, Asian British or Asian Welsh: any other background"),
    ("black_african", "Black, Black British, Black Welsh, Caribbean or African: African"),
    ("black_caribbean", "Black, Black British, Black Welsh, Caribbean or African: Caribbean"),
    ("black_other", "Black, Black British, Black Welsh, Caribbean or African: any other background"),
    ("mixed_white_asian", "Mixed or multiple ethnic groups: White and Asian"),
    ("mixed_white_black_african", "Mixed or multiple ethnic groups: White and Black African"),
    ("mixed_white_black_caribbean", "Mixed or multiple ethnic groups: White and Black Caribbean"),
    ("mixed_other", "Mixed or multiple ethnic groups: any other background"),
    ("white_british", "White: English, Welsh, Scottish, Northern Irish or British"),
    ("white_irish", "White: Irish"),
    ("white_gypsy_traveller", "White: Gypsy or Irish Traveller"),
    ("white_roma", "White: Roma"),
    ("white_other", "White: any other background"),
    ("other_arab", "Other ethnic group: Arab"),
    ("other_any", "Other ethnic group: any other"),
)
_AGES = (
    ("under_25", "Under 25"),
    ("25_29", "25 to 29"),
    ("30_34", "30 to 34"),
    ("35_39", "35 to 39"),
    ("40_49", "40 to 49"),
    ("50_over", "50 or over"),
)
_YES_NO = (("yes", "Yes"), ("no", "No"))

QUESTIONS = (
    Question("ethnic_group", "What is your ethnic group?", _ETHNIC_GROUPS + _LAST),
    Question("age", "How old are you?", _AGES + _LAST),
    Question("sex", "What is your sex?", (("female", "Female"), ("male", "Male"), *_LAST)),
    Question("disability", "Do you have a disability or a long-term health condition?", _YES_NO + _LAST),
)

# Counts of 1 to 7 are hidden, the others rounded to 5.
_MOST_HIDDEN, _ROUNDED_TO = 7, 5


def published(counts: Mapping[str, int]) -> dict[str, int | None] | None:
    """What may be said of the answers to one question: each count rounded, or None where it is hidden.

    No sum gives a hidden count away: where one alone would be hidden, the smallest other is hidden too. Where nothing
    but noughts would be left to see, which would tell where all the others are, nothing is said at all: None.
    """
    hidden = {name for name, count in counts.items() if 1 <= count <= _MOST_HIDDEN}
    told = {name: count for name, count in counts.items() if count and name not in hidden}
    if len(hidden) == 1 and told:
        hidden.add(min(sorted(told), key=lambda name: told[name]))
    if not told.keys() - hidden:
        return None
    return {name: None if name in hidden else _rounded(count) for name, count in counts.items()}


def _rounded(count: int) -> int:
    return (count + _ROUNDED_TO // 2) // _ROUNDED_TO * _ROUNDED_TO
