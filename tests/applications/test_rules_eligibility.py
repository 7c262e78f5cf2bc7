"""Each rule of eligibility as a table, at its edges, and for every answer there is."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.rules.eligibility import (
    RULES,
    BandBetween,
    HoldsNtn,
    NotOutOfProgramme,
    NtnOffice,
    Rule,
    SelfIdentifies,
    WithinYearsOfCct,
    WorksInGeneralPractice,
    WorksInNhsCare,
)
from applications.rules.facts import FACTS, Kind
from cohorts.rules.dates import CohortDates
from cohorts.rules.verdicts import Outcome, Verdict

COMMENCES, ENDS = date(2025, 10, 8), date(2026, 7, 2)
TODAY = date(2025, 5, 1)
MET, NOT_MET, NEEDS_PERSON = Outcome.MET, Outcome.NOT_MET, Outcome.NEEDS_PERSON

ELIGIBLE: dict[str, Any] = {
    "registration_body": "GMC",
    "registration_number": "1234567",
    "has_ntn": "yes",
    "ntn": "EAN/ABC/1234567/C",
    "region_plan": "stays",
    "cct_on": "2027-08-04",
    "grace": "no",
    "oop_now": "no",
    "oop_planned": "no",
}


def verdict(
    rule: type[Rule], parameters: dict[str, Any], commences: date = COMMENCES, ends: date = ENDS, **answers: Any
) -> Verdict:
    return rule(parameters, CohortDates(commences, ends)).verdict({**ELIGIBLE, **answers}, TODAY)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({}, MET),
        ({"ntn": "ean abc 1234567 c"}, MET),
        ({"ntn": "EAN/ABC/1234567/CP"}, MET),
        ({"ntn": "LDN/ABC/1234567/C"}, MET),  # held elsewhere: the other rule's affair
        ({"ntn": "TSD/ABC/1234567/C"}, MET),
        ({"registration_number": "GMC 123 4567"}, MET),
        ({"ntn": "EAN/ABC/0012345/C", "registration_number": "0012345"}, MET),
        ({"ntn": "EAN/ABC/123456/C", "registration_body": "GDC", "registration_number": "123456"}, MET),
        ({"has_ntn": "no", "ntn": ""}, NOT_MET),
        ({"has_ntn": "no"}, NOT_MET),  # an NTN typed before the answer was changed
        ({"ntn": "EAN/ABC/1234567/D"}, NOT_MET),
        ({"ntn": "EAN/ABC/1234567/L"}, NOT_MET),
        ({"ntn": "TSD/ABC/1234567/D"}, NOT_MET),
        ({"ntn": "EAN/ABC/1234567/D", "registration_number": "7654321"}, NOT_MET),
        ({"ntn": "EAN/ABC/7654321/C"}, NEEDS_PERSON),
        ({"ntn": "EAN/ABC/1234567/CP", "registration_number": "1234568"}, NEEDS_PERSON),
        ({"ntn": "EAN/ACA-FND/1234567/C"}, NEEDS_PERSON),
        ({"ntn": "EAN/ACA/1234567/C"}, NEEDS_PERSON),
        ({"ntn": "EAN/021/142/N"}, NEEDS_PERSON),
        ({"ntn": "EAN/021/142/L"}, NEEDS_PERSON),
        ({"ntn": "EAN/ABC/1234567/X"}, NEEDS_PERSON),
        ({"ntn": "EAN/ABC/1234567"}, NEEDS_PERSON),
        ({"ntn": "on my certificate"}, NEEDS_PERSON),
        ({"has_ntn": "unsure", "ntn": ""}, NEEDS_PERSON),
        ({"ntn": ""}, NEEDS_PERSON),
        ({"has_ntn": "", "ntn": ""}, NEEDS_PERSON),
    ],
)
def test_holding_an_ntn(answers: dict[str, str], outcome: Outcome) -> None:
    assert verdict(HoldsNtn, {}, **answers).outcome == outcome


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({}, MET),
        ({"ntn": "EAN/021/142/N"}, MET),  # the office of an older number can be read
        ({"cct_on": "2026-07-03"}, MET),
        ({"cct_on": "2026-07-02"}, MET),  # on the last day itself
        ({"cct_on": "2026-07-01"}, NOT_MET),
        ({"cct_on": "2025-08-06"}, NOT_MET),
        ({"cct_on": "2026-07-01", "grace": "yes", "grace_until": "2026-07-02"}, NEEDS_PERSON),
        ({"cct_on": "2026-07-01", "grace": "yes", "grace_until": "2026-12-31"}, NEEDS_PERSON),
        ({"cct_on": "2026-07-01", "grace": "yes", "grace_until": "2026-07-01"}, NOT_MET),
        ({"cct_on": "2026-07-01", "grace": "yes", "grace_until": ""}, NOT_MET),
        ({"cct_on": "2026-07-01", "grace": "no", "grace_until": "2026-12-31"}, NOT_MET),
        ({"cct_on": ""}, NEEDS_PERSON),
        ({"region_plan": "leaves"}, NOT_MET),
        ({"region_plan": "transfer"}, NEEDS_PERSON),
        ({"region_plan": "unsure"}, NEEDS_PERSON),
        ({"region_plan": ""}, NEEDS_PERSON),
        ({"ntn": "LDN/ABC/1234567/C"}, NOT_MET),
        ({"ntn": "LDN/ABC/1234567/C", "region_plan": "transfer"}, NEEDS_PERSON),
        ({"ntn": "LDN/ABC/1234567/C", "region_plan": "transfer", "cct_on": "2026-01-01"}, NOT_MET),
        ({"ntn": "TSD/ABC/1234567/C"}, NEEDS_PERSON),
        ({"ntn": "TSD/ABC/1234567/C", "region_plan": "leaves"}, NOT_MET),
        ({"ntn": "XYZ/ABC/1234567/C"}, NEEDS_PERSON),
        ({"ntn": "on my certificate"}, NEEDS_PERSON),
        ({"has_ntn": "no", "ntn": ""}, NOT_MET),
        ({"has_ntn": "unsure", "ntn": ""}, NEEDS_PERSON),
    ],
)
def test_an_ntn_in_the_region_throughout(answers: dict[str, str], outcome: Outcome) -> None:
    assert verdict(NtnOffice, {"office": "EAN", "throughout": True}, **answers).outcome == outcome


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"region_plan": "leaves", "cct_on": "2025-11-01"}, MET),
        ({"ntn": "KSS/ABC/1234567/C"}, NOT_MET),
    ],
)
def test_an_ntn_in_the_region_at_the_start_alone(answers: dict[str, str], outcome: Outcome) -> None:
    assert verdict(NtnOffice, {"office": "EAN"}, **answers).outcome == outcome


def test_a_cct_before_the_end_is_said_to_end_the_ntn_and_not_to_be_too_early() -> None:
    answer = verdict(NtnOffice, {"office": "EAN", "throughout": True}, cct_on="2026-01-15")

    assert answer == Verdict(
        "ntn_office",
        NOT_MET,
        "Your CCT date is 15 January 2026. You give up your NTN at CCT, so you would not hold one until the programme "
        "ends on 2 July 2026. A period of grace does not carry an NTN by right.",
        "A CCT date on or after 2 July 2026, or a period of grace already granted until then.",
    )


@pytest.mark.parametrize(
    ("commences", "cct_on", "outcome"),
    [
        (date(2025, 10, 8), "2027-10-07", MET),
        (date(2025, 10, 8), "2027-10-08", MET),
        (date(2025, 10, 8), "2027-10-09", NOT_MET),
        (date(2025, 10, 8), "2025-10-08", MET),
        (date(2025, 10, 8), "2024-01-01", MET),  # rule 2 says what is wrong with it
        (date(2025, 10, 8), "", NEEDS_PERSON),
        (date(2024, 2, 29), "2026-02-28", MET),
        (date(2024, 2, 29), "2026-03-01", NOT_MET),
        (date(2026, 2, 28), "2028-02-28", MET),
        (date(2026, 2, 28), "2028-02-29", NOT_MET),
    ],
)
def test_within_two_calendar_years_of_the_cct(commences: date, cct_on: str, outcome: Outcome) -> None:
    rule = verdict(WithinYearsOfCct, {"years": 2}, commences, commences + timedelta(days=200), cct_on=cct_on)

    assert rule.outcome == outcome


def test_a_leap_day_maps_to_a_leap_day_where_there_is_one() -> None:
    rule = WithinYearsOfCct({"years": 4}, CohortDates(date(2024, 2, 29), date(2024, 12, 1)))

    assert rule.last_day == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({}, MET),
        ({"oop_return_on": "2026-01-01"}, MET),  # not out: a date typed before the answer was changed
        ({"oop_now": "yes", "oop_return_on": "2025-10-07"}, MET),
        ({"oop_now": "yes", "oop_return_on": "2025-10-08"}, MET),
        ({"oop_now": "yes", "oop_return_on": "2025-10-09"}, NOT_MET),
        ({"oop_now": "yes", "oop_return_on": ""}, NEEDS_PERSON),
        ({"oop_now": ""}, NEEDS_PERSON),
        ({"oop_planned": "yes"}, NOT_MET),
        ({"oop_planned": "unsure"}, NEEDS_PERSON),
        ({"oop_planned": ""}, NEEDS_PERSON),
        ({"oop_now": "yes", "oop_return_on": "", "oop_planned": "yes"}, NOT_MET),
    ],
)
def test_not_out_of_programme_at_any_stage(answers: dict[str, str], outcome: Outcome) -> None:
    assert verdict(NotOutOfProgramme, {"throughout": True}, **answers).outcome == outcome


def test_where_only_the_start_counts_later_plans_do_not() -> None:
    assert verdict(NotOutOfProgramme, {}, oop_planned="yes").outcome == MET


@pytest.mark.parametrize(
    ("lowest", "highest", "band", "outcome"),
    [
        (5, 6, "4", NOT_MET),
        (5, 6, "5", MET),
        (5, 6, "6", MET),
        (5, 6, "7", NOT_MET),
        (7, 7, "7", MET),
        (7, 7, "8a", NOT_MET),
        (7, 8, "8d", MET),
        (5, 6, "equivalent", NEEDS_PERSON),
        (5, 6, "", NEEDS_PERSON),
        (5, 6, "five", NEEDS_PERSON),
    ],
)
def test_a_band_between_two(lowest: int, highest: int, band: str, outcome: Outcome) -> None:
    assert verdict(BandBetween, {"lowest": lowest, "highest": highest}, band=band).outcome == outcome


@pytest.mark.parametrize(
    ("rule", "parameters", "fact", "expected"),
    [
        (
            WorksInNhsCare,
            {},
            "nhs_care",
            {"nhs": MET, "provider": MET, "neither": NOT_MET, "unsure": NEEDS_PERSON, "": NEEDS_PERSON},
        ),
        (
            SelfIdentifies,
            {"group": "Black, Asian or minority ethnic"},
            "self_identifies",
            {"yes": MET, "no": NOT_MET, "unsaid": NEEDS_PERSON, "": NEEDS_PERSON},
        ),
        (
            WorksInGeneralPractice,
            {},
            "practice_role",
            {"trainee": MET, "gp": MET, "other": NEEDS_PERSON, "none": NOT_MET, "": NEEDS_PERSON},
        ),
    ],
)
def test_rules_of_one_question(
    rule: type[Rule], parameters: dict[str, Any], fact: str, expected: dict[str, Outcome]
) -> None:
    assert {given_: verdict(rule, parameters, **{fact: given_}).outcome for given_ in expected} == expected


PARAMETERS: dict[str, dict[str, Any]] = {
    "ntn_office": {"office": "EAN", "throughout": True},
    "within_years_of_cct": {"years": 2},
    "not_out_of_programme": {"throughout": True},
    "band_between": {"lowest": 5, "highest": 6},
    "self_identifies": {"group": "Black, Asian or minority ethnic"},
}


def _answer(name: str) -> st.SearchStrategy[Any]:
    fact = FACTS[name]
    if fact.kind is Kind.CHOICE:
        return st.sampled_from(["", *dict(fact.options)])
    if fact.kind is Kind.DATE:
        return st.one_of(st.just(""), st.dates().map(date.isoformat), st.text(max_size=10))
    return st.text(max_size=30)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@given(data=st.data())
def test_every_answer_gets_a_verdict_with_a_reason(rule: type[Rule], data: st.DataObject) -> None:
    answers = data.draw(st.fixed_dictionaries({}, optional={name: _answer(name) for name in rule.facts}))

    answer = rule(PARAMETERS.get(rule.code, {}), CohortDates(COMMENCES, ENDS)).verdict(answers, TODAY)

    assert answer.rule == rule.code
    assert answer.reason
    assert answer.remedy == "" or answer.outcome != MET


@given(data=st.data())
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_reads_only_the_facts_it_declares(rule: type[Rule], data: st.DataObject) -> None:
    asked: set[str] = set()

    class Watched(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            asked.add(key)
            return super().get(key, default)

    answers = data.draw(st.fixed_dictionaries({}, optional={name: _answer(name) for name in rule.facts}))
    rule(PARAMETERS.get(rule.code, {}), CohortDates(COMMENCES, ENDS)).verdict(Watched(answers), TODAY)

    assert asked - set(rule.facts) == set()


@pytest.mark.parametrize(
    ("rule", "parameters", "problems"),
    [
        (HoldsNtn, {}, []),
        (HoldsNtn, {"years": 2}, ["holds_ntn has no setting called years."]),
        (NtnOffice, {"office": "EAN", "throughout": True}, []),
        (NtnOffice, {}, ["ntn_office needs office."]),
        (NtnOffice, {"office": 3}, ["office must be text."]),
        (NtnOffice, {"office": "EAN", "throughout": "yes"}, ["throughout must be true or false."]),
        (
            NtnOffice,
            {"office": "EEN"},
            ["office must be one of EAN, EMD, KSS, LDN, NTH, NWE, OXF, SWN, TSD, WES, WMD, YHD."],
        ),
        (WithinYearsOfCct, {"years": 2}, []),
        (WithinYearsOfCct, {"years": True}, ["years must be a whole number."]),
        (WithinYearsOfCct, {"years": 0}, ["years must be between 1 and 10."]),
        (BandBetween, {"lowest": 5, "highest": 6}, []),
        (BandBetween, {"lowest": 6, "highest": 5}, ["lowest must not be above highest."]),
        (BandBetween, {"lowest": 5, "highest": 12}, ["lowest and highest must be bands from 1 to 9."]),
        (SelfIdentifies, {}, ["self_identifies needs group."]),
    ],
)
def test_parameters_of_a_programme_file_are_checked(
    rule: type[Rule], parameters: dict[str, Any], problems: list[str]
) -> None:
    assert rule.problems(parameters) == problems


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("holds_ntn", "You must hold a National Training Number (NTN)."),
        (
            "ntn_office",
            (
                "You must hold your NTN in the East of England for the whole programme, "
                "from 8 October 2025 to 2 July 2026."
            ),
        ),
        (
            "within_years_of_cct",
            (
                "When the programme starts you must be within 2 calendar years of your expected CCT date: "
                "it must be 8 October 2027 or earlier."
            ),
        ),
        (
            "not_out_of_programme",
            (
                "You must not be out of programme at any stage of it. You can be out of programme when you apply, "
                "if you return on or before 8 October 2025."
            ),
        ),
        ("band_between", "You must work in band 5 or 6, or in an equivalent role."),
        ("works_in_nhs_care", "You must work in the NHS, or in an organisation that provides NHS care."),
        ("self_identifies", "You must identify as Black, Asian or minority ethnic. Your own word is enough."),
        ("works_in_general_practice", "You must be a GP or GP trainee, or work in general practice."),
    ],
)
def test_each_rule_describes_itself(rule: str, sentence: str) -> None:
    classes = {one.code: one for one in RULES}

    assert classes[rule](PARAMETERS.get(rule, {}), CohortDates(COMMENCES, ENDS)).describe() == sentence
