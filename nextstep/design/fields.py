"""Fields in the manner of the design system: dates in three parts, word limits, yes or no, files."""

import re
from calendar import month_abbr, month_name
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nextstep.design.widgets import DateParts, DatePartsInput, WordCountTextarea
from nextstep.design.words import count_words

_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_abbr) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(month_name) if name} | {"sept": 9}
_FIRST_YEAR, _LAST_YEAR = 1900, 2100

UNNAMED_DATE = "The date"


class DateField(forms.Field):
    """A date asked for in three parts. `name` is what messages call it: "Your CCT date must include a day"."""

    widget = DatePartsInput

    def __init__(self, *, name: str = UNNAMED_DATE, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name = name

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        parts = DateParts(*value)
        missing = [part for part, typed in parts._asdict().items() if not typed]
        if len(missing) == len(parts):
            return None
        if missing:
            raise self._wrong(f"{self.name} must include a {' and '.join(missing)}", *missing)
        return self._read(parts)

    def _read(self, parts: DateParts) -> date:
        month = int(parts.month) if _is_number(parts.month) else _MONTHS.get(parts.month.lower(), 0)
        if not re.fullmatch("[0-9]{4}", parts.year):
            raise self._wrong(f"{self.name} must have a year of 4 numbers, such as 2027", "year")
        year = int(parts.year)
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise self._wrong(f"{self.name} must have a year between {_FIRST_YEAR} and {_LAST_YEAR}", "year")
        if not 1 <= month <= 12:
            raise self._wrong(f"{self.name} must have a month between 1 and 12", "month")
        try:
            return date(year, month, int(parts.day) if _is_number(parts.day) else 0)
        except ValueError:
            raise self._wrong(f"{self.name} must be a real date", "day") from None

    def _wrong(self, message: str, *parts: str) -> ValidationError:
        return ValidationError(message, code="invalid", params={"parts": parts})

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


def _is_number(text: str) -> bool:
    return bool(re.fullmatch("[0-9]{1,2}", text))


class WordLimitedField(forms.CharField):
    """Long text of at most `max_words` words, counted as the browser counts them while it is written."""

    def __init__(self, *, max_words: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", WordCountTextarea(max_words=max_words))
        super().__init__(**kwargs)
        self.max_words = max_words

    def validate(self, value: str) -> None:
        super().validate(value)
        written = count_words(value)
        if written > self.max_words:
            label = self.label or "Your answer"
            raise ValidationError(
                f"{label} must be {self.max_words} words or fewer. You have written {written}", code="max_words"
            )


class YesNoField(forms.ChoiceField):
    """A question answered yes or no: cleans to True, False, or None when it may be left out and was."""

    widget = forms.RadioSelect

    def __init__(self, *, yes: str = "Yes", no: str = "No", **kwargs: Any) -> None:
        super().__init__(choices=[("yes", yes), ("no", no)], **kwargs)

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(self.prepare_value(value)))

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class FileField(forms.FileField):
    """A file, with the endings that the browser should offer and a limit of size."""

    widget = forms.FileInput

    def __init__(self, *, accept: str = "", max_megabytes: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_megabytes = max_megabytes
        if accept:
            self.widget.attrs["accept"] = accept

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if data and self.max_megabytes and file.size > self.max_megabytes * 1024 * 1024:
            raise ValidationError(f"The file must be smaller than {self.max_megabytes}MB", code="too_large")
        return file
