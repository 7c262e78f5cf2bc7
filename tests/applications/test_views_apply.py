"""Filling in an application: pages, drafts, two tabs, closed windows, expired sessions."""

from datetime import timedelta

import pytest
from django.test import Client

from applications.models import Application
from nextstep import clock
from nextstep.accounts.models import User
from tests.factories.answers import posted
from tests.factories.applications import ELIGIBLE, ApplicationFactory, next_step_cohort, with_documents
from tests.factories.cohorts import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(asha: User) -> Application:
    return ApplicationFactory(cohort=next_step_cohort(), applicant=asha, answers={"full_name": "Asha Rao"})


def at(application: Application, page: str = "") -> str:
    return f"/{application.cohort.programme.slug}/{application.cohort.slug}/apply/{page}"


def save(browser: Client, address: str, answers: dict[str, str], *, follow: bool = False):
    """Send a page as a browser does that opened it just before."""
    return browser.post(address, {"seen": seen_on(browser, address), **answers}, follow=follow)


def seen_on(browser: Client, address: str) -> str:
    form = browser.get(address).context["form"]
    return form["seen"].value()


def test_the_start_page_leads_a_stranger_to_sign_in_and_back(now: None, client: Client) -> None:
    cohort = next_step_cohort()

    page = client.get(f"/{cohort.programme.slug}/{cohort.slug}/apply/").text

    assert f"/account/sign-in/?next=/{cohort.programme.slug}/{cohort.slug}/apply/" in page
    assert "You must hold a National Training Number (NTN)." in page
    assert "Supporting statement (2 of them)" in page


def test_beginning_leads_to_the_task_list(now: None, browser: Client) -> None:
    cohort = next_step_cohort()

    response = browser.post(f"/{cohort.programme.slug}/{cohort.slug}/apply/begin/", follow=True)

    assert response.redirect_chain == [(f"/{cohort.programme.slug}/{cohort.slug}/apply/tasks/", 302)]
    assert [(item["title"], item["status"]) for item in response.context["items"]] == [
        ("Your details", "Completed"),
        ("Registration and training number", "Not started"),
        ("Training and CCT", "Not started"),
        ("Out of programme", "Not started"),
        ("Your work", "Not started"),
        ("Documents", "0 of 3 uploaded"),
        ("Check your answers and send", "Cannot start yet"),
    ]


def test_a_get_begins_nothing(now: None, browser: Client) -> None:
    cohort = next_step_cohort()

    assert browser.get(f"/{cohort.programme.slug}/{cohort.slug}/apply/begin/").status_code == 405
    assert Application.objects.count() == 0


def test_a_page_is_saved_and_leads_to_the_next(now: None, browser: Client, draft: Application) -> None:
    response = save(
        browser,
        at(draft, "about/registration/"),
        {"registration_body": "GMC", "registration_number": "1234567", "has_ntn": "yes", "ntn": "ean abc 1234567 c"},
    )

    draft.refresh_from_db()
    assert response["Location"] == at(draft, "about/training/")
    assert draft.answers["ntn"] == "ean abc 1234567 c"


def test_a_draft_is_never_refused_for_what_is_missing(now: None, browser: Client, draft: Application) -> None:
    for topic in ("details", "registration", "training", "out-of-programme", "work"):
        assert save(browser, at(draft, f"about/{topic}/"), {}).status_code == 302


def test_save_and_come_back_later_says_by_when(now: None, browser: Client, draft: Application) -> None:
    response = save(browser, at(draft, "about/details/"), {"full_name": "Asha", "later": "1"}, follow=True)

    assert response.redirect_chain[-1][0] == at(draft, "tasks/")
    assert "Your application is saved. Send it by 11:59pm on 2 June 2025." in response.text


def test_a_changed_answer_leads_back_to_the_checked_answers(now: None, browser: Client, draft: Application) -> None:
    response = save(browser, at(draft, "about/details/?return=answers"), {"full_name": "Asha"})

    assert response["Location"] == at(draft, "answers/")


def test_a_day_that_does_not_read_is_shown_with_its_error_and_what_was_typed(
    now: None, browser: Client, draft: Application
) -> None:
    typed = {"cct_on_day": "35", "cct_on_month": "8", "cct_on_year": "2027", "cct_source": "tis"}

    first = save(browser, at(draft, "about/training/"), typed)
    again = browser.get(at(draft, "about/training/"))

    draft.refresh_from_db()
    for response in (first, again):
        assert response.context["form"].errors == {"cct_on": ["Expected CCT date must be a real date"]}
        assert 'value="35"' in response.text
        assert "Error: Training and CCT" in response.text
    assert draft.answers["cct_source"] == "tis"  # what reads is saved


def test_a_corrected_page_is_no_longer_wrong(now: None, browser: Client, draft: Application) -> None:
    save(browser, at(draft, "about/training/"), {"cct_on_day": "35", "cct_on_month": "8", "cct_on_year": "2027"})

    seen = seen_on(browser, at(draft, "about/training/"))
    browser.post(
        at(draft, "about/training/"), {"seen": seen, "cct_on_day": "3", "cct_on_month": "8", "cct_on_year": "2027"}
    )

    draft.refresh_from_db()
    assert (draft.unread, draft.answers["cct_on"]) == ({}, "2027-08-03")


def test_an_answer_that_is_no_longer_asked_for_is_dropped(now: None, browser: Client, draft: Application) -> None:
    draft.answers = ELIGIBLE
    draft.save()

    browser.post(
        at(draft, "about/registration/"),
        {
            "registration_body": "GMC",
            "registration_number": "1234567",
            "has_ntn": "no",
            "ntn": "EAN/ABC/1234567/C",
            "seen": seen_on(browser, at(draft, "about/registration/")),
        },
    )

    draft.refresh_from_db()
    assert (draft.answers["has_ntn"], draft.answers["ntn"]) == ("no", "")


def test_two_tabs_never_overwrite_each_other_silently(now: None, browser: Client, draft: Application) -> None:
    page = at(draft, "about/work/")
    opened = seen_on(browser, page)
    browser.post(page, {"seen": opened, "employer": "Papworth"})

    response = browser.post(page, {"seen": opened, "employer": "Addenbrooke’s"})

    draft.refresh_from_db()
    assert draft.answers["employer"] == "Papworth"
    assert [(c.saved, c.typed) for c in response.context["conflicts"]] == [("Papworth", "Addenbrooke’s")]
    assert "You have changed this page in another tab or on another device" in response.text


def test_who_has_seen_both_texts_can_save_theirs(now: None, browser: Client, draft: Application) -> None:
    page = at(draft, "about/work/")
    opened = seen_on(browser, page)
    browser.post(page, {"seen": opened, "employer": "Papworth"})
    shown = browser.post(page, {"seen": opened, "employer": "Addenbrooke’s"})

    browser.post(page, {"seen": shown.context["form"]["seen"].value(), "employer": "Addenbrooke’s"})

    draft.refresh_from_db()
    assert draft.answers["employer"] == "Addenbrooke’s"


def test_a_double_click_on_save_is_one_save(now: None, browser: Client, draft: Application) -> None:
    page = at(draft, "about/work/")
    sent = {"seen": seen_on(browser, page), "employer": "Papworth"}

    answers = [browser.post(page, sent)["Location"] for _ in range(2)]

    draft.refresh_from_db()
    assert answers == [at(draft, "documents/")] * 2
    assert draft.version == 2


@pytest.mark.parametrize("page", ["tasks/", "about/details/", "documents/", "answers/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_after_the_window_every_page_says_it_is_closed(
    browser: Client, draft: Application, page: str, method: str
) -> None:
    with clock.at(draft.cohort.applications_close_at):
        if method == "post" and page in {"tasks/", "documents/"}:
            page = "about/work/"
        response = getattr(browser, method)(at(draft, page), {"full_name": "Changed"})

    draft.refresh_from_db()
    assert response.status_code == (200 if method == "get" else 409)
    assert "Applications for" in response.text
    assert "closed at 11:59pm on 2 June 2025, London time" in response.text
    assert draft.answers == {"full_name": "Asha Rao"}


def test_beginning_before_the_window_says_when_it_opens(browser: Client) -> None:
    cohort = next_step_cohort()

    with clock.at(cohort.applications_open_at - timedelta(seconds=1)):
        response = browser.post(f"/{cohort.programme.slug}/{cohort.slug}/apply/begin/")

    assert response.status_code == 409
    assert "open on 25 March 2025 at midnight, London time" in response.text


@pytest.mark.parametrize("page", ["tasks/", "about/details/", "documents/", "answers/"])
def test_an_expired_session_leads_to_sign_in(now: None, client: Client, draft: Application, page: str) -> None:
    response = client.get(at(draft, page))

    assert response.status_code == 302
    assert response["Location"].startswith("/account/sign-in/?next=")


def test_a_post_of_an_expired_session_leads_to_sign_in_and_writes_nothing(
    now: None, client: Client, draft: Application
) -> None:
    response = client.post(at(draft, "about/details/"), {"full_name": "Somebody else"})

    draft.refresh_from_db()
    assert response.status_code == 302
    assert "/account/sign-in/" in response["Location"]
    assert draft.answers == {"full_name": "Asha Rao"}


def test_somebody_else_has_no_way_into_a_draft(now: None, client: Client, draft: Application) -> None:
    from tests.factories.accounts import UserFactory

    client.force_login(UserFactory())

    response = client.post(at(draft, "about/details/"), {"full_name": "Somebody else"})

    draft.refresh_from_db()
    assert response["Location"] == at(draft)
    assert draft.answers == {"full_name": "Asha Rao"}


def test_a_page_that_is_not_asked_is_not_found(now: None, browser: Client, draft: Application) -> None:
    assert browser.get(at(draft, "about/identity/")).status_code == 404


def test_what_was_sent_is_not_opened_for_writing(now: None, browser: Client, draft: Application) -> None:
    draft.state, draft.submitted_at = "submitted", NOW
    draft.save()

    response = browser.post(at(draft, "about/details/"), {"full_name": "Changed"})

    assert response["Location"] == f"/applications/{draft.public_id}/"


@pytest.mark.parametrize("page", ["tasks/", "about/training/", "documents/", "answers/"])
def test_the_pages_of_a_draft_take_few_queries(
    now: None, browser: Client, draft: Application, page: str, django_assert_max_num_queries
) -> None:
    with_documents(draft)

    with django_assert_max_num_queries(8):
        browser.get(at(draft, page))


def test_saving_a_page_takes_few_queries(
    now: None, browser: Client, draft: Application, django_assert_max_num_queries
) -> None:
    sent = {**posted(ELIGIBLE), "seen": seen_on(browser, at(draft, "about/training/"))}

    with django_assert_max_num_queries(10) as counted:
        browser.post(at(draft, "about/training/"), sent)

    # The test's own transaction turns the service's into a savepoint and its release.
    real = [query for query in counted.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(real) == 6
