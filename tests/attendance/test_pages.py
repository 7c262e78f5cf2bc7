"""The register in a real browser: with script, without, with a finger, when the session is over; and every check."""

import pytest
from playwright.sync_api import expect

from attendance.models import Excusal, Mark
from cohorts.enums import Role
from nextstep import clock
from tests.browser.pages import check_page
from tests.factories.attendance import MarkFactory
from tests.factories.cohorts import AttendanceRequirementFactory, PlaceFactory, TeamRoleFactory
from tests.factories.sessions_app import FaceToFaceDayFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def day():
    """A day that is on at this moment: the live server's clock cannot be pinned from here."""
    now = clock.now()
    day = FaceToFaceDayFactory(title="Systems Leadership", starts_at=now, joining_link="https://zoom.example/j/1")
    AttendanceRequirementFactory(cohort=day.cohort)
    for name in ("Ada Abara", "Ben Bell", "Cleo Chowdhury-Fernandez"):
        PlaceFactory(cohort=day.cohort, fellow__full_name=name, enrolled_at=now)
    return day


@pytest.fixture
def facilitator(day):
    return TeamRoleFactory(cohort=day.cohort, role=Role.FACILITATOR).person


@pytest.fixture
def administrator(day):
    return TeamRoleFactory(administrator=True, programme=day.cohort.programme).person


def row(page, name):
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))


def tap(page, name, button):
    row(page, name).get_by_role("button", name=button, exact=True).click()


def states():
    return list(Mark.objects.order_by("place__fellow__full_name").values_list("place__fellow__full_name", "state"))


def test_a_tap_on_a_phone_saves_at_once_and_stays_in_its_place(phone, sign_in, day, facilitator):
    sign_in(phone, facilitator)
    phone.goto(f"/registers/{day.public_id}/")
    phone.evaluate("window.stayed = true")

    tap(phone, "Ben Bell", "Late")
    expect(row(phone, "Ben Bell")).to_contain_text("Late, saved")
    tap(phone, "Ben Bell", "Present")
    expect(row(phone, "Ben Bell")).to_contain_text("Present, saved")
    tap(phone, "Cleo Chowdhury-Fernandez", "Absent")
    expect(phone.get_by_text("1 present, 0 late, 1 absent, 1 not marked")).to_be_visible()
    tap(phone, "Cleo Chowdhury-Fernandez", "Undo")
    expect(row(phone, "Cleo")).to_contain_text("Not marked")

    assert phone.evaluate("window.stayed") is True
    assert states() == [("Ben Bell", "present")]


def test_targets_for_a_finger_are_at_least_44_pixels(phone, sign_in, day, facilitator):
    MarkFactory(session=day, place=day.cohort.fellows.first())
    sign_in(phone, facilitator)
    phone.goto(f"/registers/{day.public_id}/")

    boxes = [one.bounding_box() for one in phone.locator(".app-register button").all()]

    assert len(boxes) == 10
    assert [box for box in boxes if box["width"] < 44 or box["height"] < 44] == []
    marked = [box["y"] for box in boxes[:4]]
    assert max(marked) - min(marked) < 1  # one line, Undo included


def test_the_keyboard_alone_marks_and_keeps_its_place(page, sign_in, day, facilitator):
    sign_in(page, facilitator)
    page.goto(f"/registers/{day.public_id}/")

    row(page, "Ada Abara").get_by_role("button", name="Late").focus()
    page.keyboard.press("Enter")
    expect(row(page, "Ada Abara")).to_contain_text("Late, saved")

    expect(row(page, "Ada Abara").get_by_role("button", name="Late")).to_be_focused()
    assert row(page, "Ada Abara").get_by_role("button", name="Late").get_attribute("aria-pressed") == "true"


def test_without_script_a_search_a_tap_and_undo_do_the_same(scriptless, sign_in, day, facilitator):
    sign_in(scriptless, facilitator)
    scriptless.goto(f"/registers/{day.public_id}/")

    scriptless.get_by_label("Find a person by name").fill("bell")
    scriptless.get_by_role("button", name="Find").click()
    tap(scriptless, "Ben Bell", "Absent")

    expect(row(scriptless, "Ben Bell")).to_contain_text("Absent, saved")
    assert (scriptless.get_by_label("Find a person by name").input_value(), states()) == (
        "bell",
        [("Ben Bell", "absent")],
    )
    tap(scriptless, "Ben Bell", "Undo")
    expect(row(scriptless, "Ben Bell")).to_contain_text("Not marked")
    assert states() == []


def test_a_tap_without_connection_says_that_nothing_was_saved(page, sign_in, day, facilitator):
    sign_in(page, facilitator)
    page.goto(f"/registers/{day.public_id}/")

    page.evaluate("console.error = () => {}")  # htmx logs the loss, which is meant here
    page.context.set_offline(True)
    tap(page, "Ada Abara", "Present")
    expect(row(page, "Ada Abara").get_by_role("alert")).to_have_text("Not saved: no connection. Tap again.")
    page.context.set_offline(False)
    tap(page, "Ada Abara", "Present")
    expect(row(page, "Ada Abara")).to_contain_text("Present, saved")

    assert states() == [("Ada Abara", "present")]


def test_a_tap_after_the_session_expired_leads_to_sign_in(page, sign_in, day, facilitator):
    sign_in(page, facilitator)
    page.goto(f"/registers/{day.public_id}/")
    page.context.clear_cookies()

    # The script's own request is refused; the browser then sends the same tap, which the portal keeps.
    with page.expect_request(lambda one: one.method == "POST" and "hx-request" not in one.headers) as sent:
        tap(page, "Ada Abara", "Present")

    page.wait_for_url("**/account/sign-in/**")
    assert ("state=present" in sent.value.post_data, states()) == (True, [])


def test_two_people_mark_one_person_and_the_second_is_told(page, open_page, sign_in, day, facilitator, administrator):
    other = open_page()
    for one, person in ((page, facilitator), (other, administrator)):
        sign_in(one, person)
        one.goto(f"/registers/{day.public_id}/")

    tap(page, "Ada Abara", "Late")
    expect(row(page, "Ada Abara")).to_contain_text("Late, saved")
    tap(other, "Ada Abara", "Present")

    expect(row(other, "Ada Abara").get_by_role("alert")).to_contain_text(
        f"{facilitator.get_full_name()} had marked Ada Abara as late"
    )
    assert states() == [("Ada Abara", "present")]


def test_every_page_of_the_register_passes_every_check(page, sign_in, day, administrator):
    place = day.cohort.fellows.get(fellow__full_name="Ada Abara")
    MarkFactory(session=day, place=place, state="late")
    base = f"/registers/{day.public_id}/"
    sign_in(page, administrator)
    for address in ("/registers/", "/registers/all/", base, f"{base}?q=nobody", f"{base}close/"):
        page.goto(address)
        check_page(page)
    page.get_by_role("button", name="Close the register").click()
    check_page(page)
    page.goto(f"{base}person/{place.public_id}/")
    check_page(page)
    page.get_by_label("Minutes").fill("many")
    page.get_by_role("button", name="Save minutes").click()
    check_page(page)
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("Select what this absence counts as")
    check_page(page)
    page.goto(f"/standings/{day.cohort.programme.slug}/{day.cohort.slug}/")
    check_page(page)


def test_the_pages_of_a_fellow_pass_every_check(page, sign_in, day):
    place = day.cohort.fellows.first()
    MarkFactory(session=day, place=place)
    sign_in(page, place.fellow)
    for address in ("/attendance/", f"/sessions/{day.public_id}/"):
        page.goto(address)
        check_page(page)


def test_an_administrator_excuses_an_absence_without_script(scriptless, sign_in, day, administrator):
    place = day.cohort.fellows.get(fellow__full_name="Ada Abara")
    MarkFactory(session=day, place=place, state="absent")
    sign_in(scriptless, administrator)
    scriptless.goto(f"/registers/{day.public_id}/")

    row(scriptless, "Ada Abara").get_by_role("link", name="More about Ada Abara").click()
    scriptless.get_by_label("Counts as attended, because they caught up").check()
    scriptless.get_by_label("Why?").fill("Watched the recording")
    scriptless.get_by_role("button", name="Save the decision").click()

    expect(row(scriptless, "Ada Abara")).to_contain_text("Excused: counts as attended")
    assert Excusal.objects.values_list("effect", "reason").get() == ("counts_as_met", "Watched the recording")
