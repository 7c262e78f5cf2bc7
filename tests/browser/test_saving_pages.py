"""A draft that saves by itself, in a real browser: two tabs, no connection, an ended session, no script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from applications.models import Application
from applications.services import save_answers
from nextstep import clock
from tests.browser.pages import check_page
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, next_step_cohort

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EMPLOYER = "Which trust, practice or organisation employs you?"
SUPERVISOR = "Who is your supervisor or line manager?"


@pytest.fixture
def draft():
    """A draft in a window that is open at this moment: the live server's clock cannot be pinned from here."""
    now = clock.now()
    dates = {
        "applications_open_at": now - timedelta(days=1),
        "applications_close_at": now + timedelta(days=1),
        "commences_on": now.date() + timedelta(days=60),
        "ends_on": now.date() + timedelta(days=400),
    }
    return ApplicationFactory(cohort=next_step_cohort(**dates), applicant=UserFactory(), answers={"full_name": "Asha"})


def page_of(draft, topic="work"):
    return f"/{draft.cohort.programme.slug}/{draft.cohort.slug}/apply/about/{topic}/"


def answer(name="employer"):
    return Application.objects.get().answers.get(name, "")


def saved(page):
    return expect(page.get_by_role("status"))


def opened(page, sign_in, draft, topic="work"):
    sign_in(page, draft.applicant)
    page.goto(page_of(draft, topic))
    return page


def leave(page, label, words):
    """Fill in a question and leave it."""
    page.get_by_label(label).fill(words)
    page.get_by_label(label).blur()


def test_each_question_is_saved_as_it_is_left(phone, sign_in, draft):
    opened(phone, sign_in, draft)

    leave(phone, EMPLOYER, "Royal Papworth")
    saved(phone).to_contain_text("Saved ")
    assert answer() == "Royal Papworth"
    leave(phone, SUPERVISOR, "Bea Lund")
    with phone.expect_response(lambda one: "Dentistry" in (one.request.post_data or "")):
        phone.get_by_role("group", name="Which discipline").get_by_label("Dentistry").check()
    saved(phone).to_contain_text("Saved ")

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Your work")
    assert (answer("supervisor_name"), answer("discipline")) == ("Bea Lund", "Dentistry")
    check_page(phone)


def test_the_verdict_follows_the_answers_on_the_page(page, sign_in, draft):
    opened(page, sign_in, draft, "registration")

    page.get_by_role("group", name="Do you hold a National").get_by_label("No", exact=True).check()
    expect(page.get_by_text("What would change this:")).to_be_visible()
    page.get_by_role("group", name="Do you hold a National").get_by_label("Yes", exact=True).check()
    leave(page, "What is your NTN?", "ean abc 1234567 c")

    expect(page.get_by_text("We read your NTN as EAN/ABC/1234567/C, held in the East of England.")).to_be_visible()
    check_page(page)


def test_a_second_tab_sees_both_texts_and_chooses(page, open_page, sign_in, draft):
    other = open_page()
    for one in (page, other):
        opened(one, sign_in, draft)
    leave(page, EMPLOYER, "Royal Papworth")
    saved(page).to_contain_text("Saved ")

    leave(other, EMPLOYER, "West Suffolk")
    saved(other).to_contain_text("Choose above which text to keep.")
    expect(other.get_by_text("Saved: Royal Papworth")).to_be_visible()
    expect(other.get_by_text("You typed here: West Suffolk")).to_be_visible()
    assert answer() == "Royal Papworth"
    check_page(other)

    other.get_by_role("button", name="Save and continue").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Documents")
    assert answer() == "West Suffolk"


def test_who_keeps_what_is_saved_leaves_without_a_warning(page, sign_in, draft):
    opened(page, sign_in, draft)
    save_answers(application=draft, topic="work", answers={"employer": "Royal Papworth"}, by=draft.applicant)
    leave(page, EMPLOYER, "West Suffolk")

    page.get_by_role("link", name="keep what is saved").click()

    expect(page.get_by_label(EMPLOYER)).to_have_value("Royal Papworth")


def test_without_connection_it_says_so_keeps_trying_and_warns_on_leaving(page, sign_in, draft):
    opened(page, sign_in, draft)
    page.context.set_offline(True)
    leave(page, EMPLOYER, "Royal Papworth")
    saved(page).to_contain_text("Not saved yet: there is no connection. We keep trying.")
    check_page(page)

    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_label(EMPLOYER)).to_have_value("Royal Papworth")
    with page.expect_event("dialog") as warned:
        page.evaluate("setTimeout(() => window.location.reload())")
    warned.value.dismiss()
    assert (warned.value.type, answer()) == ("beforeunload", "")

    page.context.set_offline(False)
    saved(page).to_contain_text("Saved ")
    assert answer() == "Royal Papworth"


def test_a_lost_answer_is_not_taken_for_somebody_else(page, sign_in, draft):
    opened(page, sign_in, draft)
    lost = []

    def lose_the_first(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/about/work/", lose_the_first)
    leave(page, EMPLOYER, "Royal")
    saved(page).to_contain_text("Not saved yet")
    leave(page, EMPLOYER, "Royal Papworth")
    saved(page).to_contain_text("Saved ")

    assert (lost, answer()) == ([200], "Royal Papworth")


def test_after_the_session_it_leads_to_sign_in_with_what_was_typed(page, sign_in, draft):
    opened(page, sign_in, draft)
    page.context.clear_cookies(name="sessionid")
    leave(page, EMPLOYER, "Royal Papworth")
    saved(page).to_contain_text("Not saved: you have been signed out.")
    check_page(page)

    page.get_by_role("button", name="Sign in and save").click()
    page.wait_for_url("**/account/sign-in/**")
    back = page.url.split("next=")[1].replace("%2F", "/")
    sign_in(page, draft.applicant)
    page.goto(back)
    expect(page.get_by_text("Royal Papworth")).to_be_visible()
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_label(EMPLOYER)).to_have_value("Royal Papworth")
    assert answer() == "Royal Papworth"


def test_without_script_the_button_saves_and_both_texts_are_shown(scriptless, sign_in, draft):
    opened(scriptless, sign_in, draft)
    save_answers(application=draft, topic="work", answers={"employer": "Royal Papworth"}, by=draft.applicant)
    scriptless.get_by_label(EMPLOYER).fill("West Suffolk")
    scriptless.get_by_role("button", name="Save and continue").click()
    expect(scriptless.get_by_text("You typed here: West Suffolk")).to_be_visible()
    expect(scriptless.get_by_role("button", name="Sign in and save")).to_be_hidden()

    scriptless.get_by_role("button", name="Save what I typed here").click()

    expect(scriptless.get_by_role("heading", level=1)).to_contain_text("Documents")
    assert answer() == "West Suffolk"
