"""Widgets that hold what a component of the design system needs; `form_components` draws them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms


class DateParts(NamedTuple):
    """A date as typed, in three parts, right or wrong."""

    day: str = ""
    month: str = ""
    year: str = ""


class DatePartsInput(forms.Widget):
    """Three inputs, `<name>_day`, `<name>_month` and `<name>_year`, so that what was typed can be shown again."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateParts:
        return DateParts(*(str(data.get(f"{name}_{part}", "")).strip() for part in DateParts._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in DateParts._fields)

    def format_value(self, value: Any) -> DateParts:
        if isinstance(value, DateParts):
            return value
        if isinstance(value, date):
            return DateParts(str(value.day), str(value.month), str(value.year))
        return DateParts()

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_


class WordCountTextarea(forms.Textarea):
    """A textarea that says how many words are left."""

    def __init__(self, *, max_words: int, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 12, **(attrs or {})})
        self.max_words = max_words
