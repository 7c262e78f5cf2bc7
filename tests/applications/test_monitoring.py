"""Equality monitoring: optional, after sending, counted without a key to anybody, and told so that nobody is found."""

from typing import Any

import pytest
from django.db import models
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from applications.models import Application, MonitoringCount
from applications.presenters import monitoring_tables
from applications.rules.monitoring import QUESTIONS, published
from applications.selectors import monitoring_counts_of
from applications.services import count_monitoring
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, SubmissionFactory
from tests.factories.cohorts import CohortFactory, TeamRoleFactory

ANSWERS = {"ethnic_group": "white_irish", "age": "30_34", "sex": "prefer_not", "disability": ""}


def counted() -> dict[tuple[str, str], int]:
    return {(row.question, row.answer): row.count for row in MonitoringCount.objects.all()}


# --- what may be told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"a": 40, "b": 12, "c": 0}, {"a": 40, "b": 10, "c": 0}),
        ({"a": 8, "b": 12, "c": 13}, {"a": 10, "b": 10, "c": 15}),
        ({"a": 40, "b": 7, "c": 1}, {"a": 40, "b": None, "c": None}),
        ({"a": 40, "b": 12, "c": 7}, {"a": 40, "b": None, "c": None}),  # one alone could be worked out
        ({"a": 40, "b": 12, "c": 12, "d": 3}, {"a": 40, "b": None, "c": 10, "d": None}),
        ({"a": 40, "b": 1}, None),  # the one left would have been hidden as well
        ({"a": 7, "b": 3, "c": 0}, None),
        ({"a": 3, "b": 0}, None),
        ({"a": 0, "b": 0}, None),
    ],
)
def test_counts_of_1_to_7_are_hidden_and_the_others_rounded(counts: dict[str, int], told: Any) -> None:
    assert published(counts) == told


@given(st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 60), min_size=2))
def test_no_sum_gives_a_hidden_count_away(counts: dict[str, int]) -> None:
    told = published(counts)
    if told is None:
        return

    hidden = [name for name, count in told.items() if count is None]
    seen = [count for count in told.values() if count]
    assert [name for name, count in counts.items() if 1 <= count <= 7 and name not in hidden] == []
    assert all(count % 5 == 0 and count >= 10 for count in seen)
    # Two unknowns and a rounded count beside them: no sum settles one of them.
    assert len(hidden) != 1
    assert seen


def test_it_asks_for_the_19_ethnic_groups_and_lets_everybody_decline() -> None:
    options = {question.name: [name for name, _ in question.options] for question in QUESTIONS}

    assert len(set(options["ethnic_group"])) == 19 + 1
    assert {names[-1] for names in options.values()} == {"prefer_not"}


# --- what is kept


@pytest.fixture
def sent(now: None, asha: User) -> Application:
    return SubmissionFactory(application__applicant=asha).application


@pytest.mark.django_db
def test_each_answer_is_a_count_and_one_left_out_is_one_too(sent: Application) -> None:
    count_monitoring(application=sent, answers=ANSWERS, by=sent.applicant)
    other = ApplicationFactory(cohort=sent.cohort, submitted=True)
    count_monitoring(application=other, answers={**ANSWERS, "sex": "no such answer"}, by=other.applicant)

    assert counted() == {
        ("ethnic_group", "white_irish"): 2,
        ("age", "30_34"): 2,
        ("sex", "prefer_not"): 1,
        ("sex", "no_answer"): 1,
        ("disability", "no_answer"): 2,
    }


@pytest.mark.django_db
def test_a_second_time_counts_nothing(sent: Application) -> None:
    first = count_monitoring(application=sent, answers=ANSWERS, by=sent.applicant)
    second = count_monitoring(application=sent, answers={"age": "50_over"}, by=sent.applicant)

    assert (first, second, counted().get(("age", "50_over"))) == (True, False, None)


@pytest.mark.django_db
def test_nothing_leads_from_a_count_to_a_person_or_a_moment(sent: Application) -> None:
    events = Event.objects.count()
    count_monitoring(application=sent, answers=ANSWERS, by=sent.applicant)

    fields = MonitoringCount._meta.get_fields()
    assert [field.related_model.__name__ for field in fields if field.is_relation] == ["Cohort"]
    assert [field.name for field in fields if isinstance(field, models.DateField | models.DateTimeField)] == []
    assert Event.objects.count() == events
    sent.refresh_from_db()
    assert "white_irish" not in str(Application.objects.values().get(pk=sent.pk))
    assert "white_irish" not in str(sent.submissions.values().get())


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["draft", "somebody else"])
def test_it_is_for_the_applicant_after_sending(now: None, who: str) -> None:
    application = ApplicationFactory() if who == "draft" else ApplicationFactory(submitted=True)
    by = application.applicant if who == "draft" else UserFactory()

    with pytest.raises(Refused, match="Send your application first"):
        count_monitoring(application=application, answers=ANSWERS, by=by)
    assert counted() == {}


# --- the pages


@pytest.mark.django_db
def test_the_receipt_leads_there_and_the_page_says_what_becomes_of_it(sent: Application, browser: Client) -> None:
    address = f"/applications/{sent.public_id}/monitoring/"
    receipt, page = browser.get(f"/applications/{sent.public_id}/sent/"), browser.get(address)
    done = browser.post(address, {"ethnic_group": "white_irish"}, follow=True)

    assert address in receipt.text
    assert "We do not keep it with your name, your application or the time" in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert "Thank you. We have counted your answers." in done.text
    assert address not in done.text
    assert browser.get(address).status_code == 302


@pytest.mark.django_db
def test_the_team_reads_rounded_counts_once_applications_have_closed(client: Client) -> None:
    cohort = CohortFactory()
    for answer, count in (("female", 43), ("male", 12), ("prefer_not", 3)):
        MonitoringCount.objects.create(cohort=cohort, question="sex", answer=answer, count=count)
    client.force_login(TeamRoleFactory(administrator=True, programme=cohort.programme).person)
    address = f"/{cohort.programme.slug}/{cohort.slug}/monitoring/"

    with clock.at(cohort.applications_open_at):
        early = client.get(address)
    with clock.at(cohort.applications_close_at):
        late = client.get(address)

    assert early.context["tables"] == []
    sex = next(table for table in late.context["tables"] if table.question == "What is your sex?")
    assert sex.rows == [["Female", "45"], ["Male", "Hidden"], ["Prefer not to say", "Hidden"], ["No answer", "0"]]
    assert late.text.count("Too few people have answered to show anything.") == 3


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["reviewer", "judge", "administrator elsewhere"])
def test_nobody_else_reads_them(now: None, client: Client, role: str) -> None:
    cohort = CohortFactory()
    elsewhere = TeamRoleFactory(administrator=True).person
    person = elsewhere if role == "administrator elsewhere" else TeamRoleFactory(cohort=cohort, role=role).person
    client.force_login(person)

    assert client.get(f"/{cohort.programme.slug}/{cohort.slug}/monitoring/").status_code in {403, 404}


@pytest.mark.django_db
def test_the_counts_are_in_no_list_of_the_administration() -> None:
    from django.contrib import admin

    assert MonitoringCount not in admin.site._registry
    assert monitoring_tables(monitoring_counts_of(CohortFactory()))[0].rows == []
