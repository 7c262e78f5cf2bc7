"""One person in a register, a fellow's own page, and a cohort's standings."""

import re

import pytest

from attendance import services
from attendance.enums import Effect, MarkState
from attendance.models import Excusal, Mark
from cohorts.enums import Role
from sessions_app.enums import SessionState
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.attendance import ExcusalFactory, MarkFactory
from tests.factories.cohorts import AttendanceRequirementFactory, PlaceFactory, TeamRoleFactory
from tests.factories.sessions_app import FaceToFaceDayFactory, TeachingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_evening(set_clock):
    set_clock(2025, 10, 8, 18)


@pytest.fixture
def day():
    day = FaceToFaceDayFactory(title="Systems Leadership")
    AttendanceRequirementFactory(cohort=day.cohort)
    return day


@pytest.fixture
def place(day):
    return PlaceFactory(cohort=day.cohort, fellow__full_name="Ada Abara")


@pytest.fixture
def administrator(client, day):
    person = TeamRoleFactory(administrator=True, programme=day.cohort.programme).person
    client.force_login(person)
    return person


def address(day, place, what=""):
    return f"/registers/{day.public_id}/person/{place.public_id}/{what}"


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def decision(**changes):
    return {"effect": "counts_as_met", "reason": "Caught up with the recording", "version": "0", **changes}


# --- minutes ----------------------------------------------------------------------------------------------------------


def test_minutes_are_saved_and_lead_back_to_the_register(client, administrator, day, place):
    MarkFactory(session=day, place=place, state=MarkState.LATE)

    page = client.get(address(day, place))
    answer = client.post(address(day, place, "minutes/"), {"minutes": "300"})

    assert "The session lasts 480 minutes." in text_of(page)
    assert answer["Location"] == f"/registers/{day.public_id}/#person-{place.public_id}"
    assert Mark.objects.values_list("minutes", "version").get() == (300, 2)


@pytest.mark.parametrize(
    ("minutes", "error"),
    [
        ("481", "Minutes must be 480 or fewer, the length of the session"),
        ("-1", "Minutes must be 0 or more"),
        ("half", "Minutes must be a whole number"),
    ],
)
def test_minutes_that_cannot_be_are_refused_with_what_was_typed(client, administrator, day, place, minutes, error):
    MarkFactory(session=day, place=place, state=MarkState.LATE)

    answer = client.post(address(day, place, "minutes/"), {"minutes": minutes})

    assert error in text_of(answer)
    assert f'value="{minutes}"' in answer.content.decode()
    assert Mark.objects.get().minutes is None


def test_minutes_of_somebody_whose_mark_was_cleared_meanwhile_are_refused(client, administrator, day, place):
    answer = client.post(address(day, place, "minutes/"), {"minutes": "10"})

    assert (answer.status_code, "Mark the person as present or late first." in text_of(answer)) == (200, True)


@pytest.mark.parametrize("state", [None, MarkState.ABSENT])
def test_nobody_is_asked_for_the_minutes_of_somebody_who_was_not_there(client, administrator, day, place, state):
    if state:
        MarkFactory(session=day, place=place, state=state)

    assert "How long they were there" not in text_of(client.get(address(day, place)))


# --- excusing ---------------------------------------------------------------------------------------------------------


def test_each_effect_shows_the_standing_that_would_follow(client, administrator, day, place):
    MarkFactory(session=day, place=place, state=MarkState.ABSENT)

    page = text_of(client.get(address(day, place)))

    assert [words in page for words in (
        "Counts as attended, because they caught up They would have 1 of the 1 they need, and would have met this.",
        "asks for the others only They would have 0 of the 0 they need, and would have met this.",
        "Still counts as missed They would have 0 of the 1 they need, and could no longer meet this.",
    )] == [True, True, True]  # fmt: skip


def test_a_decision_is_saved_and_shown_in_the_register(client, administrator, day, place):
    answer = client.post(address(day, place, "excuse/"), decision(), follow=True)

    assert "The decision about Ada Abara is saved." in text_of(answer)
    assert "Excused: counts as attended" in text_of(answer)
    assert Excusal.objects.values_list("effect", "reason", "decided_by").get() == (
        "counts_as_met", "Caught up with the recording", administrator.pk,
    )  # fmt: skip


def test_the_same_decision_sent_twice_is_one(client, administrator, day, place):
    for _ in range(2):
        client.post(address(day, place, "excuse/"), decision())

    assert Excusal.objects.values_list("version", flat=True).get() == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"effect": ""}, "Select what this absence counts as"),
        ({"effect": "forgotten"}, "Select"),
        ({"reason": ""}, "Enter the reason for this decision"),
        ({"reason": "  "}, "Enter the reason for this decision"),
    ],
)
def test_a_decision_that_is_not_complete_is_refused_with_what_was_typed(
    client, administrator, day, place, changes, error
):
    answer = client.post(address(day, place, "excuse/"), decision(**changes))

    assert (error in text_of(answer), "<title>Error: " in answer.content.decode()) == (True, True)
    assert changes.get("reason") is not None or "Caught up with the recording" in text_of(answer)
    assert not Excusal.objects.exists()


def test_a_decision_from_a_stale_page_is_refused_and_keeps_what_was_typed(client, administrator, day, place):
    services.excuse(session=day, place=place, effect=Effect.STILL_A_MISS, reason="No word from them", by=OwnerFactory())

    answer = client.post(address(day, place, "excuse/"), decision())

    assert "This has changed since you opened the page." in text_of(answer)
    assert "Caught up with the recording" in text_of(answer)
    assert Excusal.objects.get().reason == "No word from them"


def test_an_effect_that_is_not_offered_cannot_be_posted(client, administrator, day, place):
    day.cohort.attendance_requirements.update(all_of_them=False, at_least=1)

    client.post(address(day, place, "excuse/"), decision(effect="leaves_requirement"))

    assert not Excusal.objects.exists()


def test_a_decision_is_changed_and_withdrawn(client, administrator, day, place):
    client.post(address(day, place, "excuse/"), decision())
    page = text_of(client.get(address(day, place)))
    client.post(address(day, place, "excuse/"), decision(effect="still_a_miss", version="1"))
    stale = client.post(address(day, place, "withdraw/"), {"version": "1"}, follow=True)
    kept = Excusal.objects.count()
    done = client.post(address(day, place, "withdraw/"), {"version": "2"}, follow=True)

    assert "decided this on 8 October 2025 at 6pm. You can change it." in page
    assert ("This has changed since you opened the page." in text_of(stale), kept) == (True, 1)
    assert ("The decision is withdrawn." in text_of(done), Excusal.objects.count()) == (True, 0)


def test_withdrawing_twice_says_not_found(client, administrator, day, place):
    ExcusalFactory(session=day, place=place)

    answers = [client.post(address(day, place, "withdraw/"), {"version": ""}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 404]


def test_a_facilitator_sees_the_person_and_decides_nothing(client, day, place):
    client.force_login(TeamRoleFactory(cohort=day.cohort, role=Role.FACILITATOR).person)

    page = text_of(client.get(address(day, place)))
    posted = [client.post(address(day, place, what), decision()).status_code for what in ("excuse/", "withdraw/")]

    assert "To excuse an absence, ask an administrator of the programme." in page
    assert (posted, Excusal.objects.count()) == ([403, 403], 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": SessionState.CANCELLED}, "so nobody needs to be excused"),
        ({"kind": "evening"}, "No rule asks fellows to attend this session"),
    ],
)
def test_nobody_is_excused_where_there_is_nothing_to_excuse(client, administrator, day, place, change, words):
    type(day).objects.update(**change)

    page = text_of(client.get(address(day, place)))

    assert (words in page, "Save the decision" in page) == (True, False)


# --- a fellow's own page ----------------------------------------------------------------------------------------------


def test_a_fellow_sees_their_standing_and_their_marks_and_nobody_elses(client, day, place):
    other = PlaceFactory(cohort=day.cohort)
    MarkFactory(session=day, place=place)
    MarkFactory(session=day, place=other, state=MarkState.ABSENT)
    client.force_login(place.fellow)

    page = text_of(client.get("/attendance/"))

    assert "Systems Leadership 8 October 2025, 9am to 5pm Present" in re.sub(
        r"(Session|When|Attendance) (?=\S)", "", page
    )
    assert ("You have met this." in page, "Registers show 8 hours." in page) == (True, True)
    assert "Absent" not in page


def test_somebody_without_a_place_is_told_so(client):
    client.force_login(UserFactory())

    assert "You do not have a place on a programme" in text_of(client.get("/attendance/"))


def test_ones_own_attendance_is_for_the_signed_in(client):
    assert client.get("/attendance/").status_code == 302


# --- a cohort's standings ---------------------------------------------------------------------------------------------


def standings(cohort):
    return f"/standings/{cohort.programme.slug}/{cohort.slug}/"


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ADMINISTRATOR, 200), (Role.LOCAL_LEAD, 200), (Role.FACILITATOR, 403), (Role.JUDGE, 403)],
)
def test_who_sees_how_the_fellows_stand(client, day, role, status):
    where = (
        {"programme": day.cohort.programme, "cohort": None} if role == Role.ADMINISTRATOR else {"cohort": day.cohort}
    )
    client.force_login(TeamRoleFactory(role=role, **where).person)

    assert client.get(standings(day.cohort)).status_code == status


def test_a_local_lead_of_another_cohort_does_not(client, day):
    client.force_login(TeamRoleFactory(role=Role.LOCAL_LEAD).person)

    assert client.get(standings(day.cohort)).status_code == 403


def test_the_most_urgent_fellow_is_listed_first_and_the_filter_leaves_the_others_out(client, administrator, day, place):
    zoe = PlaceFactory(cohort=day.cohort, fellow__full_name="Zoe Zane")
    MarkFactory(session=day, place=zoe, state=MarkState.ABSENT)
    MarkFactory(session=day, place=place)

    pages = {
        show: text_of(client.get(standings(day.cohort), {"show": show}))
        for show in ("", "attention", "failed", "fine", "?")
    }

    assert pages[""].index("Zoe Zane") < pages[""].index("Ada Abara")
    assert {show: ("Zoe Zane" in page, "Ada Abara" in page) for show, page in pages.items()} == {
        "": (True, True),
        "attention": (True, False),
        "failed": (True, False),
        "fine": (False, True),
        "?": (True, True),
    }
    assert "impossible since 8 October 2025" in pages[""]


@pytest.mark.parametrize("fellows", [0, 1, 3, 60])
def test_standings_ask_the_same_questions_for_any_number_and_show_fifty_a_page(
    client, administrator, day, fellows, django_assert_max_num_queries
):
    PlaceFactory.create_batch(fellows, cohort=day.cohort, fellow__full_name="Fellow Ofthiscohort")

    with django_assert_max_num_queries(11):
        page = client.get(standings(day.cohort))

    assert text_of(page).count("Fellow Ofthiscohort") == min(fellows, 50)


def test_a_cohort_without_requirements_lists_hours_alone(client, administrator, day):
    day.cohort.attendance_requirements.all().delete()
    evening = TeachingSessionFactory(cohort=day.cohort, kind="evening", starts_at=day.starts_at)
    MarkFactory(session=evening)

    assert "2 hours" in text_of(client.get(standings(day.cohort)))
