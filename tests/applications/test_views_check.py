"""The eligibility check: for anybody, and nothing kept."""

import pytest
from django.apps import apps
from django.test import Client

from nextstep import clock
from tests.factories.answers import posted
from tests.factories.applications import ELIGIBLE, NEEDS_PERSON, NOT_ELIGIBLE, next_step_cohort
from tests.factories.cohorts import CohortFactory, EligibilityCriterionFactory

pytestmark = pytest.mark.django_db


def address(cohort) -> str:
    return f"/{cohort.programme.slug}/{cohort.slug}/check/"


@pytest.mark.parametrize(
    ("answers", "heading", "tags"),
    [
        (ELIGIBLE, "You can apply</h1>", {"Met": 4}),
        (NEEDS_PERSON, "You can apply, and our team will check something", {"Met": 3, "Needs a person to check": 1}),
        (NOT_ELIGIBLE, "You do not meet every rule", {"Met": 2, "Not met": 2}),
    ],
)
def test_every_rule_is_shown_with_its_verdict(
    now: None, client: Client, answers: dict[str, str], heading: str, tags: dict[str, int]
) -> None:
    response = client.post(address(next_step_cohort()), posted(answers))

    page = " ".join(response.text.split()).replace("> ", ">").replace(" <", "<")
    assert heading in page
    shown = {words: page.count(f">{words}</strong>") for words in ("Met", "Not met", "Needs a person to check")}
    assert {words: count for words, count in shown.items() if count} == tags
    assert response["Cache-Control"] == "no-store"


def test_nothing_is_kept(now: None, client: Client) -> None:
    cohort = next_step_cohort()
    before = {model: model._default_manager.count() for model in apps.get_models()}

    response = client.post(address(cohort), posted(NOT_ELIGIBLE))

    assert response.status_code == 200
    assert {model: model._default_manager.count() for model in apps.get_models()} == before
    assert "sessionid" not in response.cookies


def test_what_is_left_out_is_asked_for_beside_its_question(now: None, client: Client) -> None:
    response = client.post(address(next_step_cohort()), {})

    assert [error for errors in response.context["form"].errors.values() for error in errors] == [
        "Select who you are registered with",
        "Enter your GMC or GDC number",
        "Select whether you hold an NTN",
        "Enter your expected CCT date",
        "Select whether you have been granted a period of grace",
        "Select where you will train during the programme",
        "Select whether you are out of programme now",
        "Select whether you plan to go out of programme",
    ]
    assert "verdicts" not in response.context


def test_only_what_the_cohorts_rules_need_is_asked(now: None, client: Client) -> None:
    cohort = CohortFactory()
    EligibilityCriterionFactory(cohort=cohort, rule="works_in_general_practice")

    response = client.get(address(cohort))

    assert list(response.context["form"].fields) == ["seen", "practice_role"]


def test_the_question_of_identity_names_the_group(now: None, client: Client) -> None:
    cohort = CohortFactory()
    group = "Black, Asian or minority ethnic"
    EligibilityCriterionFactory(cohort=cohort, rule="self_identifies", parameters={"group": group})

    assert f"Do you identify as {group}?" in client.get(address(cohort)).text


def test_a_number_of_the_wrong_length_is_said_to_be_so(now: None, client: Client) -> None:
    response = client.post(address(next_step_cohort()), posted({**ELIGIBLE, "registration_number": "12"}))

    assert response.context["form"].errors["registration_number"] == [
        "Your GMC number must have 7 digits, like 0123456"
    ]


def test_a_training_number_is_shown_back_as_it_was_read(now: None, client: Client) -> None:
    response = client.post(address(next_step_cohort()), posted({**ELIGIBLE, "ntn": "ean abc 1234567 c"}))

    assert "We read your NTN as EAN/ABC/1234567/C, held in the East of England." in response.text


def test_after_the_window_one_can_still_check_and_not_apply(client: Client) -> None:
    cohort = next_step_cohort()

    with clock.at(cohort.applications_close_at):
        response = client.post(address(cohort), posted(ELIGIBLE))

    assert "Applications closed at 11:59pm on 2 June 2025." in response.text
    assert ">Apply<" not in response.text


def test_an_unknown_cohort_is_not_found(client: Client) -> None:
    assert client.get("/next-step/2099-00/check/").status_code == 404
