"""The gallery passes every check, and each check bites on a page broken for it."""

import pytest

from tests.browser.pages import CHECKS, PageIsBroken, check_page

pytestmark = pytest.mark.browser

GALLERY = {"valid": "/design/", "refused": "/design/?state=refused"}

WHOLE = """<!DOCTYPE html>
<html lang="en">
<head><title>Page</title><meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Page</h1>{}</main></body>
</html>"""
BROKEN = {
    "axe": ('<img src="data:,">', "axe: at 1280 px, image-alt"),
    "reflow": ('<div class="wide" style="width: 600px">Words</div>', "reflow: the page is 608 px wide: div.wide"),
    "zoom": (
        '<p class="fixed" style="height: 20px; overflow: hidden">More words</p>',
        "zoom: with text at 200%, words are cut off in p.fixed",
    ),
    "forced colours": (
        '<button style="border: 0; background: #005eb8; color: #fff">Send</button>',
        "forced colours: no edge on button",
    ),
}
NO_OUTLINE = '<a href="#x" style="outline: none; box-shadow: 0 0 0 4px #fd0">Link</a>'


@pytest.fixture
def gallery(settings):
    settings.DEMO = True
    return GALLERY


@pytest.mark.parametrize("state", GALLERY)
def test_the_gallery_passes_every_check(page, gallery, state):
    page.goto(gallery[state])
    check_page(page)


@pytest.mark.parametrize("state", GALLERY)
def test_the_gallery_passes_every_check_where_no_script_arrives(plain, gallery, state):
    plain.goto(gallery[state])
    check_page(plain)


def test_the_gallery_passes_every_check_on_a_phone(phone, gallery):
    phone.goto(gallery["valid"])
    check_page(phone)


def test_a_page_without_faults_passes(page):
    page.set_content(WHOLE.format('<p>Words</p><a href="#x">Link</a><button>Send</button>'))
    check_page(page)


@pytest.mark.parametrize("name", CHECKS)
def test_each_check_bites(page, name):
    content, expected = BROKEN[name]
    page.set_content(WHOLE.format(content))
    with pytest.raises(PageIsBroken) as broken:
        check_page(page)
    assert expected in [line[: len(expected)] for line in str(broken.value).splitlines()]


def test_a_focus_that_vanishes_under_forced_colours_is_found(page):
    page.set_content(WHOLE.format(NO_OUTLINE))
    assert CHECKS["forced colours"](page) == ["no outline on a in focus"]


def test_the_page_is_left_as_it_was_found(page):
    page.set_content(WHOLE.format("<p>Words</p>"))
    check_page(page)
    assert page.viewport_size == {"width": 1280, "height": 900}
    assert page.evaluate("document.documentElement.style.fontSize") == ""
    assert page.evaluate("matchMedia('(forced-colors: active)').matches") is False
