"""Checking and sending, the receipt, one's own application, and answering an offer."""

from typing import Any

import pytest
from django.test import Client

from applications.models import Application, Offer, Submission
from applications.services import save_answers, submit_application
from cohorts.models import Place
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.notifications.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.applications import (
    ELIGIBLE,
    NOT_ELIGIBLE,
    ApplicationFactory,
    OfferFactory,
    next_step_cohort,
    with_documents,
)
from tests.factories.cohorts import NOW
from tests.factories.sessions_app import TeachingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(asha: User) -> Application:
    return with_documents(ApplicationFactory(cohort=next_step_cohort(), applicant=asha))


@pytest.fixture
def offer(asha: User) -> Offer:
    return OfferFactory(application__applicant=asha)


def answers_page(application: Application) -> str:
    return f"/{application.cohort.programme.slug}/{application.cohort.slug}/apply/answers/"


def own_page(application: Application, page: str = "") -> str:
    return f"/applications/{application.public_id}/{page}"


# --- check your answers


def test_everything_that_will_be_sent_is_shown_with_a_way_to_change_it(
    now: None, browser: Client, draft: Application
) -> None:
    response = browser.get(answers_page(draft))

    rows = {row["key"]: row for section in response.context["sections"] for row in section.rows}
    assert (rows["Expected CCT date"]["value"], rows["Source of the CCT date"]["value"]) == (
        "4 August 2027",
        "TIS Self-Service",
    )
    assert rows["NTN"]["change_href"].endswith("/apply/about/registration/?return=answers")
    assert "Kind of time out" not in rows  # not asked of somebody in programme
    assert [slot.name for slot in response.context["slots"]] == ["cv.pdf"] * 3
    assert response.context["missing"] == []


def test_each_missing_thing_is_named_and_linked(now: None, browser: Client, asha: User) -> None:
    draft = ApplicationFactory(
        cohort=next_step_cohort(), applicant=asha, answers={**ELIGIBLE, "cct_on": "", "employer": ""}
    )

    response = browser.get(answers_page(draft))

    start = answers_page(draft).removesuffix("answers/")
    cv, statement = draft.cohort.required_documents.all()
    assert [(one.text, one.href) for one in response.context["missing"]] == [
        ("Enter your expected CCT date", f"{start}about/training/?return=answers#id_cct_on_day"),
        ("Enter who employs you", f"{start}about/work/?return=answers#id_employer"),
        ("Upload “Up-to-date CV”", f"{start}documents/{cv.pk}/1/"),
        ("Upload “Supporting statement” 1 of 2", f"{start}documents/{statement.pk}/1/"),
        ("Upload “Supporting statement” 2 of 2", f"{start}documents/{statement.pk}/2/"),
    ]
    assert "Send my application" not in response.text


def test_sending_leads_to_the_receipt(now: None, browser: Client, draft: Application) -> None:
    response = browser.post(answers_page(draft), {"version": draft.version, "declared": "true"}, follow=True)

    assert response.redirect_chain == [(own_page(draft, "sent/"), 302)]
    assert draft.reference in response.text
    assert "We have sent a receipt to asha.rao@example.nhs.uk." in response.text
    assert f"You applied to {draft.cohort} on 29 April 2025 at midday." in response.text


def test_sending_twice_is_one_application_and_one_receipt(now: None, browser: Client, draft: Application) -> None:
    sent = {"version": draft.version, "declared": "true"}

    answers = [browser.post(answers_page(draft), sent)["Location"] for _ in range(2)]

    assert answers == [own_page(draft, "sent/"), own_page(draft)]
    assert (Submission.objects.count(), Message.objects.filter(code="applications.receipt").count()) == (1, 1)


def test_without_the_declaration_the_page_says_so(now: None, browser: Client, draft: Application) -> None:
    response = browser.post(answers_page(draft), {"version": draft.version})

    assert response.context["form"].errors == {"declared": ["Confirm the declaration to send your application"]}
    assert Submission.objects.count() == 0


def test_who_does_not_meet_every_rule_acknowledges_it(now: None, browser: Client, draft: Application) -> None:
    draft.answers = NOT_ELIGIBLE
    draft.save()

    refused = browser.post(answers_page(draft), {"version": draft.version, "declared": "true"})
    browser.post(answers_page(draft), {"version": draft.version, "declared": "true", "acknowledged": "true"})

    assert refused.context["form"].errors == {
        "acknowledged": ["Confirm that you know your answers do not meet every rule"]
    }
    assert Submission.objects.get().acknowledged_not_met is True


def test_a_stale_page_of_checked_answers_sends_nothing(now: None, browser: Client, draft: Application) -> None:
    seen = draft.version
    save_answers(application=draft, topic="work", answers={"employer": "Papworth"}, by=draft.applicant)

    response = browser.post(answers_page(draft), {"version": seen, "declared": "true"})

    assert "Your answers have changed since you opened this page" in response.text
    assert "Papworth" in response.text
    assert response.context["form"]["version"].value() == str(seen + 1)
    assert Submission.objects.count() == 0


def test_a_page_left_open_past_the_close_sends_nothing(browser: Client, draft: Application) -> None:
    with clock.at(draft.cohort.applications_close_at):
        response = browser.post(answers_page(draft), {"version": draft.version, "declared": "true"})

    assert (response.status_code, Submission.objects.count()) == (409, 0)


# --- one's own application


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("submitted", "We have your application. We will email you when there is a decision."),
        ("reserve", "We will email you if a place becomes free."),
        ("not_selected", "We are sorry that we could not offer you a place this time."),
        ("withdrawn", "You have withdrawn this application."),
    ],
)
def test_ones_own_page_says_where_it_stands(now: None, browser: Client, asha: User, state: str, words: str) -> None:
    application = ApplicationFactory(
        applicant=asha, state=state, submitted_at=NOW, reserve_rank=1 if state == "reserve" else None
    )

    assert words in browser.get(own_page(application)).text


def test_ones_own_page_shows_what_was_sent_and_not_what_was_typed_since(
    now: None, browser: Client, draft: Application
) -> None:
    submit_application(application=draft, by=draft.applicant, declared=True)
    Application.objects.update(answers={**ELIGIBLE, "employer": "Somewhere else"})

    page = browser.get(own_page(draft)).text

    assert "Cambridge University Hospitals" in page
    assert "Somewhere else" not in page


@pytest.mark.parametrize("page", ["", "sent/", "withdraw/"])
def test_nobody_elses_application_is_found(now: None, client: Client, draft: Application, page: str) -> None:
    client.force_login(UserFactory())

    assert client.get(own_page(draft, page)).status_code == 404


def test_withdrawing_asks_first_and_can_be_undone(now: None, browser: Client, draft: Application) -> None:
    submit_application(application=draft, by=draft.applicant, declared=True)

    asked = browser.get(own_page(draft, "withdraw/"))
    states = []
    for page in ("withdraw/", "withdraw/", "reopen/"):
        browser.post(own_page(draft, page))
        draft.refresh_from_db()
        states.append(draft.state)

    assert "Withdraw your application?" in asked.text
    assert "You can open it again, to change it, until 11:59pm on 2 June 2025, UK time." in asked.text
    assert states == ["withdrawn", "withdrawn", "draft"]


def test_whoever_withdraws_after_the_window_is_told_what_can_be_undone(browser: Client, asha: User) -> None:
    application = ApplicationFactory(applicant=asha, submitted=True)
    with clock.at(application.cohort.applications_close_at):
        asked = browser.get(own_page(application, "withdraw/"))
    assert "You can undo this until our team acts on it." in asked.text
    assert "You can open it again" not in asked.text


def test_opening_again_after_the_window_is_refused_in_words(browser: Client, asha: User) -> None:
    application = ApplicationFactory(applicant=asha, state="withdrawn", submitted_at=NOW)

    with clock.at(application.cohort.applications_close_at):
        response = browser.post(own_page(application, "reopen/"), follow=True)

    assert "Applications closed at 11:59pm on 2 June 2025." in response.text


def test_ones_own_page_takes_few_queries(
    now: None, browser: Client, draft: Application, django_assert_max_num_queries
) -> None:
    submit_application(application=draft, by=draft.applicant, declared=True)

    with django_assert_max_num_queries(8):
        browser.get(own_page(draft))


# --- offers


def offer_page(offer: Offer, page: str = "") -> str:
    return f"/offers/{offer.public_id}/{page}"


def test_the_offer_restates_dates_deadline_and_commitment(now: None, browser: Client, offer: Offer) -> None:
    TeachingSessionFactory(cohort=offer.application.cohort, title="Systems Leadership", state="published")

    page = browser.get(offer_page(offer)).text

    assert "Answer by <strong>11:59am on 6 May 2025</strong>, London time." in page
    assert "Systems Leadership:" in page


def test_opening_the_page_answers_nothing(now: None, browser: Client, offer: Offer) -> None:
    for page in ("", "decline/"):
        browser.get(offer_page(offer, page))

    offer.refresh_from_db()
    assert offer.state == "open"


def agreed(browser: Client, offer: Offer) -> dict[str, Any]:
    form = browser.get(offer_page(offer)).context["form"]
    return {
        "agreed_to": form["agreed_to"].value(),
        "attends": list(form.dates),
        "study_leave": "applied",
        "committed": "true",
        "signed_name": "Asha Rao",
    }


def test_accepting_keeps_the_words_and_says_what_is_next(now: None, browser: Client, offer: Offer) -> None:
    session = TeachingSessionFactory(cohort=offer.application.cohort, state="published")

    response = browser.post(offer_page(offer), agreed(browser, offer), follow=True)

    place = Place.objects.get()
    assert "You have accepted your place" in response.text
    assert session.title in place.commitment_text
    assert place.fellow == offer.application.applicant


def test_accepting_twice_makes_one_fellow(now: None, browser: Client, offer: Offer) -> None:
    sent = agreed(browser, offer)

    pages = [browser.post(offer_page(offer), sent, follow=True).text for _ in range(2)]

    assert ["You have accepted your place" in page for page in pages] == [True, True]
    assert Place.objects.count() == 1


def test_without_the_commitment_the_offer_is_not_accepted(now: None, browser: Client, offer: Offer) -> None:
    response = browser.post(offer_page(offer), {**agreed(browser, offer), "committed": ""})

    assert response.context["form"].errors == {
        "committed": ["Confirm that you can attend the dates to accept your place"]
    }
    assert Place.objects.count() == 0


def test_dates_that_changed_meanwhile_are_shown_before_anything_is_agreed(
    now: None, browser: Client, offer: Offer
) -> None:
    sent = agreed(browser, offer)
    TeachingSessionFactory(cohort=offer.application.cohort, state="published", title="One more day")

    response = browser.post(offer_page(offer), sent)
    form = response.context["form"]
    accepted = browser.post(
        offer_page(offer),
        {**sent, "agreed_to": form["agreed_to"].value(), "attends": list(form.dates)},
        follow=True,
    )

    assert "The dates have changed since you opened this page. Read them again." in response.text
    assert "One more day" in response.text
    assert "You have accepted your place" in accepted.text


def test_declining_asks_first(now: None, browser: Client, offer: Offer) -> None:
    asked = browser.get(offer_page(offer, "decline/"))

    answered = browser.post(offer_page(offer, "decline/"), follow=True)

    assert "Decline your place?" in asked.text
    assert "You have declined your place" in answered.text


def test_an_offer_that_has_ended_says_so_to_a_get_and_a_post(browser: Client, offer: Offer) -> None:
    with clock.at(NOW):
        sent = agreed(browser, offer)

    with clock.at(offer.expires_at):
        pages = [browser.get(offer_page(offer)).text, browser.post(offer_page(offer), sent, follow=True).text]

    assert ["This offer has ended" in page for page in pages] == [True, True]
    assert Place.objects.count() == 0


def test_nobody_elses_offer_is_found(now: None, client: Client, offer: Offer) -> None:
    client.force_login(UserFactory(is_superuser=True))

    answers = [getattr(client, method)(offer_page(offer)).status_code for method in ("get", "post")]

    assert answers == [404, 404]


def test_an_expired_session_leads_an_acceptance_to_sign_in(now: None, client: Client, offer: Offer) -> None:
    response = client.post(offer_page(offer), {"committed": "true"})

    offer.refresh_from_db()
    assert (response.status_code, offer.state) == (302, "open")


def test_the_offer_page_takes_few_queries(
    now: None, browser: Client, offer: Offer, django_assert_max_num_queries
) -> None:
    TeachingSessionFactory.create_batch(3, cohort=offer.application.cohort, state="published")

    with django_assert_max_num_queries(8):
        browser.get(offer_page(offer))
