"""What a reviewer is shown of answers and of a document's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.rules.facts import FACTS
from applications.rules.reviewing.blinding import HIDDEN, SHOWN_FACTS, blind_answers, without_identity


def test_every_fact_that_is_shown_exists_and_none_names_a_person():
    named = {"full_name", "telephone", "registration_number", "ntn", "supervisor_name", "supervisor_email", "employer"}

    assert FACTS.keys() >= SHOWN_FACTS
    assert SHOWN_FACTS & (named | {name for name, fact in FACTS.items() if fact.special_category}) == set()


def test_a_question_that_nobody_listed_stays_hidden():
    answers = [
        {"fact": "specialty", "question": "What is your specialty? (optional)", "words": "Anaesthetics"},
        {"fact": "added_next_year", "question": "Who are you?", "words": "Asha"},
    ]
    assert blind_answers(answers) == [("What is your specialty?", "Anaesthetics")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("I, Asha Rao, led.", f"I, {HIDDEN}, led."),
        ("ASHA and rao", f"{HIDDEN} and {HIDDEN}"),
        ("Write to a.rao@example.org.", f"Write to {HIDDEN}."),
        ("Raoul stays", "Raoul stays"),
        ("Dr Al led", "Dr Al led"),
        ("(1234567)", f"({HIDDEN})"),
        ("", ""),
    ],
)
def test_names_addresses_and_numbers_are_hidden(text, shown):
    assert without_identity(text, name="Asha Al Rao", others=["a.rao@example.org", "1234567", "Asha Rao"]) == shown


def test_without_anything_known_the_words_stay():
    assert without_identity("As it was.", name="", others=["", " "]) == "As it was."


@given(st.text(max_size=200), st.text(alphabet="abcdefgh", min_size=3, max_size=8))
def test_no_word_that_is_the_name_is_left(text, name):
    assert name not in without_identity(f"{text} {name} {text}", name=name, others=[]).lower().split()
