"""The public pages in a real browser: every check, open and closed, on a desktop and a phone, without script."""

from datetime import UTC, datetime
from typing import Any

import pytest

from cohorts.models import Cohort
from cohorts.services import load_programme, read_definition, shipped_files
from tests.browser.pages import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The server's threads have a clock of their own: a window around any moment at which these tests may run.
LONG_AGO, FAR_AWAY = datetime(2020, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def programmes() -> None:
    for file in shipped_files():
        load_programme(definition=read_definition(file), by=None)
    Cohort.objects.filter(slug="2025-26").update(applications_open_at=LONG_AGO, applications_close_at=FAR_AWAY)
    later = datetime(2091, 1, 1, tzinfo=UTC)
    Cohort.objects.filter(slug="band-7").update(applications_open_at=FAR_AWAY, applications_close_at=later)


@pytest.mark.parametrize("fixture", ["page", "phone", "plain"])
@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/", "Leadership and management programmes"),
        ("/next-step/2025-26/", "Next Step: Leadership and Management Fellows Programme"),
        ("/stepping-up/bands-5-6/", "Stepping Up"),
    ],
)
def test_a_public_page_passes_every_check(
    request: pytest.FixtureRequest, fixture: str, address: str, heading: str
) -> None:
    page = request.getfixturevalue(fixture)
    page.goto(address)
    page.get_by_role("heading", level=1, name=heading).wait_for()
    check_page(page)


def test_past_cohorts_open_without_script(scriptless: Any) -> None:
    scriptless.goto("/")
    scriptless.get_by_role("link", name="Bands 5 and 6").wait_for(state="hidden")
    scriptless.locator("summary", has_text="Past cohorts").click()
    scriptless.get_by_role("link", name="Bands 5 and 6").click()
    scriptless.get_by_text("This cohort is closed. You can no longer apply for it.").wait_for()


def test_the_contents_lead_to_their_part_of_the_page(page: Any) -> None:
    page.goto("/next-step/2025-26/")
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Study leave").click()
    assert page.url.endswith("#study-leave")
    assert page.get_by_role("heading", name="Study leave").is_visible()
