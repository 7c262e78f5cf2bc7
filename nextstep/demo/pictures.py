"""Takes the README's pictures from a running demo and lists them there: `python -m nextstep.demo.pictures [ADDRESS]`.

The demo needs a cohort at each of three stages: `make run`, and once `manage.py demo --stage judging --applicants 100`.
"""

import re
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES_DIR = ROOT / "docs" / "pictures"
README = ROOT / "README.md"
BEGIN, END = "<!-- pictures: begin -->", "<!-- pictures: end -->"
PHONE, DESKTOP = (390, 844), (1280, 900)


@dataclass(frozen=True)
class Picture:
    """A screen: what it shows, how to get there, and as whom (a heading and part of a note on the page of people)."""

    name: str
    words: str
    size: tuple[int, int]
    go: Callable[[Page], object]
    who: tuple[str, str] | None = None


def follow(*names: str) -> Callable[[Page], object]:
    """Click through links or buttons whose words hold these, one after the other."""

    def go(page: Page) -> None:
        for name in names:
            page.locator("main a, main button", has_text=name).first.click()

    return go


def at(address: str, *names: str) -> Callable[[Page], object]:
    def go(page: Page) -> None:
        page.goto(address)
        follow(*names)(page)

    return go


CHOSEN = {
    "registration_body": "GMC",
    "has_ntn": "yes",
    "grace": "no",
    "region_plan": "stays",
    "oop_now": "no",
    "oop_planned": "no",
}
TYPED = {"registration_number": "9912345", "ntn": "ldn res 9912345 c", "cct_on_day": "1", "cct_on_month": "3"}


def checked(page: Page) -> None:
    """The eligibility check of somebody with a London number, as the portal reads and answers it."""
    at("/", "Check if you can apply")(page)
    for name, value in CHOSEN.items():
        page.check(f"input[name={name}][value={value}]")
    for name, text in {**TYPED, "cct_on_year": str(time.gmtime().tm_year + 2)}.items():
        page.fill(f"input[name={name}]", text)
    page.locator("main button").last.click()


def scoring(page: Page) -> None:
    """A project that the judge has not begun, of the panel that is at work."""
    page.goto("/judging/")
    page.locator("main a", has_text="Executive Panel").last.click()
    page.locator("main tr", has_text="Not started").first.get_by_role("link").click()
    page.get_by_role("radio").nth(3).scroll_into_view_if_needed()


def results(page: Page) -> None:
    page.goto("/results/")
    page.locator("main a", has_text="Executive Panel").last.click()


ADMINISTRATOR, JUDGE = ("Programme administrators", ""), ("Judges", "")
LIST = at("/admin/applications/application/")
PICTURES = (
    Picture("home", "The public home: programmes and their windows", DESKTOP, at("/")),
    Picture("check", "Anybody can check whether they can apply; nothing is kept", PHONE, checked),
    Picture("tasks", "An application is a list of tasks", PHONE, at("/home/", "2027"), ("Applicants", "Draft")),
    Picture("applications", "The team's list of applications, with filters", DESKTOP, LIST, ADMINISTRATOR),
    Picture("fellow", "A fellow's home: what is next, and where they stand", PHONE, at("/home/"), ("Fellows", "")),
    Picture("register", "The register, one tap a person", PHONE, at("/registers/", ""), ("Facilitators", "")),
    Picture("score", "A judge scores a project against described levels", DESKTOP, scoring, JUDGE),
    Picture("results", "Results, with how far each judge is", DESKTOP, results, ADMINISTRATOR),
)


def main(base_url: str) -> str | None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return "The pictures need Chromium on the path."
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        for picture in PICTURES:
            take(browser, base_url, picture)
        browser.close()
    list_in_readme()
    return None


def take(browser: Browser, base_url: str, picture: Picture) -> None:
    width, height = picture.size
    context = browser.new_context(base_url=base_url, viewport={"width": width, "height": height})
    page = context.new_page()
    if picture.who:
        heading, note = picture.who
        page.goto("/demo/")
        section = page.locator(f"h2:has-text('{heading}') + ul > li", has_text=note)
        section.first.get_by_role("button").click()
    picture.go(page)
    page.screenshot(path=PICTURES_DIR / f"{picture.name}.png")
    context.close()


def list_in_readme() -> None:
    """Put the pictures between README's two marks, the phone's side by side."""
    shown = [
        f'<img src="docs/pictures/{one.name}.png" alt="{one.words}" width="{280 if one.size == PHONE else 560}">'
        for one in PICTURES
    ]
    text = README.read_text(encoding="utf-8")
    block = "\n".join([BEGIN, *shown, END])
    README.write_text(re.sub(f"{BEGIN}.*?{END}", lambda _: block, text, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
