"""A page of a draft that saves by itself: each question as it is left, and never over somebody else's words."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from applications.models import Application
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.applications import ELIGIBLE, ApplicationFactory, next_step_cohort
from tests.factories.cohorts import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(asha: User) -> Application:
    return ApplicationFactory(cohort=next_step_cohort(), applicant=asha, answers={"full_name": "Asha Rao"})


def page(application: Application, topic: str) -> str:
    return f"/{application.cohort.programme.slug}/{application.cohort.slug}/apply/about/{topic}/"


def seen_on(browser: Client, address: str) -> str:
    return browser.get(address).context["form"]["seen"].value()


def autosave(browser: Client, address: str, sent: dict[str, Any]) -> Any:
    return browser.post(address, sent, headers={"Accept": "application/json"})


def test_it_says_when_it_was_saved_in_london(browser: Client, draft: Application) -> None:
    with clock.at(NOW):  # midday in London, an hour earlier in UTC
        sent = {"seen": seen_on(browser, page(draft, "work")), "employer": "Papworth"}
        answer = autosave(browser, page(draft, "work"), sent)

    draft.refresh_from_db()
    assert (answer.status_code, answer.json()["saved"]) == (200, "Saved 12:00")
    assert draft.answers["employer"] == "Papworth"
    assert Event.objects.about(draft).get().after == {"employer": "changed"}


def test_the_next_one_goes_on_from_there(now: None, browser: Client, draft: Application) -> None:
    address = page(draft, "work")
    first = autosave(browser, address, {"seen": seen_on(browser, address), "employer": "Papworth"})
    second = autosave(browser, address, {"seen": first.json()["seen"], "employer": "Papworth", "supervisor_name": "B"})

    draft.refresh_from_db()
    assert second.json()["seen"] == seen_on(browser, address)
    assert (draft.answers["employer"], draft.answers["supervisor_name"]) == ("Papworth", "B")


def test_half_a_date_is_kept_and_refused_nowhere(now: None, browser: Client, draft: Application) -> None:
    address = page(draft, "training")
    answer = autosave(browser, address, {"seen": seen_on(browser, address), "cct_on_day": "4", "cct_source": "tis"})

    draft.refresh_from_db()
    assert answer.status_code == 200
    assert (draft.unread["training"]["cct_on_day"], draft.answers["cct_source"]) == (["4"], "tis")


def test_what_another_tab_saved_is_not_written_over_and_both_texts_are_shown(
    now: None, browser: Client, draft: Application
) -> None:
    address = page(draft, "work")
    opened = seen_on(browser, address)
    autosave(browser, address, {"seen": opened, "employer": "Papworth"})

    answer = autosave(browser, address, {"seen": opened, "employer": "Addenbrooke’s"})

    draft.refresh_from_db()
    assert (answer.status_code, draft.answers["employer"]) == (409, "Papworth")
    both = " ".join(answer.json()["conflict"].split())
    assert "<strong>Saved:</strong> Papworth</p>" in both
    assert "<strong>You typed here:</strong> Addenbrooke’s</p>" in both
    again = autosave(browser, address, {"seen": answer.json()["seen"], "employer": "Addenbrooke’s"})
    assert again.status_code == 200


def test_what_another_tab_typed_and_does_not_read_is_not_written_over(
    now: None, browser: Client, draft: Application
) -> None:
    address = page(draft, "training")
    opened = seen_on(browser, address)
    autosave(browser, address, {"seen": opened, "cct_on_day": "35", "cct_on_month": "8", "cct_on_year": "2027"})

    answer = browser.post(address, {"seen": opened, "cct_on_day": "5"})

    draft.refresh_from_db()
    assert [(one.saved, one.typed) for one in answer.context["conflicts"]] == [("35 8 2027", "5")]
    assert draft.unread["training"]["cct_on_day"] == ["35"]


@pytest.mark.parametrize("script", [True, False])
def test_an_answer_that_never_arrived_is_no_change_by_somebody_else(
    now: None, browser: Client, draft: Application, *, script: bool
) -> None:
    address = page(draft, "work")
    opened, lost = seen_on(browser, address), {"employer": "Papw"}
    autosave(browser, address, {"seen": opened, **lost})

    sent = {"seen": opened, "employer": "Papworth", "tried": ["employer=Pap", urlencode(lost)]}
    answer = autosave(browser, address, sent) if script else browser.post(address, sent)

    draft.refresh_from_db()
    assert (answer.status_code, draft.answers["employer"]) == (200 if script else 302, "Papworth")


def test_what_it_sent_before_does_not_excuse_what_somebody_else_saved(
    now: None, browser: Client, draft: Application
) -> None:
    address = page(draft, "work")
    opened = seen_on(browser, address)
    autosave(browser, address, {"seen": opened, "employer": "Royal Papworth"})

    answer = autosave(browser, address, {"seen": opened, "employer": "RGT", "tried": "employer=RG"})

    draft.refresh_from_db()
    assert (answer.status_code, draft.answers["employer"]) == (409, "Royal Papworth")


def test_after_the_window_it_says_so(browser: Client, draft: Application) -> None:
    with clock.at(draft.cohort.applications_close_at):
        answer = autosave(browser, page(draft, "work"), {"employer": "Papworth"})

    draft.refresh_from_db()
    assert answer.status_code == 409
    assert answer.json() == {"refusal": "Applications closed at 11:59pm on 2 June 2025."}
    assert draft.answers == {"full_name": "Asha Rao"}


def test_after_the_session_it_is_told_to_sign_in_and_nothing_is_held(
    now: None, client: Client, draft: Application
) -> None:
    assert autosave(client, page(draft, "work"), {"employer": "Papworth"}).status_code == 401


def test_nobody_else_saves_into_a_draft(now: None, client: Client, draft: Application) -> None:
    client.force_login(UserFactory())

    assert autosave(client, page(draft, "work"), {"employer": "Papworth"}).status_code == 302
    draft.refresh_from_db()
    assert draft.answers == {"full_name": "Asha Rao"}


def test_saving_and_staying_comes_back_to_the_same_page(now: None, browser: Client, draft: Application) -> None:
    address = page(draft, "work") + "?return=answers"
    answer = browser.post(address, {"seen": seen_on(browser, address), "employer": "RGT", "stay": "1"}, follow=True)

    assert answer.redirect_chain == [(address, 302)]
    assert "Saved 12:00." in answer.text


def test_it_takes_few_queries(now: None, browser: Client, draft: Application, django_assert_max_num_queries) -> None:
    sent = {"seen": seen_on(browser, page(draft, "registration")), "has_ntn": "yes", "ntn": "ean abc 1234567 c"}

    with django_assert_max_num_queries(10) as counted:
        autosave(browser, page(draft, "registration"), sent)

    # The test's own transaction turns the service's into a savepoint and its release.
    assert len([query for query in counted.captured_queries if "SAVEPOINT" not in query["sql"]]) == 6


# --- how the answers stand, on the page that asks


@pytest.mark.parametrize(
    ("topic", "answers", "standing"),
    [
        ("work", {}, []),
        ("registration", {}, []),
        ("registration", {"has_ntn": "no"}, ["Not met", "Not met"]),
        ("training", {"cct_on": ELIGIBLE["cct_on"]}, ["Needs a person to check", "Met"]),
        ("out-of-programme", {"oop_now": "no", "oop_planned": "no"}, ["Met"]),
        ("registration", ELIGIBLE, ["Met", "Met"]),
    ],
)
def test_a_page_shows_the_rules_that_it_asks_for_once_something_is_answered(
    now: None, browser: Client, draft: Application, topic: str, answers: dict[str, str], standing: list[str]
) -> None:
    draft.answers = answers
    draft.save()

    assert [row.words for row in browser.get(page(draft, topic)).context["verdicts"]] == standing


def test_the_verdict_follows_each_save_and_says_what_would_change_it(
    now: None, browser: Client, draft: Application
) -> None:
    address = page(draft, "registration")
    answer = autosave(browser, address, {"seen": seen_on(browser, address), "has_ntn": "no"}).json()
    assert "What would change this:" in answer["standing"]
    assert "If you are given an NTN before applications close, you can apply then." in answer["standing"]

    answer = autosave(browser, address, {"seen": answer["seen"], "has_ntn": "yes", "ntn": "EAN/ABC/1234567/C"}).json()
    assert "You hold an NTN: EAN/ABC/1234567/C." in answer["standing"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ean abc 1234567 c", "We read your NTN as EAN/ABC/1234567/C, held in the East of England."),
        ("NTN: ldnabc1234567c", "We read your NTN as LDN/ABC/1234567/C, held in London."),
        ("xyz/abc/1234567/c", "We read your NTN as XYZ/ABC/1234567/C."),
        ("I do not know", ""),
    ],
)
def test_a_training_number_is_read_kindly_and_shown_back(
    now: None, browser: Client, draft: Application, typed: str, words: str
) -> None:
    address = page(draft, "registration")
    sent = {"seen": seen_on(browser, address), "has_ntn": "yes", "ntn": typed}
    answer = autosave(browser, address, sent).json()

    assert re.findall(r"We read your NTN as [^<]+", answer["standing"]) == ([words] if words else [])
    assert browser.get(address).context["ntn_as_read"] == words
