"""A judge's list, score page and conflicts, with and without script."""

import pytest
from django.urls import reverse

from qip.models import Assessment, Score
from qip.services import declare_conflict, finalise, open_results
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import TeamRoleFactory
from tests.factories.qip import (
    CODES,
    JudgeFactory,
    ProjectFactory,
    give_final_scores,
    give_scores,
    projects_for,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_evening")]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def page(client, judge, project):
    client.force_login(judge.person)
    return reverse("qip:score", args=[judge.panel.public_id, project.public_id])


@pytest.fixture
def listed(client, judge):
    client.force_login(judge.person)
    return reverse("qip:panel", args=[judge.panel.public_id])


def form(seen=None, **values):
    """The whole form of the score page with `values` chosen; `seen` are the versions the page showed."""
    data = {f"version-{code}": (seen or {}).get(code, 0) for code in CODES}
    return {**data, **{f"score-{code}": value for code, value in values.items()}}


def values():
    return dict(Score.objects.values_list("criterion__code", "value"))


def text(response):
    return " ".join(response.content.decode().split())


# --- the list ------------------------------------------------------------------------------------------------------


def test_a_judge_of_one_panel_is_led_to_it(client, judge, listed):
    assert client.get(reverse("qip:judging")).headers["Location"] == listed


def test_somebody_who_judges_nowhere_is_told_so(client):
    client.force_login(UserFactory())
    assert "You are not on a panel of judges" in text(client.get(reverse("qip:judging")))


def test_a_judge_of_two_panels_chooses(client, judge):
    other = JudgeFactory(person=judge.person)
    client.force_login(judge.person)
    response = text(client.get(reverse("qip:judging")))
    assert [str(seat.panel.public_id) in response for seat in (judge, other)] == [True, True]


def test_the_list_shows_own_progress(client, judge, listed):
    final, begun, complete, declared, _untouched = projects_for(judge.panel, 5)
    give_final_scores(judge, final, all=3)
    give_scores(judge, begun, change=3, impact=3)
    give_scores(judge, complete, all=3)
    declare_conflict(judge=judge, project=declared, reason="R", by=judge.person)
    response = client.get(listed)
    assert [str(row[2]).split(">")[1].split("<")[0].strip() for row in response.context["rows"]] == [
        "Final",
        "2 of 7 scored",
        "Not final yet",
        "Conflict of interest",
        "Not started",
    ]
    assert "1 of 4 final. You have 3 left to score or make final." in text(response)


def test_an_empty_panel_says_that_nothing_was_handed_in(client, judge, listed):
    words = text(client.get(listed))
    assert "No project has been handed in yet. Each appears here when its fellow hands it in." in words
    assert "Nothing is left to do" not in words


@pytest.mark.parametrize("number", [10, 70])
def test_the_list_takes_the_same_queries_at_any_length(django_assert_num_queries, client, judge, listed, number):
    for project in projects_for(judge.panel, number):
        give_final_scores(judge, project, all=3)
    # Session, person, seat, own assessments, projects, criteria.
    with django_assert_num_queries(6):
        response = client.get(listed)
    assert len(response.context["rows"]) == min(number, 50)


def test_all_that_is_complete_is_made_final_in_one_press(client, judge, listed):
    complete, half = projects_for(judge.panel, 2)
    give_scores(judge, complete, all=3)
    give_scores(judge, half, **dict.fromkeys(CODES[1:], 3))
    response = text(client.post(listed, follow=True))
    assert "1 project is now final." in response
    assert f"{half.title} is not final. Add: Problem and aim: a score." in response
    assert "0 projects are now final." in text(client.post(listed, follow=True))


# --- the score page ------------------------------------------------------------------------------------------------


def test_the_page_shows_project_rubric_and_what_was_chosen(client, judge, project, page):
    give_scores(judge, project, change=4)
    response = client.get(page)
    shown = text(response)
    assert [project.title in shown, project.aim in shown, "A driver diagram" in shown] == [True, True, False]
    assert [block.value for block in response.context["page"].blocks] == [None, None, 4, None, None, None, None]
    assert "Change and testing: a score" not in shown
    assert "Impact and learning: a score" in shown


@pytest.mark.parametrize("number", [10, 70])
def test_the_page_takes_the_same_queries_however_many_projects(django_assert_num_queries, client, judge, page, number):
    for project in projects_for(judge.panel, number):
        give_final_scores(judge, project, all=3)
    # Session, person, pair, own scores, criteria, own assessments, projects.
    with django_assert_num_queries(7):
        client.get(page)


def test_one_touched_score_is_saved_in_ten_queries_at_most(django_assert_max_num_queries, client, page):
    with django_assert_max_num_queries(13):
        # The very first score of a cohort freezes the rubric, in three queries more.
        client.post(page, {**form(change=4), "only": "change"}, headers=HTMX)
    with django_assert_max_num_queries(10):
        client.post(page, {**form(impact=2), "only": "impact"}, headers=HTMX)
    with django_assert_max_num_queries(10):
        client.post(page, {**form({"change": 1}, change=5), "only": "change"}, headers=HTMX)
    assert values() == {"change": 5, "impact": 2}


def test_the_first_score_of_a_project_takes_ten_queries_at_most(django_assert_max_num_queries, client, judge, page):
    give_scores(judge, ProjectFactory(place__cohort=judge.panel.cohort), change=3)
    with django_assert_max_num_queries(10):
        client.post(page, {**form(change=4), "only": "change"}, headers=HTMX)


def test_a_touched_score_answers_when_it_was_saved_and_what_is_left(client, page):
    response = text(client.post(page, {**form(change=4, impact=2), "only": "change"}, headers=HTMX))
    assert '<input type="hidden" name="version-change" value="1">' in response
    assert "Saved at 6:30pm" in response
    assert "Impact and learning: a score" in response
    assert values() == {"change": 4}


def test_touching_twice_with_the_same_value_saves_once(client, page):
    for _ in range(2):
        response = client.post(page, {**form(change=4), "only": "change"}, headers=HTMX)
    assert "Saved at 6:30pm" in text(response)
    assert list(Score.objects.values_list("version", flat=True)) == [1]


def test_a_comment_alone_is_kept(client, page):
    client.post(page, {**form(), "comment-change": " Two\r\ncycles ", "only": "change"}, headers=HTMX)
    assert list(Score.objects.values_list("value", "comment")) == [(None, "Two\ncycles")]


def test_nothing_chosen_writes_nothing_and_keeps_the_version(client, page):
    response = client.post(page, {**form(), "only": "change"}, headers=HTMX)
    assert '<input type="hidden" name="version-change" value="0">' in text(response)
    assert Assessment.objects.count() == 0


def test_another_device_is_not_overwritten_until_the_judge_says_so(client, judge, project, page):
    give_scores(judge, project, change=4)
    told = text(client.post(page, {**form(change=2), "only": "change"}, headers=HTMX))
    assert "You changed this on another device: 4, at 6:30pm. What you have here is not saved." in told
    assert '<input type="hidden" name="version-change" value="1">' in told
    client.post(page, {**form({"change": 1}, change=2), "only": "change"})
    assert values() == {"change": 2}


def test_without_script_the_whole_form_is_saved_at_once(client, page):
    response = client.post(page, form(change=4, impact=2), follow=True)
    assert "Saved at 6:30pm." in text(response)
    assert values() == {"change": 4, "impact": 2}


def test_without_script_a_stale_page_shows_both_and_loses_neither(client, judge, project, page):
    give_scores(judge, project, change=4)
    response = client.post(page, {**form(change=2, impact=3), "comment-change": "Mine"})
    shown = {block.code: block for block in response.context["page"].blocks}
    assert (shown["change"].value, shown["change"].comment, shown["change"].stored.value) == (2, "Mine", 4)
    assert "Change and testing: changed on another device" in text(response)
    assert values() == {"change": 4, "impact": 3}
    again = {**form({"change": 1, "impact": 1}, change=2, impact=3), "comment-change": "Mine"}
    client.post(page, again)
    assert values() == {"change": 2, "impact": 3}


def test_making_final_saves_first_and_leads_to_the_next_project(client, judge, page):
    following = ProjectFactory(place__cohort=judge.panel.cohort)
    response = client.post(page, {**form(**dict.fromkeys(CODES, 3)), "action": "finalise"}, follow=True)
    assert response.context["project"] == following
    assert "are final." in text(response)
    assert Assessment.objects.get().state == "final"


def test_after_the_last_project_the_judge_is_led_to_the_list(client, page, listed):
    response = client.post(page, {**form(**dict.fromkeys(CODES, 3)), "action": "finalise"})
    assert response.headers["Location"] == listed


def test_making_final_names_what_is_missing_and_loses_nothing(client, page):
    chosen = dict.fromkeys(CODES[1:], 3)
    response = client.post(page, {**form(**chosen), "action": "finalise"})
    assert response.context["page"].errors == [
        {"text": "Problem and aim: choose a score", "href": "#score-problem"},
    ]
    assert "<title>Error: " in text(response)
    assert values() == chosen


def test_pressing_make_final_twice_is_pressing_once(client, page, listed):
    data = {**form(**dict.fromkeys(CODES, 3)), "action": "finalise"}
    client.post(page, data)
    response = client.post(page, data)
    assert "Your scores of this project are final" in text(response)
    assert Assessment.objects.get().state == "final"


def test_after_final_what_was_sent_is_shown_as_not_saved(client, judge, project, page):
    give_scores(judge, project, all=3)
    finalise(judge=judge, project=project, by=judge.person)
    response = client.post(page, form({"change": 1}, change=5))
    assert {"key": "Change and testing", "value": "5."} in response.context["page"].not_saved
    assert values()["change"] == 3
    piece = client.post(page, {**form({"change": 1}, change=5), "only": "change"}, headers=HTMX)
    assert "Not saved. Your scores of this project are final" in text(piece)


@pytest.mark.parametrize("sent", ["0", "6", "-1", "x", "4.5", "١", "9" * 30])
def test_what_is_no_score_is_not_stored(client, page, sent):
    client.post(page, {**form(), "score-change": sent, "comment-change": "C"})
    assert list(Score.objects.values_list("value", "comment")) == [(None, "C")]


def test_an_unknown_criterion_is_refused(client, page):
    response = client.post(page, {"version-charm": "0", "score-charm": "5"})
    assert response.context["page"].errors == [{"text": "The rubric has no criterion charm."}]


# --- conflicts -----------------------------------------------------------------------------------------------------


def test_a_declared_conflict_takes_the_scores_off_the_page(client, judge, project, page, listed):
    response = client.post(f"{page}conflict/", {"reason": "I supervise her."}, follow=True)
    assert "You have stepped back" in text(response)
    shown = client.get(page)
    assert "because of a conflict of interest. I supervise her." in text(shown)
    assert 'type="radio"' not in text(shown)


def test_a_conflict_without_a_reason_is_asked_again(client, page):
    response = client.post(f"{page}conflict/", {"reason": " "})
    assert response.context["form"].errors == {"reason": ["Say what the conflict of interest is"]}
    assert Assessment.objects.count() == 0


def test_declaring_twice_is_answered_in_words(client, judge, project, page):
    declare_conflict(judge=judge, project=project, reason="R", by=judge.person)
    response = client.post(f"{page}conflict/", {"reason": "Again"})
    assert response.context["form"].non_field_errors() == [
        "You have declared a conflict of interest with this project already."
    ]


def test_a_conflict_that_the_portal_found_shows_no_form(client, judge, project, page):
    project.place.employer = judge.organisation
    project.place.save()
    response = text(client.get(page))
    assert "The judge and the fellow both work for King’s Business School." in response
    assert 'type="radio"' not in response


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["stranger", "fellow", "administrator", "judge_elsewhere", "former_judge"])
def test_others_find_no_page(client, judge, project, page, listed, who, method, london):
    person = {
        "stranger": UserFactory,
        "fellow": lambda: project.place.fellow,
        "administrator": lambda: TeamRoleFactory(administrator=True, programme=judge.panel.cohort.programme).person,
        "judge_elsewhere": lambda: JudgeFactory().person,
        "former_judge": lambda: judge.person,
    }[who]()
    if who == "former_judge":
        judge.person.team_roles.update(ended_at=london(2026, 7, 1))
    client.force_login(person)
    answers = [
        getattr(client, method)(address, form(change=3)).status_code for address in (page, listed, f"{page}conflict/")
    ]
    assert answers == [404, 404, 404]
    assert Score.objects.count() == 0


@pytest.mark.parametrize("name", ["page", "listed"])
def test_whoever_is_not_signed_in_is_led_to_sign_in(client, request, name):
    address = request.getfixturevalue(name)
    client.logout()
    assert client.get(address).headers["Location"].startswith(reverse("account_login"))


def test_a_session_that_ended_saves_nothing_and_tells_the_script(client, page):
    client.logout()
    assert client.post(page, {**form(change=3), "only": "change"}, headers=HTMX).status_code == 401
    assert client.post(page, form(change=3)).status_code == 302
    assert Score.objects.count() == 0


def test_what_a_judge_sees_does_not_depend_on_other_judges(client, judge, project, page, listed):
    give_scores(judge, project, change=3)
    before = [masked(client.get(address)) for address in (page, listed)]
    other = JudgeFactory(panel=judge.panel)
    give_final_scores(other, project, all=5)
    assert [masked(client.get(address)) for address in (page, listed)] == before


def masked(response):
    token = response.context["csrf_token"]
    return response.content.decode().replace(str(token), "")


def test_once_results_are_open_the_page_shows_own_scores_and_no_form(client, judge, project, page, owner):
    give_final_scores(judge, project, all=3)
    open_results(panel=judge.panel, by=owner)
    response = text(client.get(page))
    assert 'type="radio"' not in response
    assert response.count("Conflict") == 0
