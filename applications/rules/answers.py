"""Answers as they are kept (JSON: text, and days in ISO form), and as rules read them."""

from collections.abc import Mapping
from datetime import date
from typing import Any


def text_of(answers: Mapping[str, Any], name: str) -> str:
    """The answer as text without outer spaces; empty where there is none."""
    value = answers.get(name)
    return value.strip() if isinstance(value, str) else ""


def day_of(answers: Mapping[str, Any], name: str) -> date | None:
    """The answer as a day; None where there is none or it is no real day."""
    value = answers.get(name)
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def kept(cleaned: Mapping[str, Any]) -> dict[str, str]:
    """Answers of a form as they are kept. What was left empty is kept as empty, so that clearing it is an answer."""
    return {name: _kept(value) for name, value in cleaned.items()}


def _kept(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return value.isoformat() if isinstance(value, date) else str(value).strip()
