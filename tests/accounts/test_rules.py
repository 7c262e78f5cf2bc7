"""Registrations, names and marks, as pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.accounts.codes import digest_of, is_code, plain_code
from nextstep.accounts.rules.markup import to_html
from nextstep.accounts.rules.names import name_key
from nextstep.accounts.rules.registration import registration_problem, written_plainly


@pytest.mark.parametrize(
    ("body", "number", "problem"),
    [
        ("", "", ""),
        ("", "1234567", "Select the body you are registered with"),
        ("GMC", "", "Enter your GMC number"),
        ("GMC", "0123456", ""),
        ("GMC", " GMC: 012 34-56 ", ""),
        ("GMC", "123456", "Your GMC number must have 7 digits, like 0123456"),
        ("GMC", "12345678", "Your GMC number must have 7 digits, like 0123456"),
        ("GMC", "C123456", "Your GMC number must have 7 digits, like 0123456"),
        ("GDC", "12345", ""),
        ("GDC", "123456", ""),
        ("GDC", "1234", "Your GDC number must have 5 digits or more"),
        ("GDC", "gdc", "Enter your GDC number"),
    ],
)
def test_which_registrations_are_one(body: str, number: str, problem: str) -> None:
    assert registration_problem(body, number) == problem


@pytest.mark.parametrize(("typed", "kept"), [("GMC 123.45/67", "1234567"), ("gdc-12345", "12345"), ("", "")])
def test_a_number_is_kept_plainly(typed: str, kept: str) -> None:
    assert written_plainly(typed) == kept


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Ada Abara", "Dr Ada Abara", True),
        ("Ada Abara", "ABARA, Ada", True),
        ("Zoë O'Neill", "Zoe ONeill", True),
        ("Ada Abara", "Ada Abari", False),
        ("Ada", "Ada", False),
        ("", "", False),
    ],
)
def test_which_names_may_be_one_persons(one: str, other: str, alike: bool) -> None:
    assert (bool(name_key(one)) and name_key(one) == name_key(other)) is alike


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("", ""),
        ("One\nline.\n\nTwo.", "<p>One line.</p>\n<p>Two.</p>"),
        ("## Who\nWe.\n### Where", "<h2>Who</h2>\n<p>We.</p>\n<h3>Where</h3>"),
        ("- a\n- b", '<ul class="nhsuk-list nhsuk-list--bullet"><li>a</li><li>b</li></ul>'),
        ("1. a\n2) b", '<ol class="nhsuk-list nhsuk-list--number"><li>a</li><li>b</li></ol>'),
        ("**Now** [go](/help/)", '<p><strong>Now</strong> <a href="/help/">go</a></p>'),
        ("[a](https://x.example/?a=1&b=2)", '<p><a href="https://x.example/?a=1&amp;b=2">a</a></p>'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("[a](JaVaScRiPt:x)", "<p>[a](JaVaScRiPt:x)</p>"),
        ("[a](//evil.example)", "<p>[a](//evil.example)</p>"),
        ('[a](/"onclick="x)', '<p><a href="/&quot;onclick=&quot;x">a</a></p>'),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("#hash", "<p>#hash</p>"),
    ],
)
def test_marks_become_safe_html(words: str, html: str) -> None:
    assert to_html(words) == html


@given(st.text())
def test_no_words_ever_make_another_tag(words: str) -> None:
    html = to_html(words)
    for tag in ("p", "h2", "h3", "li", "strong", "a", "ul", "ol"):
        html = html.replace(f"</{tag}>", "").replace(f"<{tag}>", "").replace(f"<{tag} ", "")

    assert "<" not in html


def test_a_code_opens_only_what_it_was_made_for() -> None:
    digest = digest_of("123456", purpose="sign-in:ada")

    assert is_code("123 456", digest, purpose="sign-in:ada")
    assert not is_code("123456", digest, purpose="sign-in:ben")
    assert not is_code("123457", digest, purpose="sign-in:ada")
    assert not is_code("", "", purpose="sign-in:ada")


@pytest.mark.parametrize(("typed", "code"), [(" 123-456 ", "123456"), ("١٢٣", ""), ("12a3", "123")])
def test_the_digits_of_what_was_typed(typed: str, code: str) -> None:
    assert plain_code(typed) == code
