"""Words are counted alike by the server and by the browser."""

import pytest

from nextstep.design.words import count_words

TEXTS = {
    "": 0,
    "   \n\t ": 0,
    "one": 1,
    "one two": 2,
    "  one\n\ntwo\tthree  ": 3,
    "well-tested, isn't it?": 3,
    "PDSA – cycle": 3,
    "24/7 & more": 3,
    "a\u00a0b": 2,
    "a\u2003b\u3000c": 3,
    "a\ufeffb": 2,
    "a\u200bb": 1,
    "a\x85b": 1,
    "a\x1cb": 1,
    "a\u2028b": 2,
    "漢字 かな": 2,
    "👩‍⚕️ 👨‍⚕️": 2,
}


@pytest.mark.parametrize(("text", "words"), TEXTS.items())
def test_words_are_runs_of_anything_but_white_space(text, words):
    assert count_words(text) == words


@pytest.mark.browser
def test_the_browser_counts_as_the_server_does(page, settings):
    settings.DEMO = True
    page.goto("/design/")
    counted = page.evaluate("async (texts) => texts.map((await import('/static/js/words.js')).countWords)", list(TEXTS))
    assert counted == list(TEXTS.values())


@pytest.mark.browser
def test_the_page_says_how_many_words_are_left(page, settings):
    settings.DEMO = True
    page.goto("/design/")
    said = page.locator(".nhsuk-character-count__status")
    page.get_by_label("Supporting statement").fill("24/7 & more")
    said.get_by_text("You have 17 words remaining").wait_for()
    page.get_by_label("Supporting statement").fill("word " * 21)
    said.get_by_text("You have 1 word too many").wait_for()
