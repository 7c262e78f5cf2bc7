"""The timeline of an object, in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nextstep.audit.presenters import Change, changes, rendered_timeline, timeline, verb_words
from nextstep.audit.selectors import timeline_of
from nextstep.audit.services import CHANGED, record
from tests.factories.accounts import UserFactory


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("applications.submitted", "Submitted"),
        ("applications.supporting_statement_replaced", "Supporting statement replaced"),
        ("erased", "Erased"),
    ],
)
def test_a_verb_in_words(verb, words):
    assert verb_words(verb) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"state": "draft"}, {"state": "submitted"}, "submitted, was draft"),
        ({}, {"state": "draft"}, "draft"),
        ({"state": "draft"}, {}, "removed, was draft"),
        ({"state": ""}, {"state": None}, "empty"),
        ({"state": False}, {"state": True}, "yes, was no"),
        ({"state": 0}, {"state": 1}, "1, was 0"),
        ({"state": []}, {"state": ["a", "b"]}, "a, b"),
        ({}, {"state": "not_selected"}, "not selected"),
        ({}, {"state": "Snake_case that a person typed"}, "Snake_case that a person typed"),
        ({}, {"state": "2026-05-20"}, "20 May 2026"),
        ({}, {"state": "2026-05-19T23:00:00Z"}, "20 May 2026 at 12:00am"),
        ({}, {"state": "2026-12-01T17:30:00+00:00"}, "1 December 2026 at 5:30pm"),
        ({}, {"state": "2026-99-20"}, "2026-99-20"),
    ],
)
def test_a_change_in_words(before, after, words):
    assert changes(before, after) == (Change("State", words),)


@pytest.mark.parametrize(
    ("name", "field"),
    [("supervisor_email", "Supervisor email"), ("cct_on", "CCT on"), ("expected_cct_on", "Expected CCT on")],
)
def test_a_field_in_words(name, field):
    assert changes({}, {name: 1}) == (Change(field, "1"),)


def test_what_is_personal_or_for_machines_is_no_change_to_read():
    assert changes({"ntn": CHANGED}, {"ntn": CHANGED, "sha256": "ab12", "number": 1}) == (Change("Number", "1"),)


@pytest.mark.django_db
def test_the_timeline_names_personal_fields_and_not_their_values():
    person = UserFactory()
    record("accounts.renamed", person, by=None, after={"oop_now": CHANGED, "full_name": CHANGED, "number": 1})
    (entry,) = timeline(timeline_of(person))
    assert entry.personal == "full name, OOP now"
    assert "because it is personal: full name, OOP now." in rendered_timeline(person)


@pytest.mark.django_db
def test_the_timeline_is_newest_first_and_names_who_acted(set_clock):
    person, actor = UserFactory(), UserFactory(full_name="Amina Khan")
    set_clock(2026, 3, 1, 9, 30)
    record("accounts.invited", person, by=actor)
    at = set_clock(2026, 3, 2, 9, 30)
    record("accounts.closed", person, by=None, reason="Asked by letter")
    record("accounts.invited", actor, by=None)

    newest, oldest = timeline(timeline_of(person))

    assert (newest.at, newest.who, newest.did, newest.reason) == (at, "The portal", "Closed", "Asked by letter")
    assert (oldest.who, oldest.did, oldest.changes) == ("Amina Khan", "Invited", ())


@pytest.mark.django_db
@pytest.mark.parametrize("events", [1, 3])
def test_the_timeline_takes_one_query_whatever_its_length(events):
    person = UserFactory()
    for _ in range(events):
        record("accounts.invited", person, by=UserFactory())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(timeline(timeline_of(person))) == events
    assert len(queries) == 1


@pytest.mark.django_db
def test_the_timeline_is_escaped():
    person = UserFactory()
    record("accounts.closed", person, by=None, reason="<script>")
    assert "&lt;script&gt;" in rendered_timeline(person)
    assert "<script>" not in rendered_timeline(person)


@pytest.mark.django_db
def test_an_object_without_a_history_says_so():
    assert "Nothing has happened yet." in rendered_timeline(UserFactory())
