"""One year of one cohort in a real browser: every page valid and refused, with script and without.

Given a cohort that takes applications; when an applicant, the team and the judges do what they do in a year; then a
fellow holds a bursary. The steps are in `steps_*.py`; each looks at every page that it comes to (`people.Eyes`).
"""

from datetime import timedelta

import pytest

from tests.browser.pages import PHONE
from tests.journeys import steps_applying as applying
from tests.journeys import steps_deciding as deciding
from tests.journeys import steps_judging as judging
from tests.journeys import steps_registers as registers
from tests.journeys import world as the_world
from tests.journeys.people import Portal

pytestmark = [pytest.mark.browser, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("portal", ["with script", "script disabled", "no script arrives"], indirect=True)
def test_a_cohort_lives_through_its_year(portal: Portal) -> None:
    # Given a cohort whose window is open
    world = the_world.begin()

    # When a doctor finds out that she can apply, and applies
    asha = portal.visitor()
    applying.finds_the_programme(asha, world)
    applying.checks_whether_she_can_apply(asha, world)
    applying.signs_in_with_a_code(asha)
    applying.starts_an_application(asha)
    applying.answers_every_topic(asha, world)
    applying.uploads_three_documents(asha)
    applying.sends_it(asha)
    applying.has_a_receipt(asha)

    # And an administrator offers her a place
    ada = portal.visitor(world.administrator)
    deciding.finds_the_application(ada)
    deciding.reads_it(ada)
    deciding.decides_to_offer_a_place(ada)
    deciding.releases_it(ada)
    deciding.cannot_offer_it_twice(ada)

    # And she accepts it
    applying.opens_the_offer_from_the_mail(asha)
    applying.accepts_the_place(asha)
    applying.finds_her_home_as_a_fellow(asha)

    # And on the first day staff mark the register on a phone
    the_world.others_accept(world)
    the_world.time_passes(world, until=world.first_day.starts_at + timedelta(minutes=5))
    fay = portal.visitor(world.facilitator, viewport=PHONE, has_touch=True, is_mobile=True)
    registers.opens_todays_register(fay, world)
    registers.marks_people_with_one_tap(fay)
    registers.writes_down_how_late(fay)
    registers.closes_the_register(fay)
    registers.excuses_an_absence(ada, world)
    registers.sees_her_attendance(asha)

    # And she hands in her project
    judging.begins_her_project(asha)
    judging.hands_it_in(asha)
    projects = the_world.others_hand_in(world)

    # And on the last day the judges score it
    the_world.time_passes(world, until=world.presentation_day.starts_at + timedelta(hours=7))
    bench = the_world.panel_meets(world, projects)
    judging.finds_the_results_not_ready(ada)
    judith = portal.visitor(bench.judith.person)
    judging.opens_the_panel(judith, "Judith Fair")
    judging.scores_every_criterion(judith, bench)
    jasper = portal.visitor(bench.jasper.person)
    judging.opens_the_panel(jasper, "Jasper Even")
    judging.declares_a_conflict(jasper)

    # And an administrator opens the results, notes who won the tie, and awards the bursaries
    judging.opens_the_results(ada)
    judging.writes_down_who_won_the_tie(ada)
    judging.awards_the_bursaries(ada)

    # Then she sees her bursary
    judging.sees_her_bursary(asha)
