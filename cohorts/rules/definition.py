"""A programme's definition, as its file says it: what is wrong with it, and the values of its own fields.

The sections of a cohort that other rooms brought are checked by those rooms.
"""

from collections.abc import Collection, Mapping
from typing import Any

from cohorts.enums import Selection
from cohorts.rules.dates import london_moment, window_end
from cohorts.rules.problems import Problem
from cohorts.rules.tables import Key, day, email, flag, moment, one_of, slug, table_problems, text, texts, whole_number

PROGRAMME_KEYS = {
    "slug": Key(slug, required=True),
    "name": Key(text(), required=True),
    "audience": Key(text(1000)),
    "region": Key(text(100)),
    "disciplines": Key(texts),
    "funded_by": Key(text()),
    "accredited_by": Key(text()),
    "delivery_partners": Key(texts),
    "contact_email": Key(email),
    "locally_led": Key(flag),
    "introduction": Key(text(10_000)),
}
COHORT_KEYS = {
    "slug": Key(slug, required=True),
    "name": Key(text(100), required=True),
    "applications_open": Key(moment, required=True),
    "applications_close": Key(moment, required=True),
    "commences_on": Key(day, required=True),
    "ends_on": Key(day, required=True),
    "places": Key(whole_number(lowest=1), required=True),
    "selection": Key(one_of(Selection.values), required=True),
    "queue": Key(whole_number()),
    "expected_hours": Key(whole_number(lowest=1)),
    "withdrawal_fee_pounds": Key(whole_number(highest=1_000_000)),
    "commitment_required": Key(flag),
    "training_hub": Key(text()),
    "offer_days": Key(whole_number(lowest=1, highest=365)),
    "present_share": Key(whole_number(lowest=1, highest=100)),
    "study_leave_weeks": Key(whole_number(highest=52)),
    "introduction": Key(text(10_000)),
    "study_leave_words": Key(text(10_000)),
}
GRADUATION_KEYS = {
    "fmlm_membership_months": Key(whole_number()),
    "associate_fellowship_fee_pounds": Key(whole_number()),
    "associate_fellowship_discount_years": Key(whole_number()),
    "alumni": Key(texts),
}


def definition_problems(definition: Mapping[str, Any], sections: Collection[str]) -> list[Problem]:
    """What is wrong with a definition, but for the inside of the `sections` that other rooms check."""
    problems = [Problem(key, "No such key is known.") for key in definition if key not in {"programme", "cohorts"}]
    if "programme" in definition:
        found = table_problems(definition["programme"], PROGRAMME_KEYS)
        problems += [problem.under("programme") for problem in found]
    else:
        problems.append(Problem("programme", "This is missing."))
    return problems + _cohorts_problems(definition.get("cohorts"), sections)


def _cohorts_problems(cohorts: Any, sections: Collection[str]) -> list[Problem]:
    if not isinstance(cohorts, list) or not cohorts:
        return [Problem("cohorts", "There must be at least one [[cohorts]] table.")]
    problems = [
        problem.under(f"cohorts[{index}]")
        for index, cohort in enumerate(cohorts)
        for problem in _cohort_problems(cohort, sections)
    ]
    return problems + _repeated_slugs(cohorts)


def _cohort_problems(cohort: Any, sections: Collection[str]) -> list[Problem]:
    problems = table_problems(cohort, COHORT_KEYS, sections)
    wrong = {problem.key for problem in problems}
    if not wrong & {"", "applications_open", "applications_close"} and window_end(
        cohort["applications_close"]
    ) <= london_moment(cohort["applications_open"]):
        problems.append(Problem("applications_close", "The window closes before it opens."))
    if not wrong & {"", "commences_on", "ends_on"} and cohort["ends_on"] < cohort["commences_on"]:
        problems.append(Problem("ends_on", "The cohort ends before it commences."))
    return problems


def _repeated_slugs(cohorts: list[Any]) -> list[Problem]:
    slugs = [cohort.get("slug") if isinstance(cohort, Mapping) else None for cohort in cohorts]
    return [
        Problem(f"cohorts[{index}].slug", f"Another cohort of this file is called {name} too.")
        for index, name in enumerate(slugs)
        if name is not None and name in slugs[:index]
    ]


def programme_fields(definition: Mapping[str, Any]) -> dict[str, Any]:
    """What a faultless definition says about its programme, by field."""
    return dict(definition["programme"])


def cohort_fields(cohort: Mapping[str, Any]) -> dict[str, Any]:
    """What a faultless definition says about a cohort, by field; windows become half-open, in UTC."""
    fields = {key: value for key, value in cohort.items() if key in COHORT_KEYS}
    fields["applications_open_at"] = london_moment(fields.pop("applications_open"))
    fields["applications_close_at"] = window_end(fields.pop("applications_close"))
    return fields
