"""The results page: progress, opening, the order, a tie, the award, a bursary given up."""

import pytest
from django.urls import reverse

from qip.models import Assessment, Award, Results
from qip.services import award_bursaries, declare_conflict
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import TeamRoleFactory
from tests.factories.qip import (
    JudgeFactory,
    PanelFactory,
    QipTermsFactory,
    give_final_scores,
    opened_results,
    panel_with,
    projects_for,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_evening")]


@pytest.fixture
def administrator(client, panel):
    person = TeamRoleFactory(administrator=True, programme=panel.cohort.programme).person
    client.force_login(person)
    return person


STALE = "This has changed since you opened the page. Check it and try again."


def address(panel, *more, name="results"):
    return reverse(f"qip:{name}", args=[panel.public_id, *more])


def text(response):
    return " ".join(response.content.decode().split())


# --- before opening ------------------------------------------------------------------------------------------------


def test_administrators_find_their_own_panels(client, administrator, panel):
    other = PanelFactory()
    shown = text(client.get(reverse("qip:results_list")))
    assert (str(panel.public_id) in shown, str(other.public_id) in shown) == (True, False)


def test_before_opening_the_page_shows_progress_and_no_score(client, administrator, panel):
    judge = JudgeFactory(panel=panel, person__full_name="Ann", is_chair=True)
    JudgeFactory(panel=panel, person__full_name="Bob")
    final, declared, _left = projects_for(panel, 3)
    give_final_scores(judge, final, all=5)
    declare_conflict(judge=judge, project=declared, reason="R", by=judge.person)
    response = client.get(address(panel))
    assert response.context["progress_rows"] == [
        ("Ann (chair)", "King’s Business School", 1, 0, 1, 1),
        ("Bob", "King’s Business School", 0, 0, 3, 0),
    ]
    assert "5.000" not in text(response)


def test_where_nothing_is_final_there_is_nothing_to_open(client, administrator, panel):
    judge = JudgeFactory(panel=panel)
    (project,) = projects_for(panel, 1)
    button = "Open the results </button>"
    before = text(client.get(address(panel)))
    assert ("No judge has made a score final yet." in before, button in before) == (True, False)
    assert f"<title>Results: {panel.cohort} – " in before
    give_final_scores(judge, project, all=3)
    after = text(client.get(address(panel)))
    assert ("No judge has made a score final yet." in after, button in after) == (False, True)


def test_results_open_with_one_press_where_all_is_final(client, administrator, panel):
    panel_with(panel, 3, 4)
    response = client.post(address(panel, name="open"), follow=True)
    assert "The results are open. No score can change any more." in text(response)
    assert Results.objects.get().opened_by == administrator


def test_opening_twice_is_answered_in_words(client, administrator, panel):
    panel_with(panel, 3)
    for _ in range(2):
        response = client.post(address(panel, name="open"))
    assert "The results of this panel are open already." in text(response)
    assert Results.objects.count() == 1


def left_out(response):
    return [value for value, _ in response.context["opening"].fields["leave_out"].choices]


def test_what_is_left_out_is_ticked_and_explained(client, administrator, panel):
    panel_with(panel, 3)
    idle = JudgeFactory(panel=panel)
    ticked = left_out(client.get(address(panel)))
    response = client.post(address(panel, name="open"), {"leave_out": ticked})
    assert response.context["form"].non_field_errors() == ["Say why scores that are not final are left out."]
    assert "checked" in text(response)
    client.post(address(panel, name="open"), {"leave_out": ticked, "reason": "Ill."})
    assert Assessment.objects.get(judge=idle).state == "left_out"
    assert "Scores that were not final were left out: Ill." in text(client.get(address(panel)))


def test_without_a_tick_the_page_says_whose_scores_are_missing(client, administrator, panel):
    panel_with(panel, 3)
    JudgeFactory(panel=panel, person__full_name="Bob")
    response = client.post(address(panel, name="open"), {"reason": "Typed and kept."})
    assert "Scores are not final. Projects left: Bob (1)." in text(response)
    assert "Typed and kept." in text(response)


def test_a_page_that_no_longer_fits_leaves_nobody_out_unseen(client, administrator, panel):
    panel_with(panel, 3)
    JudgeFactory(panel=panel)
    ticked = left_out(client.get(address(panel)))
    projects_for(panel, 1)
    response = client.post(address(panel, name="open"), {"leave_out": ticked, "reason": "Ill."})
    assert "Select one of the options" in text(response)
    assert Results.objects.count() == 0


# --- once open -----------------------------------------------------------------------------------------------------


def test_the_order_shows_exact_means_to_three_decimals(client, administrator, owner, panel):
    judges = JudgeFactory.create_batch(3, panel=panel)
    first, second = projects_for(panel, 2)
    for judge, value in zip(judges, (4, 4, 3), strict=True):
        give_final_scores(judge, first, all=value)
        give_final_scores(judge, second, all=2)
    client.post(address(panel, name="open"))
    response = client.get(address(panel))
    assert [row[:5] for row in response.context["page"].rows] == [
        ("1", f"{first.title} ({first.place.fellow})", "3.667", 3, "3.667"),
        ("2", f"{second.title} ({second.place.fellow})", "2.000", 3, "2.000"),
    ]
    assert "Basis: mean of the judges’ weighted scores." in text(response)


def test_the_award_is_announced_made_once_and_shown(client, administrator, owner, panel):
    results, projects = opened_results(panel, owner, 4, 3)
    shown = text(client.get(address(panel)))
    assert f"<li>1. {projects[0].title}" in shown
    assert "3 bursaries stay unawarded, because there are fewer projects with a score." in shown
    response = client.post(address(panel, name="award"), {"version": results.version}, follow=True)
    assert "Bursaries awarded: 2. Each winner gets an email." in text(response)
    again = client.post(address(panel, name="award"), {"version": results.version}, follow=True)
    assert "The bursaries have been awarded already." in text(again)
    assert Award.objects.count() == 2


@pytest.mark.parametrize("version", ["", "x", "9"])
def test_a_stale_award_is_not_made(client, administrator, owner, panel, version):
    opened_results(panel, owner, 4)
    response = client.post(address(panel, name="award"), {"version": version}, follow=True)
    assert "This has changed since you opened the page." in text(response)
    assert Award.objects.count() == 0


@pytest.fixture
def tied(owner, panel):
    QipTermsFactory(cohort=panel.cohort, bursaries=1)
    return opened_results(panel, owner, 4, 4)


def test_a_tie_stops_the_award_and_asks_a_person(client, administrator, panel, tied):
    shown = text(client.get(address(panel)))
    assert ("Decide the tie" in shown, "Award the bursaries" in shown) == (True, False)
    refused = client.post(address(panel, name="award"), {"version": 1}, follow=True)
    assert "2 projects are tied for 1 bursary. Decide the tie first, with a reason." in text(refused)


def test_the_decision_is_kept_with_its_reason_and_the_award_follows(client, administrator, panel, tied):
    _, projects = tied
    sent = {"chosen": [projects[1].pk], "reason": "The chair chose.", "version": 1}
    response = client.post(address(panel, name="tie"), sent, follow=True)
    assert "The tie is decided. You can now award the bursaries." in text(response)
    client.post(address(panel, name="award"), {"version": 2})
    assert Award.objects.get().project == projects[1]
    shown = text(client.get(address(panel)))
    assert "The chair chose." in shown
    assert "A person decided. Order:" in shown


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"reason": "R"}, {"chosen": ["Choose which projects get a bursary"]}),
        ({"chosen": "one"}, {"reason": ["Give the reason for the decision"]}),
        ({"chosen": "both", "reason": "R"}, {"__all__": ["Choose 1 project of the 2 that are tied."]}),
        (
            {"chosen": "one", "reason": "R", "version": 7},
            {"__all__": ["This has changed since you opened the page. Check it and try again."]},
        ),
    ],
)
def test_a_decision_that_does_not_fit_is_asked_again_and_nothing_typed_is_lost(
    client, administrator, panel, tied, sent, errors
):
    keys = [project.pk for project in tied[1]]
    chosen = {"one": keys[:1], "both": keys}.get(sent.get("chosen"), [])
    response = client.post(address(panel, name="tie"), {"version": 1, **sent, "chosen": chosen})
    assert response.context["form"].errors == errors
    assert response.context["form"]["reason"].value() in {"R", None}
    assert Results.objects.get().tie_decisions.count() == 0


def test_near_ties_are_shown(client, administrator, panel):
    QipTermsFactory(cohort=panel.cohort, bursaries=1)
    judge = JudgeFactory(panel=panel)
    ahead, behind = projects_for(panel, 2)
    give_final_scores(judge, ahead, all=3, presentation=4)
    give_final_scores(judge, behind, all=3)
    client.post(address(panel, name="open"))
    assert client.get(address(panel)).context["page"].near_ties == [
        f"{ahead.title} ({ahead.place.fellow}) is 0.050 ahead of {behind.title} ({behind.place.fellow})."
    ]


def test_a_bursary_is_given_up_with_a_reason_and_awarded_to_the_next(client, administrator, owner, panel):
    QipTermsFactory(cohort=panel.cohort, bursaries=1)
    results, projects = opened_results(panel, owner, 4, 3)
    award_bursaries(results=results, version=1, by=owner)
    held = Award.objects.get()
    page = address(panel, held.pk, name="give_up")
    assert client.post(page, {"version": 2}).context["form"].errors == {"reason": ["Say why the bursary is given up"]}
    response = client.post(page, {"version": 2, "reason": "Left."}, follow=True)
    assert f"<li>2. {projects[1].title}" in text(response)
    assert client.get(page)["Location"] == address(panel)
    client.post(address(panel, name="award"), {"version": 3})
    assert list(Award.objects.held().values_list("project", flat=True)) == [projects[1].pk]


@pytest.mark.parametrize("number", [10, 70])
def test_the_page_takes_the_same_queries_at_any_length(
    django_assert_num_queries, client, administrator, owner, panel, number
):
    opened_results(panel, owner, *[1 + n % 5 for n in range(number)], judges=3)
    # Session, person, role, panel, two of permission, three of progress, then awards, projects, decisions and names.
    with django_assert_num_queries(11):
        client.get(address(panel))


# --- who -----------------------------------------------------------------------------------------------------------


PAGES = [("get", "results"), ("post", "open"), ("post", "tie"), ("post", "award")]


@pytest.mark.parametrize(("method", "name"), PAGES)
@pytest.mark.parametrize(
    ("who", "answer"), [("stranger", 403), ("judge", 403), ("fellow", 403), ("administrator_elsewhere", 404)]
)
def test_others_do_not_get_in(client, panel, owner, who, answer, method, name):
    _, projects = opened_results(panel, owner, 3)
    person = {
        "stranger": UserFactory,
        "judge": lambda: panel.judges.get().person,
        "fellow": lambda: projects[0].place.fellow,
        "administrator_elsewhere": lambda: TeamRoleFactory(administrator=True).person,
    }[who]()
    client.force_login(person)
    assert getattr(client, method)(address(panel, name=name), {"version": 1}).status_code == answer
    assert Award.objects.count() == 0


@pytest.mark.parametrize(("method", "name"), PAGES)
def test_an_administrator_with_a_conflict_as_a_judge_does_not_get_in(client, panel, method, name):
    judge = JudgeFactory(panel=panel)
    project = projects_for(panel, 1)[0]
    TeamRoleFactory(administrator=True, programme=panel.cohort.programme, person=judge.person)
    declare_conflict(judge=judge, project=project, reason="R", by=judge.person)
    client.force_login(judge.person)
    assert getattr(client, method)(address(panel, name=name)).status_code == 403


@pytest.mark.parametrize(("method", "name"), PAGES)
def test_whoever_is_not_signed_in_is_led_to_sign_in(client, panel, method, name):
    response = getattr(client, method)(address(panel, name=name))
    assert response.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["tie", "award"])
def test_before_opening_there_is_nothing_to_decide_or_award(client, administrator, panel, name):
    assert client.post(address(panel, name=name), {"version": 1}).status_code == 404
