"""Sessions in the admin: drafts, times of London, publishing, cancelling with a reason, and only one's own."""

import re

import pytest

from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from sessions_app.enums import SessionState
from sessions_app.models import TeachingSession
from tests.factories.cohorts import CohortFactory, PlaceFactory, TeamRoleFactory
from tests.factories.sessions_app import (
    ActionLearningTermsFactory,
    ActionLearningTopicFactory,
    TeachingSessionFactory,
    TopicWindowFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/sessions_app/teachingsession/"


@pytest.fixture(autouse=True)
def moment(set_clock):
    set_clock(2025, 10, 1, 9)


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def administrator(client, cohort):
    person = TeamRoleFactory(administrator=True, programme=cohort.programme).person
    client.force_login(person)
    return person


def form(cohort, **changes):
    return {
        "cohort": cohort.pk, "kind": "masterclass", "number": "2", "block": "", "title": "Crisis Management",
        "description": "", "starts_at_0": "2025-11-05", "starts_at_1": "17:00", "ends_at_0": "2025-11-05",
        "ends_at_1": "19:00", "venue": "Online", "joining_link": "", "delivered_by": "", "replaces": "",
        "version_seen": "1", **changes,
    }  # fmt: skip


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def action(client, name, *sessions, **data):
    return client.post(LIST, {"action": name, "_selected_action": [one.pk for one in sessions], **data}, follow=True)


def test_a_session_is_made_as_a_draft_at_the_time_that_clocks_in_london_show(client, administrator, cohort, london):
    summer = form(cohort, starts_at_0="2025-10-08", starts_at_1="09:00", ends_at_0="2025-10-08", ends_at_1="17:00")

    answer = client.post(f"{LIST}add/", summer, follow=True)

    session = TeachingSession.objects.get()
    assert (answer.status_code, session.state, session.cohort) == (200, SessionState.DRAFT, cohort)
    assert (session.starts_at, session.ends_at) == (london(2025, 10, 8, 9), london(2025, 10, 8, 17))
    assert Event.objects.about(session).values_list("verb", "actor").get() == (
        "sessions_app.session_created", administrator.pk,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_at_1": "16:00"}, "The session must end after it starts."),
        ({"starts_at_0": "2025-10-26", "starts_at_1": "01:30"}, "Europe/London"),
        ({"starts_at_0": "2026-03-29", "starts_at_1": "01:30", "ends_at_0": "2026-03-29"}, "Europe/London"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_is_refused_on_the_form(client, administrator, cohort, changes, words):
    answer = client.post(f"{LIST}add/", form(cohort, **changes))

    assert (answer.status_code, words in text_of(answer), TeachingSession.objects.count()) == (200, True, 0)


def test_a_number_that_is_taken_is_refused_on_the_form(client, administrator, cohort):
    TeachingSessionFactory(cohort=cohort, number=2)

    answer = client.post(f"{LIST}add/", form(cohort))

    assert (answer.status_code, TeachingSession.objects.count()) == (200, 1)


def test_a_session_is_not_made_for_a_cohort_of_somebody_else(client, administrator):
    answer = client.post(f"{LIST}add/", form(CohortFactory()))

    assert (answer.status_code, TeachingSession.objects.count()) == (200, 0)


def test_a_change_goes_through_the_service_and_says_what_it_overlaps(client, administrator, cohort):
    session = TeachingSessionFactory(cohort=cohort, number=2, title="Crisis Management")
    TeachingSessionFactory(cohort=cohort, number=3, title="Another evening")
    PlaceFactory(cohort=cohort)

    answer = client.post(f"{LIST}{session.pk}/change/", form(cohort, title="Crises"), follow=True)

    session.refresh_from_db()
    assert (session.title, session.sequence, session.version) == ("Crises", 1, 2)
    assert "This overlaps Another evening: 5 November 2025, 5pm to 7pm." in text_of(answer)
    assert Message.objects.values_list("code", flat=True).get() == "sessions_app.session_changed"


def test_a_change_from_a_stale_page_is_refused_and_keeps_what_was_typed(client, administrator, cohort):
    session = TeachingSessionFactory(cohort=cohort, number=2, version=2, title="As it is")

    answer = client.post(f"{LIST}{session.pk}/change/", form(cohort, title="From an old page"))

    assert "This has changed since you opened the page." in text_of(answer)
    assert "From an old page" in answer.content.decode()
    assert TeachingSession.objects.get().title == "As it is"


def test_drafts_are_published_and_what_is_no_draft_is_named(client, administrator, cohort):
    draft = TeachingSessionFactory(cohort=cohort, title="New", state=SessionState.DRAFT)
    held = TeachingSessionFactory(cohort=cohort, title="Old")

    page = text_of(action(client, "publish_sessions", draft, held))

    assert ("New: published." in page, "Old: Only a draft can be published." in page) == (True, True)
    assert set(TeachingSession.objects.values_list("state", flat=True)) == {SessionState.PUBLISHED}


def test_cancelling_asks_for_a_reason_first_and_tells_the_fellows_then(client, administrator, cohort):
    session = TeachingSessionFactory(cohort=cohort, title="Crisis Management")
    PlaceFactory(cohort=cohort)

    asked = text_of(action(client, "cancel_sessions", session))
    empty = text_of(action(client, "cancel_sessions", session, reason=" "))
    before = TeachingSession.objects.get().state
    done = text_of(action(client, "cancel_sessions", session, reason="The speaker is ill"))
    again = text_of(action(client, "cancel_sessions", session, reason="The speaker is ill"))

    assert "Each fellow with a place is told now" in asked
    assert ("Say why the session is cancelled." in empty, before) == (True, SessionState.PUBLISHED)
    assert "Crisis Management: cancelled, and its fellows are told." in done
    assert "Crisis Management: Only a session that people have been told of can be cancelled." in again
    assert (TeachingSession.objects.get().state, Message.objects.count()) == (SessionState.CANCELLED, 1)


def test_a_cancelled_session_is_only_looked_at(client, administrator, cohort):
    session = TeachingSessionFactory(cohort=cohort, number=2, state=SessionState.CANCELLED)

    shown = client.get(f"{LIST}{session.pk}/change/")
    answer = client.post(f"{LIST}{session.pk}/change/", form(cohort, title="Back again"))

    assert shown.status_code == 200
    assert answer["Location"] == f"{LIST}{session.pk}/change/"
    session.refresh_from_db()
    assert session.title != "Back again"


def test_sessions_of_another_programme_are_neither_listed_nor_cancelled(client, administrator, cohort):
    own = TeachingSessionFactory(cohort=cohort, title="Own session")
    other = TeachingSessionFactory(title="Foreign session")

    page = text_of(client.get(LIST))
    action(client, "cancel_sessions", own, other, reason="Snow")

    assert ("Own session" in page, "Foreign session" in page) == (True, False)
    assert dict(TeachingSession.objects.values_list("pk", "state")) == {own.pk: "cancelled", other.pk: "published"}


@pytest.mark.parametrize("sessions", [1, 3, 40])
def test_the_list_asks_the_same_questions_for_any_number(
    client, administrator, cohort, sessions, django_assert_max_num_queries
):
    TeachingSessionFactory.create_batch(sessions, cohort=cohort)

    with django_assert_max_num_queries(10):
        client.get(LIST)


def test_the_terms_say_whether_the_slots_hold_everybody(client, administrator, cohort):
    type(cohort).objects.update(places=70)
    terms = ActionLearningTermsFactory(cohort=cohort)
    small = ActionLearningTermsFactory(
        cohort=CohortFactory(programme=cohort.programme, places=5), group_size=5, largest_group=5
    )
    short = ActionLearningTermsFactory(cohort=CohortFactory(programme=cohort.programme, places=99))
    for one in (terms, terms, small, short):
        TopicWindowFactory(
            topic=ActionLearningTopicFactory(cohort=one.cohort, number=one.cohort.action_learning_topics.count() + 1)
        )
    for topic in cohort.action_learning_topics.all():
        TopicWindowFactory(topic=topic, starts_at=topic.windows.get().ends_at)

    pages = [
        text_of(client.get(f"/admin/sessions_app/actionlearningterms/{one.pk}/change/"))
        for one in (terms, small, short)
    ]

    for words, page in zip(
        (
            "Topic 2: 8 slots hold 48 of 70 at 6 to a group. Groups of 9 hold everybody.",
            "Topic 1: 4 slots hold 20 of 5 at 5 to a group.",
            "Topic 1: 4 slots hold 24 of 99 at 6 to a group, and 36 at 9. 17 slots would hold everybody.",
        ),
        pages,
        strict=True,
    ):
        assert words in page


def test_topics_show_their_windows(client, administrator, cohort):
    window = TopicWindowFactory(topic__cohort=cohort)

    page = text_of(client.get(f"/admin/sessions_app/actionlearningtopic/{window.topic_id}/change/"))

    assert "9 January 2026" in page or "9 Jan" in page
