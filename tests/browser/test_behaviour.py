"""What script adds to a page, and that the page does without."""

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


def test_an_option_shows_and_hides_the_question_it_reveals(page):
    page.goto("/design/")
    question = page.get_by_role("textbox", name="Phone number")
    expect(question).to_be_hidden()
    page.get_by_label("Phone", exact=True).check()
    expect(question).to_be_visible()
    page.get_by_label("Email", exact=True).check()
    expect(question).to_be_hidden()


@pytest.mark.parametrize("visitor", ["plain", "scriptless"])
def test_without_script_every_question_is_shown(request, visitor):
    page = request.getfixturevalue(visitor)
    page.goto("/design/")
    expect(page.get_by_role("textbox", name="Phone number")).to_be_visible()


@pytest.mark.parametrize(
    ("link", "control"),
    [
        ("Your CCT date must include a month", "id_cct_on_month"),
        ("Select an answer to ‘Where do you train?’", "id_region"),
        ("Enter full name", "id_full_name"),
    ],
)
def test_a_link_of_the_error_summary_goes_to_the_wrong_control(page, link, control):
    page.goto("/design/?state=refused")
    page.get_by_role("link", name=link).click()
    expect(page.locator(f"#{control}")).to_be_focused()


SUBMIT_THRICE = """() => {
  const sent = [];
  window.addEventListener("submit", (event) => {
    sent.push(!event.defaultPrevented);
    event.preventDefault();
  });
  const [once, later] = document.querySelectorAll("main form button");
  once.form.requestSubmit(once);
  once.form.requestSubmit(once);
  once.form.requestSubmit(later);
  window.dispatchEvent(new PageTransitionEvent("pageshow"));
  once.form.requestSubmit(once);
  return sent;
}"""


def test_a_form_on_its_way_is_not_sent_again_until_the_page_is_shown_anew(page):
    page.goto("/design/")
    assert page.evaluate(SUBMIT_THRICE) == [True, False, False, True]


@pytest.mark.parametrize("visitor", ["phone", "scriptless"])
def test_the_menu_is_there_with_and_without_script(request, visitor):
    page = request.getfixturevalue(visitor)
    page.goto("/design/")
    expect(page.get_by_role("navigation", name="Menu").get_by_role("link", name="Programmes")).to_be_visible()
    expect(page.get_by_role("navigation", name="Account").get_by_role("link", name="Sign in")).to_be_visible()


def test_the_skip_link_leads_past_the_menu(page):
    page.goto("/design/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#maincontent")).to_be_focused()


def test_a_signed_in_person_signs_out_without_script(scriptless, sign_in):
    sign_in(scriptless, UserFactory(full_name="Amina Example"))
    scriptless.goto("/design/")
    account = scriptless.get_by_role("navigation", name="Account")
    expect(account.get_by_text("Amina Example")).to_be_visible()
    account.get_by_role("button", name="Sign out").click()
    expect(scriptless.get_by_role("navigation", name="Account").get_by_role("link", name="Sign in")).to_be_visible()


def test_menus_and_buttons_are_not_printed(page):
    page.goto("/design/")
    page.emulate_media(media="print")
    for gone in (
        ".nhsuk-header__navigation",
        ".nhsuk-header__account",
        ".nhsuk-pagination",
        "main .nhsuk-button >> nth=0",
    ):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.get_by_role("table", name="Applications")).to_be_visible()
