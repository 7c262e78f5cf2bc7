"""Every form of the portal by keyboard, and some filled in that way from end to end."""

from collections.abc import Callable
from contextvars import ContextVar

import pytest
from playwright.sync_api import Page, expect

from applications.models import Application
from attendance.models import Mark
from nextstep import clock
from qip.models import Score
from tests.browser.pages import check_page
from tests.factories.cohorts import NOW
from tests.journeys.keyboard import keyboard_problems
from tests.journeys.people import Eyes
from tests.journeys.scenes import Made, Scene
from tests.journeys.writes import WRITES
from tests.journeys.writes_admin import ADMINISTRATION
from tests.journeys.writes_applicants import answering
from tests.journeys.writes_projects import scoring
from tests.journeys.writes_registers import marking

pytestmark = [pytest.mark.browser, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands for the threads of the server too, which `clock.at` does not reach."""
    monkeypatch.setattr(clock, "_pinned", ContextVar("pinned_for_all", default=NOW))


@pytest.fixture
def opens(page: Page, sign_in: Callable) -> Callable[[Scene], Page]:
    def open_scene(scene: Scene) -> Page:
        sign_in(page, scene.by)
        page.goto(scene.page)
        if scene.pressed:
            page.locator(f"input.action-select[value='{scene.pressed['_selected_action'][0]}']").check()
            page.locator("select[name=action]").select_option(scene.pressed["action"])
            page.get_by_role("button", name="Go").click()
            page.wait_for_load_state()
        return page

    return open_scene


@pytest.mark.parametrize("table", [WRITES, ADMINISTRATION], ids=["portal", "administration"])
def test_tab_reaches_every_control_of_every_form_and_shows_where_it_is(
    table: dict[str, Made], opens: Callable[[Scene], Page]
) -> None:
    problems = {name: keyboard_problems(opens(made())) for name, made in table.items()}

    assert {name: found for name, found in problems.items() if found} == {}


def test_every_form_of_the_administration_passes_every_check(opens: Callable[[Scene], Page]) -> None:
    eyes = Eyes(check_page)
    for name, made in ADMINISTRATION.items():
        eyes.look(opens(made()), name)

    if eyes.broken:
        pytest.fail("\n\n".join(eyes.broken), pytrace=False)


BROKEN = {
    # Tab begins at the second, and misses or repeats what comes before.
    "<button>A</button><button tabindex='1'>B</button>": [
        "Tab reaches something else: <body><main>",
        "Tab does not reach 'B'",
    ],
    "<style>a { outline: none }</style><a href='#x'>Link</a>": ["the focus is not seen on 'Link'"],
    "<button onfocus='this.blur()'>Shy</button>": [
        "Tab reaches something else: <body><main>",
        "Tab does not reach 'Shy'",
    ],
}


@pytest.mark.parametrize("markup", BROKEN)
def test_the_check_bites(page: Page, markup: str) -> None:
    page.set_content(f"<main>{markup}</main>")

    assert [problem[:40] for problem in keyboard_problems(page)] == [told[:40] for told in BROKEN[markup]]


def test_a_topic_is_answered_by_keyboard_alone(page: Page, opens: Callable[[Scene], Page]) -> None:
    scene = answering()
    opens(scene)
    _tab_to(page, "#id_specialty")
    _types_over(page, "Orthodontics")
    _tab_to(page, "button:has-text('Save and continue')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Documents")).to_be_visible()

    assert Application.objects.get().answers["specialty"] == "Orthodontics"


def test_a_project_is_scored_by_keyboard_alone(page: Page, opens: Callable[[Scene], Page]) -> None:
    opens(scoring())
    _tab_to(page, "#score-problem")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#saved-problem")).to_contain_text("Saved at")

    assert Score.objects.get(criterion__code="problem").value == 2


def test_somebody_is_marked_by_keyboard_alone(page: Page, opens: Callable[[Scene], Page]) -> None:
    opens(marking())
    _tab_to(page, "button[value=late]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Late, saved")).to_be_visible()

    assert Mark.objects.get().state == "late"


def _tab_to(page: Page, selector: str) -> None:
    wanted = page.locator(selector).first
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("(el) => el === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def _types_over(page: Page, words: str) -> None:
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
