"""People who open pages of the running portal, and what each page must stand when they get there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from nextstep.accounts.models import User
from tests.browser.pages import PageIsBroken

Check = Callable[[Page], None]


@dataclass
class Eyes:
    """Looks at each state of a page once, and goes on: what is broken is told at the end, all of it."""

    check: Check | None
    seen: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def look(self, page: Page, state: str) -> None:
        if self.check is None or state in self.seen:
            return
        self.seen.add(state)
        try:
            self.check(page)
        except PageIsBroken as broken:
            self.broken.append(f"{state}: {broken}")


@dataclass
class Visitor:
    """Somebody in front of a browser. Every page they get to and every refusal they are shown is looked at."""

    page: Page
    eyes: Eyes
    works_with_script: bool

    def opens(self, address: str) -> None:
        self.page.goto(address)

    def follows(self, link: str) -> None:
        self._main.get_by_role("link", name=link).first.click()

    def presses(self, button: str) -> None:
        self._main.get_by_role("button", name=button, exact=True).first.click()

    def fills(self, label: str, words: str) -> None:
        self._main.get_by_label(label, exact=True).fill(words)

    def fills_all(self, answers: dict[str, str]) -> None:
        for label, words in answers.items():
            self.fills(label, words)

    def chooses(self, question: str, option: str) -> None:
        self._main.get_by_role("group", name=question).get_by_label(option, exact=True).check()

    def ticks(self, label: str) -> None:
        self._main.get_by_label(label).check()

    def dates(self, question: str, day: Any) -> None:
        """Type a date in its three fields; `day` a date, or words for the day alone."""
        parts = self._main.get_by_role("group", name=question)
        for label, part in (("Day", "day"), ("Month", "month"), ("Year", "year")):
            parts.get_by_label(label, exact=True).fill(str(getattr(day, part)))

    def uploads(self, label: str, name: str, data: bytes) -> None:
        file = {"name": name, "mimeType": "application/pdf", "buffer": data}
        self._main.get_by_label(label).set_input_files(files=[file])

    def sees(self, heading: str) -> None:
        """Wait for the page with this heading, and look at it."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        self.eyes.look(self.page, heading)

    def reads(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def is_told(self, error: str) -> None:
        """Wait for the page that refuses with this error, its title saying so, and look at it."""
        summary = self.page.get_by_role("alert").filter(has_text="There is a problem")
        expect(summary.get_by_text(error)).to_be_visible()
        expect(self.page).to_have_title(re.compile("^Error: "))
        self.eyes.look(self.page, f"refused: {error}")

    @property
    def _main(self) -> Locator:
        return self.page.get_by_role("main")


@dataclass
class Portal:
    """The running portal, and how people come to it: with script, without it, or with none that arrives."""

    open_page: Callable[..., Page]
    sign_in: Callable[[Page, User], None]
    eyes: Eyes
    prepare: Callable[[Page], None]
    options: dict[str, Any]
    works_with_script: bool

    def visitor(self, user: User | None = None, **options: Any) -> Visitor:
        page = self.open_page(**self.options, **options)
        self.prepare(page)
        if user is not None:
            self.sign_in(page, user)
        return Visitor(page, self.eyes, self.works_with_script)


def without_scripts(page: Page) -> None:
    """No script of the page arrives; axe, which is evaluated, still runs."""
    page.route("**/*", lambda route: route.abort() if route.request.resource_type == "script" else route.continue_())


def as_it_comes(page: Page) -> None:
    """Nothing is changed."""
