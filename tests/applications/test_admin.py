"""The team's side: a list to decide from, one application on one page, decisions that name everybody first."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from zeal import zeal_ignore

from applications.models import Application, Decision, Release
from applications.services import submit_application
from cohorts.enums import Role
from nextstep.accounts.models import User
from nextstep.notifications.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, OfferFactory, next_step_cohort, with_documents
from tests.factories.cohorts import NOW, CohortFactory, TeamRoleFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/applications/application/"


@pytest.fixture
def cohort():
    return next_step_cohort(places=2)


@pytest.fixture
def ada(cohort) -> User:
    return TeamRoleFactory(administrator=True, programme=cohort.programme, person__full_name="Ada Abara").person


@pytest.fixture
def team(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def page(application: Application) -> str:
    return f"{LIST}{application.pk}/change/"


def listed(response) -> list[str]:
    return [application.reference for application in response.context["cl"].result_list]


def test_the_list_holds_what_was_sent_to_ones_own_cohorts(now: None, team: Client, cohort) -> None:
    sent = ApplicationFactory(cohort=cohort, submitted=True)
    ApplicationFactory(cohort=cohort)
    ApplicationFactory(submitted=True)

    assert listed(team.get(LIST)) == [sent.reference]


def test_drafts_are_listed_when_asked_for(now: None, team: Client, cohort) -> None:
    draft = ApplicationFactory(cohort=cohort)
    ApplicationFactory(cohort=cohort, submitted=True)

    assert listed(team.get(f"{LIST}?state=draft")) == [draft.reference]


@pytest.mark.parametrize(
    "query",
    ["q=Zadie", "q=zadie@example", "q={reference}", "eligibility=not_met", "discipline=Dentistry", "state=reserve"],
)
def test_the_list_is_searched_and_narrowed(now: None, team: Client, cohort, query: str) -> None:
    wanted = ApplicationFactory(
        cohort=cohort,
        applicant__full_name="Zadie Quist",
        applicant__email="zadie@example.nhs.uk",
        eligibility="not_met",
        discipline="Dentistry",
        state="reserve",
        reserve_rank=1,
        submitted_at=NOW,
    )
    ApplicationFactory(cohort=cohort, submitted=True)

    assert listed(team.get(f"{LIST}?{query.format(reference=wanted.reference)}")) == [wanted.reference]


@pytest.mark.parametrize("rows", [10, 50])
def test_the_list_takes_as_many_queries_for_ten_as_for_fifty(
    now: None, team: Client, cohort, rows: int, django_assert_max_num_queries
) -> None:
    ApplicationFactory.create_batch(rows, cohort=cohort, submitted=True)

    with django_assert_max_num_queries(10) as counted:
        response = team.get(LIST)

    assert len(listed(response)) == rows
    assert len(counted) == 5


def test_answers_of_a_special_category_are_in_no_list(now: None, team: Client, cohort) -> None:
    ApplicationFactory(cohort=cohort, submitted=True, answers={"self_identifies": "yes", "adjustments": "Captions"})

    text = team.get(LIST).text

    assert "self_identifies" not in text
    assert "Captions" not in text


def test_one_application_is_on_one_page(now: None, team: Client, cohort) -> None:
    application = with_documents(ApplicationFactory(cohort=cohort))
    submit_application(application=application, by=application.applicant, declared=True)

    response = team.get(page(application))

    for words in ("NTN: EAN/ABC/1234567/C", "Anaesthetics", "Up-to-date CV", "Supporting statement 2", "What happened"):
        assert words in response.text
    documents = application.documents.all()
    assert [f'src="/applications/documents/{sent.public_id}/"' in response.text for sent in documents] == [True] * 3
    assert [decision.title for decision in response.context["decisions"]] == [
        "Offer a place",
        "Put on the reserve list",
        "Decline: not selected",
    ]


def test_one_application_takes_few_queries(now: None, team: Client, cohort, django_assert_max_num_queries) -> None:
    application = with_documents(ApplicationFactory(cohort=cohort))
    submit_application(application=application, by=application.applicant, declared=True)

    with django_assert_max_num_queries(12):
        team.get(page(application))


def test_a_drafts_answers_are_its_owners_own(now: None, team: Client, cohort) -> None:
    draft = ApplicationFactory(cohort=cohort)

    response = team.get(page(draft))

    assert "This application is not sent." in response.text
    assert "Anaesthetics" not in response.text


@pytest.mark.parametrize("action", ["offer_place", "put_on_reserve_list", "decline_application"])
def test_a_decision_names_everybody_before_anything_is_done(now: None, team: Client, cohort, action: str) -> None:
    first, second = ApplicationFactory.create_batch(2, cohort=cohort, submitted=True)
    offered = OfferFactory(application__cohort=cohort).application

    response = team.post(LIST, {"action": action, "_selected_action": [first.pk, second.pk, offered.pk]})

    assert {person.application for person in response.context["able"]} == {first, second}
    assert [person.application for person in response.context["unable"]] == [offered]
    assert sorted(Application.objects.values_list("state", flat=True)) == ["offered", "submitted", "submitted"]


def confirmed(action: str, *applications: Application, **further: str) -> dict[str, object]:
    return {
        "action": action,
        "confirmed": "1",
        "when": "now",
        "_selected_action": [application.pk for application in applications],
        **{f"version_{application.pk}": application.version for application in applications},
        **further,
    }


@pytest.mark.parametrize(
    ("action", "state", "words"),
    [
        ("offer_place", "offered", "1 offered a place."),
        ("put_on_reserve_list", "reserve", "1 put on the reserve list."),
        ("decline_application", "not_selected", "1 not selected."),
    ],
)
def test_a_confirmed_decision_is_carried_out_once(
    now: None, team: Client, cohort, action: str, state: str, words: str
) -> None:
    application = ApplicationFactory(cohort=cohort, submitted=True)
    sent = confirmed(action, application)

    first = team.post(LIST, sent, follow=True)
    second = team.post(LIST, sent)

    application.refresh_from_db()
    assert (application.state, Message.objects.count()) == (state, 1)
    assert words in first.text
    assert [person.application for person in second.context["refused"]] == [application]


def test_a_decision_from_the_page_leads_back_to_it(now: None, team: Client, cohort) -> None:
    application = ApplicationFactory(cohort=cohort, submitted=True)

    response = team.post(LIST, confirmed("offer_place", application, from_page="1"))

    assert response["Location"] == page(application)


def test_what_somebody_else_decided_meanwhile_is_refused_by_name(now: None, team: Client, cohort) -> None:
    application = ApplicationFactory(cohort=cohort, submitted=True, applicant__full_name="Zadie Quist")
    sent = confirmed("offer_place", application)
    Application.objects.update(version=7)

    response = team.post(LIST, sent)

    assert "Zadie Quist" in response.text
    assert "This has changed since you opened the page. Check it and try again." in response.text


def test_when_the_seats_run_out_each_refusal_is_shown(now: None, team: Client, cohort) -> None:
    applications = ApplicationFactory.create_batch(3, cohort=cohort, submitted=True)

    # Each is decided by itself, with its own rows: that is no list which asks the same again and again.
    with zeal_ignore():
        response = team.post(LIST, confirmed("offer_place", *applications))

    assert response.context["done"] == 2
    assert [person.refusal for person in response.context["refused"]] == ["All places are taken or held by offers."]


def test_nothing_is_decided_for_another_programme(now: None, team: Client) -> None:
    elsewhere = ApplicationFactory(cohort=CohortFactory(), submitted=True)

    team.post(LIST, confirmed("offer_place", elsewhere))

    elsewhere.refresh_from_db()
    assert elsewhere.state == "submitted"


@pytest.mark.parametrize(
    ("role", "list_opens", "page_opens"),
    [
        ("administrator", 200, 200),
        ("local_lead", 200, 200),
        ("owner", 200, 200),
        ("administrator elsewhere", 200, 302),
        ("judge", 403, 403),
        ("applicant", 403, 403),
        ("nobody", 302, 302),
    ],
)
def test_who_may_open_the_teams_pages(
    now: None, client: Client, cohort, role: str, list_opens: int, page_opens: int
) -> None:
    application = ApplicationFactory(cohort=cohort, submitted=True)
    people = {
        "administrator": lambda: TeamRoleFactory(administrator=True, programme=cohort.programme).person,
        "local_lead": lambda: TeamRoleFactory(role=Role.LOCAL_LEAD, cohort=cohort).person,
        "owner": lambda: UserFactory(is_superuser=True),
        "administrator elsewhere": lambda: TeamRoleFactory(administrator=True).person,
        "judge": lambda: TeamRoleFactory(role=Role.JUDGE, cohort=cohort).person,
        "applicant": lambda: application.applicant,
    }
    if role in people:
        client.force_login(people[role]())

    assert (client.get(LIST).status_code, client.get(page(application)).status_code) == (list_opens, page_opens)


# --- pending decisions and their release

PENDING = "/admin/applications/decision/"


def saved(team: Client, action: str, *applications: Application, **further: str) -> list[int]:
    """The ids of what the team has decided and not told."""
    with zeal_ignore():
        team.post(LIST, confirmed(action, *applications, **{"when": "later", **further}))
    return list(Decision.objects.pending().order_by("pk").values_list("pk", flat=True))


def chosen(ids: list[int], **further: str) -> dict[str, object]:
    return {"action": "release_decisions", "_selected_action": ids, **further}


def test_saved_with_ranks_and_feedback_nobody_is_told(now: None, team: Client, cohort) -> None:
    first, second, third = ApplicationFactory.create_batch(3, cohort=cohort, submitted=True)
    ranks = {f"rank_{first.pk}": "2", f"rank_{second.pk}": "1", f"rank_{third.pk}": "3"}

    saved(team, "put_on_reserve_list", first, second, third, feedback="Apply again", **ranks)

    decisions = Decision.objects.order_by("rank").values_list("application", "rank", "feedback")
    assert list(decisions) == [
        (second.pk, 1, "Apply again"),
        (first.pk, 2, "Apply again"),
        (third.pk, 3, "Apply again"),
    ]
    assert (Message.objects.count(), set(Application.objects.values_list("state", flat=True))) == (0, {"submitted"})
    assert "Decided, and not told yet: Reserve list, number 1." in team.get(page(second)).text


def test_the_preview_says_who_gets_what_and_which_mail(
    now: None, team: Client, cohort, django_assert_max_num_queries
) -> None:
    people = ApplicationFactory.create_batch(7, cohort=cohort, submitted=True)
    saved(team, "offer_place", *people[:3])
    ids = saved(team, "decline_application", *people[3:6], feedback="Say more of your own part")
    Application.objects.filter(pk=people[0].pk).update(state="withdrawn")

    with django_assert_max_num_queries(16):
        response = team.post(PENDING, chosen(ids))

    assert [(group.title, len(group.decisions)) for group in response.context["groups"]] == [
        ("Offered a place", 2),
        ("Not selected", 3),
    ]
    assert "2 offers, 2 seats free." in response.text
    assert "Answer by 11:59pm on" in response.context["groups"][0].mail
    assert "The team has written feedback for you." in response.context["groups"][1].mail
    assert [left.application for left in response.context["left_out"]] == [people[0]]
    assert Message.objects.count() == 0


def test_released_from_the_preview_everybody_is_told(now: None, team: Client, cohort) -> None:
    ids = saved(team, "offer_place", *ApplicationFactory.create_batch(2, cohort=cohort, submitted=True))
    seen = team.post(PENDING, chosen(ids)).context["batch"].fingerprint

    with zeal_ignore():
        response = team.post(PENDING, chosen(ids, confirmed="1", seen=seen, when="now"), follow=True)

    assert "2 told." in response.text
    assert set(Application.objects.values_list("state", flat=True)) == {"offered"}


@pytest.mark.parametrize(
    ("further", "words"),
    [
        ({"when": "later"}, "Enter the day and the time at which they are told."),
        ({"when": "later", "day": "2025-04-01", "time": "09:00"}, "Choose a time that is still to come."),
        ({"when": "now", "seen": "another"}, "The decisions have changed since you looked at them."),
    ],
)
def test_a_release_that_cannot_be_is_refused_on_its_page(
    now: None, team: Client, cohort, further: dict[str, str], words: str
) -> None:
    ids = saved(team, "offer_place", ApplicationFactory(cohort=cohort, submitted=True))
    seen = team.post(PENDING, chosen(ids)).context["batch"].fingerprint

    response = team.post(PENDING, chosen(ids, confirmed="1", **{"seen": seen, **further}))

    assert words in response.text
    assert Application.objects.get().state == "submitted"


def test_a_release_at_a_set_time_is_on_the_clocks_of_london(now: None, team: Client, cohort) -> None:
    ids = saved(team, "offer_place", ApplicationFactory(cohort=cohort, submitted=True))
    seen = team.post(PENDING, chosen(ids)).context["batch"].fingerprint
    at = {"when": "later", "day": "2025-06-16", "time": "09:00"}

    response = team.post(PENDING, chosen(ids, confirmed="1", seen=seen, **at), follow=True)

    assert "1 will be told on 16 June 2025 at 9am." in response.text
    assert Release.objects.get().planned_for == datetime(2025, 6, 16, 8, tzinfo=UTC)


def test_decisions_of_two_cohorts_are_not_released_together(now: None, team: Client, ada: User, cohort) -> None:
    other = CohortFactory(programme=cohort.programme)
    applications = [ApplicationFactory(cohort=each, submitted=True) for each in (cohort, other)]
    ids = saved(team, "offer_place", *applications)

    assert "Choose decisions of one cohort." in team.post(PENDING, chosen(ids), follow=True).text
