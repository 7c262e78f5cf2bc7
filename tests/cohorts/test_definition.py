# ruff: noqa: DTZ001 - a programme file's times are wall-clock times, without a zone.
"""What is wrong with a programme's own part of a file, key by key."""

import copy
from datetime import UTC, date, datetime

import pytest

from cohorts.rules.definition import cohort_fields, definition_problems
from cohorts.rules.problems import Problem, joined
from tests.factories.cohorts import a_definition

MISSING, UNKNOWN = "This is missing.", "No such key is known."
WHOLE, TEXT = "This must be a whole number.", "This must be text."
DAY = "This must be a date without a time, for instance 2025-10-08."
LIST = "There must be at least one [[cohorts]] table."


def edited(path, value):
    """A faultless definition with the value at `path` replaced, or removed where it is `...`."""
    definition = copy.deepcopy(a_definition())
    *way, last = path
    table = definition
    for step in way:
        table = table[step]
    if value is ...:
        del table[last]
    else:
        table[last] = value
    return definition


def test_a_faultless_definition_has_no_problem():
    assert definition_problems(a_definition(), []) == []


COHORT = ("cohorts", 0)


@pytest.mark.parametrize(
    ("path", "value", "key", "message"),
    [
        (("programme",), ..., "programme", MISSING),
        (("programme",), "next-step", "programme", "This must be a table."),
        (("programm",), {}, "programm", UNKNOWN),
        (("programme", "slug"), ..., "programme.slug", MISSING),
        (
            ("programme", "slug"),
            "Next Step",
            "programme.slug",
            "This must be lower-case letters, digits and hyphens, at most 60 characters.",
        ),
        (("programme", "name"), "", "programme.name", TEXT),
        (("programme", "name"), "n" * 201, "programme.name", "This is longer than 200 characters."),
        (("programme", "disciplines"), ["Dentistry", 3], "programme.disciplines", "This must be a list of texts."),
        (("programme", "contact_email"), "the team", "programme.contact_email", "This must be an e-mail address."),
        (("programme", "locally_led"), "yes", "programme.locally_led", "This must be true or false."),
        (("programme", "regoin"), "East", "programme.regoin", f"{UNKNOWN} Did you mean region?"),
        (("cohorts",), ..., "cohorts", LIST),
        (("cohorts",), [], "cohorts", LIST),
        (("cohorts",), {"slug": "x"}, "cohorts", LIST),
        (COHORT, "2025-26", "cohorts[0]", "This must be a table."),
        ((*COHORT, "slug"), ..., "cohorts[0].slug", MISSING),
        ((*COHORT, "places"), 0, "cohorts[0].places", "This must be between 1 and 32767."),
        ((*COHORT, "places"), -3, "cohorts[0].places", "This must be between 1 and 32767."),
        ((*COHORT, "places"), 40_000, "cohorts[0].places", "This must be between 1 and 32767."),
        ((*COHORT, "places"), True, "cohorts[0].places", WHOLE),
        ((*COHORT, "places"), 70.0, "cohorts[0].places", WHOLE),
        ((*COHORT, "places"), ..., "cohorts[0].places", MISSING),
        ((*COHORT, "queue"), "ten", "cohorts[0].queue", WHOLE),
        ((*COHORT, "present_share"), 101, "cohorts[0].present_share", "This must be between 1 and 100."),
        (
            (*COHORT, "selection"),
            "lottery",
            "cohorts[0].selection",
            "This must be one of panel, first_come_first_served.",
        ),
        (
            (*COHORT, "selection"),
            ["panel"],
            "cohorts[0].selection",
            "This must be one of panel, first_come_first_served.",
        ),
        ((*COHORT, "commences_on"), datetime(2025, 10, 8), "cohorts[0].commences_on", DAY),
        ((*COHORT, "commences_on"), "2025-10-08", "cohorts[0].commences_on", DAY),
        ((*COHORT, "ends_on"), date(2025, 10, 7), "cohorts[0].ends_on", "The cohort ends before it commences."),
        (
            (*COHORT, "applications_close"),
            datetime(2025, 3, 25),
            "cohorts[0].applications_close",
            "The window closes before it opens.",
        ),
        (
            (*COHORT, "applications_open"),
            date(2025, 3, 25),
            "cohorts[0].applications_open",
            "This must be a date with a time, for instance 2025-10-08T09:00:00.",
        ),
        (
            (*COHORT, "applications_open"),
            datetime(2025, 3, 25, tzinfo=UTC),
            "cohorts[0].applications_open",
            "Write the time as clocks in London show it, without an offset or Z.",
        ),
        (
            (*COHORT, "applications_open"),
            datetime(2025, 3, 30, 1, 30),
            "cohorts[0].applications_open",
            "This time does not exist, because the clocks go forward. Choose another.",
        ),
        (
            (*COHORT, "applications_close"),
            datetime(2025, 10, 26, 1, 30),
            "cohorts[0].applications_close",
            "This time happens twice, because the clocks go back. Choose another.",
        ),
        ((*COHORT, "sessions"), [], "cohorts[0].sessions", UNKNOWN),
    ],
)
def test_a_wrong_value_is_one_problem_with_its_key(path, value, key, message):
    assert definition_problems(edited(path, value), []) == [Problem(key, message)]


def test_sections_that_are_registered_are_left_to_their_rooms():
    assert definition_problems(edited((*COHORT, "sessions"), "anything"), ["sessions"]) == []


def test_cohorts_of_one_file_do_not_share_a_slug():
    definition = a_definition()
    definition["cohorts"] = [definition["cohorts"][0]] * 3
    message = "Another cohort of this file is called 2025-26 too."
    assert definition_problems(definition, []) == [
        Problem("cohorts[1].slug", message),
        Problem("cohorts[2].slug", message),
    ]


def test_every_problem_is_found_at_once():
    definition = edited(("programme", "slug"), ...)
    definition["cohorts"][0] |= {"places": 0, "ends_on": date(2020, 1, 1), "collour": 1}
    assert [problem.key for problem in definition_problems(definition, [])] == [
        "programme.slug",
        "cohorts[0].collour",
        "cohorts[0].places",
        "cohorts[0].ends_on",
    ]


def test_a_one_day_cohort_is_a_cohort():
    assert definition_problems(edited((*COHORT, "ends_on"), date(2025, 10, 8)), []) == []


def test_windows_become_half_open_and_utc():
    fields = cohort_fields(a_definition()["cohorts"][0])
    assert fields["applications_open_at"] == datetime(2025, 3, 25, tzinfo=UTC)
    assert fields["applications_close_at"] == datetime(2025, 6, 2, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("prefix", "key", "path"),
    [("a", "b", "a.b"), ("a", "[0]", "a[0]"), ("", "b", "b"), ("a", "", "a"), ("a[1]", "b.c", "a[1].b.c")],
)
def test_key_paths_are_joined_as_people_write_them(prefix, key, path):
    assert joined(prefix, key) == path
    assert str(Problem(key, "Wrong.").under(prefix)) == f"{path}: Wrong."
