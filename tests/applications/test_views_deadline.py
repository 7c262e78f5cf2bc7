"""The deadline on every page of applying: when, in which time zone, how long that is, and for whom."""

from datetime import timedelta

import pytest
from django.test import Client

from applications.models import Application
from nextstep import clock
from nextstep.accounts.models import User
from tests.factories.accounts import OwnerFactory
from tests.factories.applications import ApplicationFactory, next_step_cohort
from tests.factories.cohorts import TeamRoleFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def draft(asha: User) -> Application:
    return ApplicationFactory(cohort=next_step_cohort(grace_minutes=15), applicant=asha)


def at(application: Application, page: str) -> str:
    return f"/{application.cohort.programme.slug}/{application.cohort.slug}/apply/{page}"


def words(response) -> str:
    return " ".join(response.text.replace("<strong>", "").replace("</strong>", "").split())


def pages(draft: Application) -> list[str]:
    required = draft.cohort.required_documents.all()[0]
    topics = ["details", "registration", "training", "out-of-programme", "work"]
    return ["tasks/", "documents/", f"documents/{required.pk}/1/", "answers/", *(f"about/{one}/" for one in topics)]


def test_it_stands_on_every_page(browser: Client, draft: Application) -> None:
    with clock.at(draft.cohort.applications_close_at - timedelta(days=1, hours=4)):
        shown = {page: words(browser.get(at(draft, page))) for page in pages(draft)}

    deadline = "Send your application by 11:59pm on 2 June 2025, UK time. You have 1 day and 4 hours left."
    grace = "If you have begun by then, you have 15 minutes more to finish and send it."
    assert [page for page, text in shown.items() if deadline not in text or grace not in text] == []


def test_in_the_grace_it_says_until_when_and_that_it_has_closed(browser: Client, draft: Application) -> None:
    with clock.at(draft.cohort.applications_close_at + 5 * MINUTE):
        shown = [words(browser.get(at(draft, page))) for page in pages(draft)]

    deadline = "Send your application by 12:14am on 3 June 2025, UK time. You have 10 minutes left."
    closed = "Applications closed at 11:59pm on 2 June 2025. You had begun yours, so you can still finish and send it."
    assert [text for text in shown if deadline not in text or closed not in text] == []


def test_with_a_late_link_it_is_the_persons_own(browser: Client, draft: Application) -> None:
    draft.late_until = draft.cohort.applications_close_at + timedelta(days=2)
    draft.save()

    with clock.at(draft.cohort.applications_close_at + timedelta(days=1)):
        task_list, start = browser.get(at(draft, "tasks/")), browser.get(at(draft, ""))

    assert "by 11:59pm on 4 June 2025, UK time. You have 1 day left. " in words(task_list).replace("<br>", " ")
    assert "This is your own deadline. Others have less time." in task_list.text
    assert "Continue your application" in start.text


@pytest.mark.parametrize("page", ["tasks/", "about/work/", "answers/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_after_the_grace_a_get_and_a_post_agree(browser: Client, draft: Application, page: str, method: str) -> None:
    with clock.at(draft.cohort.applications_close_at + 15 * MINUTE):
        response = getattr(browser, method)(at(draft, page), {"employer": "Changed"})

    draft.refresh_from_db()
    assert response.status_code == (200 if method == "get" else 409)
    assert "closed at 11:59pm on 2 June 2025, London time. Your own time ended at 12:14am on 3 June 2025." in words(
        response
    )
    assert draft.answers["employer"] == "Cambridge University Hospitals"


def test_each_autosave_says_how_long_is_left(browser: Client, draft: Application) -> None:
    with clock.at(draft.cohort.applications_close_at - timedelta(hours=1)):
        seen = browser.get(at(draft, "about/work/")).context["form"]["seen"].value()
        sent = {"seen": seen, "employer": "Papworth"}
        answer = browser.post(at(draft, "about/work/"), sent, headers={"Accept": "application/json"})

    assert "You have 1 hour left." in answer.json()["deadline"]


# --- the team's side


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(OwnerFactory())
    return client


def test_closing_later_is_no_matter_of_the_cohorts_own_form(now: None, office: Client, draft: Application) -> None:
    address = f"/admin/cohorts/cohort/{draft.cohort.pk}/change/"
    form = office.get(address).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    times = {"applications_open_at": ("2025-03-25", "00:00:00"), "applications_close_at": ("2025-06-10", "00:00:00")}
    for name, parts in times.items():
        sent |= {f"{name}_{number}": part for number, part in enumerate(parts)}

    page = office.post(address, sent)

    assert list(page.context["adminform"].form.errors) == ["applications_close_at"]
    assert "Add an extension of the window instead" in page.text


def test_an_administrator_of_another_programme_sees_no_late_links(now: None, client: Client) -> None:
    from tests.factories.applications import LateLinkFactory

    LateLinkFactory()
    client.force_login(TeamRoleFactory(administrator=True).person)

    assert client.get("/admin/applications/latelink/").context["cl"].result_count == 0
