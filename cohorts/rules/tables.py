"""Checking the tables of a programme file: which keys there may be, and what each must hold.

A reader answers what is wrong with a value as a sentence, or None.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from cohorts.rules.dates import wall_clock_problem
from cohorts.rules.problems import Problem

Reader = Callable[[Any], str | None]
SMALLEST_COLUMN = 32_767


@dataclass(frozen=True)
class Key:
    reader: Reader
    required: bool = False


def table_problems(data: Any, keys: Mapping[str, Key], also: Collection[str] = ()) -> list[Problem]:
    """What is wrong with a table that may hold `keys`, and `also` keys which somebody else checks."""
    if not isinstance(data, Mapping):
        return [Problem("", "This must be a table.")]
    missing = [Problem(name, "This is missing.") for name, key in keys.items() if key.required and name not in data]
    unknown = [Problem(name, _unknown(name, {*keys, *also})) for name in data if name not in keys and name not in also]
    wrong = [
        Problem(name, sentence)
        for name, key in keys.items()
        if name in data and (sentence := key.reader(data[name])) is not None
    ]
    return missing + unknown + wrong


def _unknown(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name, sorted(known), n=1)
    return f"No such key is known. Did you mean {close[0]}?" if close else "No such key is known."


def text(longest: int = 200) -> Reader:
    def read(value: Any) -> str | None:
        if not isinstance(value, str) or not value.strip():
            return "This must be text."
        return f"This is longer than {longest} characters." if len(value) > longest else None

    return read


def slug(value: Any) -> str | None:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) and len(value) <= 60:
        return None
    return "This must be lower-case letters, digits and hyphens, at most 60 characters."


def email(value: Any) -> str | None:
    if isinstance(value, str) and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", value):
        return None
    return "This must be an e-mail address."


def whole_number(lowest: int = 0, highest: int = SMALLEST_COLUMN) -> Reader:
    def read(value: Any) -> str | None:
        # True and False are numbers to Python.
        if isinstance(value, bool) or not isinstance(value, int):
            return "This must be a whole number."
        return None if lowest <= value <= highest else f"This must be between {lowest} and {highest}."

    return read


def flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "This must be true or false."


def one_of(values: Collection[str]) -> Reader:
    def read(value: Any) -> str | None:
        return None if value in list(values) else f"This must be one of {', '.join(values)}."

    return read


def texts(value: Any) -> str | None:
    if isinstance(value, list) and all(text()(item) is None for item in value):
        return None
    return "This must be a list of texts."


def day(value: Any) -> str | None:
    # A moment is a date to Python.
    if isinstance(value, date) and not isinstance(value, datetime):
        return None
    return "This must be a date without a time, for instance 2025-10-08."


def moment(value: Any) -> str | None:
    return wall_clock_problem(value)
