"""The mail's HTML from its words, and what becomes of a mail that was not taken."""

from datetime import UTC, datetime, timedelta

import pytest

from nextstep.notifications.rules.delivery import BACKOFF, DRAIN_FOR, LEASE, next_try, refuses_for_good
from nextstep.notifications.rules.layout import mail_html

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def body(text):
    """What the layout holds for `text`, without styles."""
    import re

    html = mail_html("Subject", text, "Next Step")
    inner = html.split('padding:32px 24px 12px;">\n')[1].split("\n</td></tr>")[0]
    return re.sub(r' style="[^"]*"', "", inner)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hello", "<p>Hello</p>"),
        ("One\n\nTwo\n", "<p>One</p>\n<p>Two</p>"),
        ("One\n\n \n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("First line\nsecond line", "<p>First line<br>second line</p>"),
        ("# Heading\n\nWords", "<h1>Heading</h1>\n<p>Words</p>"),
        ("# Heading\nWords", "<h1>Heading</h1>\n<p>Words</p>"),
        ("* one\n* two", "<ul><li>one</li><li>two</li></ul>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("* one\nnot an item", "<p>* one<br>not an item</p>"),
        ("<b> & 'you'", "<p>&lt;b&gt; &amp; &#x27;you&#x27;</p>"),
        (
            "See https://a.uk/b?c=d&e=f.",
            '<p>See <a href="https://a.uk/b?c=d&amp;e=f">https://a.uk/b?c=d&amp;e=f</a>.</p>',
        ),
        ('https://a.uk/"onclick=x', '<p><a href="https://a.uk/">https://a.uk/</a>&quot;onclick=x</p>'),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
    ],
)
def test_words_become_html(text, html):
    assert body(text) == html


def test_the_layout_has_the_subject_as_title_and_the_service_as_heading():
    html = mail_html("A & B", "Hello", "Next <Step>")
    assert "<title>A &amp; B</title>" in html
    assert ">Next &lt;Step&gt;</td>" in html
    assert '<html lang="en-GB">' in html


def test_the_layout_needs_nothing_from_outside():
    html = mail_html("Subject", "Hello", "Next Step")
    assert not [word for word in ("<img", "<link", "<script", "url(", "http") if word in html]


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [(1, timedelta(minutes=1)), (2, timedelta(minutes=5)), (7, timedelta(hours=18)), (8, None), (99, None)],
)
def test_when_to_try_again(attempts, wait):
    assert next_try(attempts, NOW) == (None if wait is None else NOW + wait)


def test_waits_grow():
    assert list(BACKOFF) == sorted(BACKOFF)


@pytest.mark.parametrize(
    ("code", "for_good"),
    [(None, False), (421, False), (452, False), (499, False), (500, True), (550, True), (599, True)],
)
def test_which_answers_are_for_good(code, for_good):
    assert refuses_for_good(code) is for_good


def test_a_drain_begins_nothing_near_the_end_of_its_leases():
    assert DRAIN_FOR * 2 < LEASE
