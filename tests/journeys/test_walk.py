"""Every page that each role can reach, by the links on its pages, in cohorts full of people as the demo makes them."""

import re
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from cohorts.enums import Role
from cohorts.models import Place, TeamRole
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.demo.building import Plan, build
from nextstep.demo.stages import Stage
from tests.browser.pages import PageIsBroken, check_page
from tests.factories.accounts import first_words

pytestmark = [pytest.mark.browser, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

SEED = 7
# A calendar, a document, a file of codes: no page. The way out would end the walk.
NO_PAGES = {
    "sessions_app:session_calendar", "portal:feed", "applications:document", "applications:document_text",
    "applications:review_document", "applications:review_document_text",
    "mfa_download_recovery_codes", "account_logout", "admin:jsi18n", "admin:view_on_site",
}  # fmt: skip

# What each role must come to by links, beside what everybody does; each may come to more.
REACHED = {
    "nobody signed in": {"home", "cohort_page", "applications:start", "applications:check", "account_login", "privacy"},
    "applicant": {"portal:dashboard", "applications:tasks", "account", "account_details", "account_change_email"},
    "fellow": {"attendance:own", "qip:project", "sessions_app:session", "applications:application", "mfa_index"},
    "Reviewer": {"portal:dashboard", "account", "applications:reviewing"},
    "Coach": {"portal:dashboard", "account"},
    "Facilitator": {"attendance:registers", "attendance:register", "attendance:person", "attendance:close"},
    "Judge": {"qip:panel", "qip:score", "qip:conflict"},
    "Programme administrator": {
        "attendance:register", "attendance:standings", "qip:results", "portal:graduation", "admin:index",
        "admin:applications_application_change", "admin:cohorts_cohort_change", "admin:cohorts_place_change",
    },
}  # fmt: skip
# It says something else to everybody.
HOME = "portal:dashboard"


@pytest.fixture
def year() -> None:
    """One cohort that takes applications, and one whose projects are being judged."""
    first_words()
    for stage in (Stage.JUDGING, Stage.APPLICATIONS):
        build(Plan(stage, 9, SEED, clock.now() - timedelta(minutes=1)), say=lambda _: None)


class Walk:
    """Follows links from page to page, one page of each kind. What was looked at before need only open."""

    def __init__(self, page: Page, *, leaving_out: str = "no page") -> None:
        self.page = page
        self.leaving_out = leaving_out
        self.looked_at: set[str] = set()
        self.broken: list[str] = []

    def from_page(self, start: str) -> set[str]:
        waiting, met = deque([start]), {_kind(start)}
        while waiting:
            path = waiting.popleft()
            self._look(path)
            for link in self._links(path):
                if _is_page(_kind(link)) and _kind(link) not in met:
                    met.add(_kind(link))
                    waiting.append(link)
        return met

    def _look(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        if answer.status != 200:
            self.broken.append(f"{path}: {answer.status}")
            return
        if self.page.locator("h1").count() != 1:
            self.broken.append(f"{path}: {self.page.locator('h1').count()} headings of the first level")
        kind = _kind(path)
        if kind in self.looked_at - {HOME} or kind.startswith(self.leaving_out):
            return
        self.looked_at.add(kind)
        try:
            check_page(self.page)
        except PageIsBroken as broken:
            self.broken.append(str(broken))

    def _links(self, path: str) -> list[str]:
        hrefs = self.page.eval_on_selector_all("a[href]", "(all) => all.map((one) => one.getAttribute('href'))")
        here = urlsplit(self.page.url)
        found = [urlsplit(urljoin(self.page.url, href)) for href in hrefs]
        return [link.path for link in found if link.netloc == here.netloc and link.path.endswith("/")]


def _is_page(kind: str) -> bool:
    """The history of a thing leads to its own page."""
    return kind not in NO_PAGES and not kind.endswith("_history")


def _kind(path: str) -> str:
    """The name of the address: one page of each kind is enough. Lists of the administration are kinds of their own."""
    match = resolve(path)
    model = match.kwargs.get("app_label", "")
    return f"{match.view_name} {model}".strip()


def people_of_the_year() -> dict[str, User | None]:
    roles: Any = {role.label: TeamRole.objects.filter(role=role).select_related("person").first() for role in Role}
    place = Place.objects.active().select_related("fellow").first()
    applicant = User.objects.filter(applications__state="draft").first()
    assert place is not None
    team = {label: role.person for label, role in roles.items() if role is not None}
    return {"nobody signed in": None, "applicant": applicant, "fellow": place.fellow, **team}


def test_every_page_of_every_role_passes(page: Page, year: None, sign_in: Callable) -> None:
    # Those of the administration are the owner's too, whose walk looks at them.
    walk = Walk(page, leaving_out="admin:")
    met = {}
    for role, person in people_of_the_year().items():
        page.context.clear_cookies()
        if person is not None:
            sign_in(page, person)
        met[role] = walk.from_page("/" if person is None else "/home/")

    missed = {role: kinds - met[role] for role, kinds in REACHED.items()}
    assert missed == {role: set() for role in REACHED}
    if walk.broken:
        pytest.fail("\n\n".join(walk.broken), pytrace=False)


def test_every_page_of_the_owner_passes(page: Page, year: None, sign_in: Callable) -> None:
    sign_in(page, User.objects.get(is_superuser=True))
    walk = Walk(page)
    met = walk.from_page("/admin/")

    assert {kind for kind in met if re.search("_change$", kind)} != set()
    if walk.broken:
        pytest.fail("\n\n".join(walk.broken), pytrace=False)
