"""Dates in three parts, word limits, yes or no, files."""

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from nextstep.design.fields import DateField, FileField, WordLimitedField, YesNoField


class DateForm(forms.Form):
    cct = DateField(name="Your CCT date", required=False)


def date_form(day, month, year):
    return DateForm({"cct_day": day, "cct_month": month, "cct_year": year})


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        (("8", "10", "2027"), date(2027, 10, 8)),
        (("08", "01", "2027"), date(2027, 1, 8)),
        ((" 8 ", " 10", "2027 "), date(2027, 10, 8)),
        (("29", "2", "2028"), date(2028, 2, 29)),
        (("31", "12", "2100"), date(2100, 12, 31)),
        (("1", "1", "1900"), date(1900, 1, 1)),
        (("8", "October", "2027"), date(2027, 10, 8)),
        (("8", "oct", "2027"), date(2027, 10, 8)),
        (("8", "SEPT", "2027"), date(2027, 9, 8)),
        (("8", "may", "2027"), date(2027, 5, 8)),
        (("", "", ""), None),
        (("  ", "", ""), None),
    ],
)
def test_a_real_date_is_read(typed, cleaned):
    form = date_form(*typed)
    assert form.errors == {}
    assert form.cleaned_data == {"cct": cleaned}


@pytest.mark.parametrize(
    ("typed", "message", "parts"),
    [
        (("", "10", "2027"), "Your CCT date must include a day", ("day",)),
        (("8", "", "2027"), "Your CCT date must include a month", ("month",)),
        (("8", "10", ""), "Your CCT date must include a year", ("year",)),
        (("", "", "2027"), "Your CCT date must include a day and month", ("day", "month")),
        (("", "10", ""), "Your CCT date must include a day and year", ("day", "year")),
        (("8", "", ""), "Your CCT date must include a month and year", ("month", "year")),
        (("31", "2", "2027"), "Your CCT date must be a real date", ("day",)),
        (("29", "2", "2027"), "Your CCT date must be a real date", ("day",)),
        (("31", "April", "2027"), "Your CCT date must be a real date", ("day",)),
        (("0", "1", "2027"), "Your CCT date must be a real date", ("day",)),
        (("32", "1", "2027"), "Your CCT date must be a real date", ("day",)),
        (("first", "1", "2027"), "Your CCT date must be a real date", ("day",)),
        (("-1", "1", "2027"), "Your CCT date must be a real date", ("day",)),
        (("1.5", "1", "2027"), "Your CCT date must be a real date", ("day",)),
        (("٣", "1", "2027"), "Your CCT date must be a real date", ("day",)),
        (("1", "13", "2027"), "Your CCT date must have a month between 1 and 12", ("month",)),
        (("1", "0", "2027"), "Your CCT date must have a month between 1 and 12", ("month",)),
        (("1", "Octember", "2027"), "Your CCT date must have a month between 1 and 12", ("month",)),
        (("1", "1", "27"), "Your CCT date must have a year of 4 numbers, such as 2027", ("year",)),
        (("1", "1", "20270"), "Your CCT date must have a year of 4 numbers, such as 2027", ("year",)),
        (("1", "1", "next"), "Your CCT date must have a year of 4 numbers, such as 2027", ("year",)),
        (("1", "1", "1899"), "Your CCT date must have a year between 1900 and 2100", ("year",)),
        (("1", "1", "2101"), "Your CCT date must have a year between 1900 and 2100", ("year",)),
    ],
)
def test_an_impossible_date_is_refused_by_its_wrong_part(typed, message, parts):
    form = date_form(*typed)
    assert form.errors == {"cct": [message]}
    assert form.errors["cct"].as_data()[0].params == {"parts": parts}


def test_what_was_typed_is_shown_again():
    form = date_form("31", "febuary", "27")
    assert form["cct"].value() == ("31", "febuary", "27")


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        (date(2027, 10, 8), ("8", "10", "2027"), []),
        (date(2027, 10, 8), ("9", "10", "2027"), ["cct"]),
        (None, ("", "", ""), []),
        (None, ("8", "", ""), ["cct"]),
    ],
)
def test_a_date_changed_only_when_it_differs(initial, data, changed):
    parts = dict(zip(("cct_day", "cct_month", "cct_year"), data, strict=True))
    assert DateForm(parts, initial={"cct": initial}).changed_data == changed


@pytest.mark.parametrize(("missing", "omitted"), [({}, True), ({"cct_month": ""}, False)])
def test_a_date_is_omitted_when_none_of_its_parts_was_posted(missing, omitted):
    assert DateField.widget().value_omitted_from_data(missing, {}, "cct") is omitted


@pytest.mark.parametrize(
    ("typed", "message"),
    [("one two three", None), ("one two three four", "Aim must be 3 words or fewer. You have written 4"), (" ", None)],
)
def test_words_are_limited(typed, message):
    form = type("AimForm", (forms.Form,), {"aim": WordLimitedField(max_words=3, label="Aim", required=False)})(
        {"aim": typed}
    )
    assert form.errors == ({"aim": [message]} if message else {})


def test_a_word_limit_without_a_label_speaks_of_the_answer():
    with pytest.raises(forms.ValidationError, match="Your answer must be 1 words or fewer"):
        WordLimitedField(max_words=1).clean("one two")


@pytest.mark.parametrize(
    ("typed", "cleaned"), [("yes", True), ("no", False), ("", None), (None, None), (True, True), (False, False)]
)
def test_yes_and_no_clean_to_true_and_false(typed, cleaned):
    assert YesNoField(required=False).clean(typed) is cleaned


def test_another_answer_than_yes_or_no_is_refused():
    with pytest.raises(forms.ValidationError):
        YesNoField(required=False).clean("maybe")


@pytest.mark.parametrize(
    ("initial", "posted", "changed"),
    [(True, "yes", False), (True, "no", True), (None, "yes", True), (False, "no", False)],
)
def test_yes_or_no_changed_only_when_it_differs(initial, posted, changed):
    assert YesNoField(required=False).has_changed(initial, posted) is changed


MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(("size", "refused"), [(MEGABYTE, False), (MEGABYTE + 1, True)])
def test_a_file_is_refused_above_its_limit(size, refused):
    field = FileField(max_megabytes=1)
    file = SimpleUploadedFile("cv.pdf", b"x" * size)
    if refused:
        with pytest.raises(forms.ValidationError, match="The file must be smaller than 1MB"):
            field.clean(file)
    else:
        assert field.clean(file) == file


def test_a_file_kept_from_before_is_not_measured():
    assert FileField(required=False, max_megabytes=1).clean(None, "kept") == "kept"
