"""Beginning an application and filling it in."""

from datetime import timedelta

import pytest

from applications.models import Application
from applications.rules.draft import fingerprint
from applications.selectors import CohortForm
from applications.services import AnswersChanged, WindowClosed, save_answers, start_application
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.refusals import Refused
from tests.factories.applications import ELIGIBLE, ApplicationFactory, next_step_cohort
from tests.factories.cohorts import NOW, CohortFactory

pytestmark = pytest.mark.django_db


def verbs(application: Application) -> list[str]:
    return sorted(Event.objects.about(application).values_list("verb", flat=True))


def test_starting_twice_is_one_application(now: None, asha: User) -> None:
    cohort = CohortFactory()

    first = start_application(cohort=cohort, by=asha)
    second = start_application(cohort=cohort, by=asha)

    assert first.pk == second.pk
    assert verbs(first) == ["applications.started"]


def test_a_new_application_knows_what_the_account_knows(now: None, asha: User) -> None:
    asha.registration_body, asha.registration_number = "GMC", "1234567"

    application = start_application(cohort=CohortFactory(), by=asha)

    assert application.answers == {
        "full_name": "Asha Rao",
        "registration_body": "GMC",
        "registration_number": "1234567",
    }
    assert len(application.reference) == 11
    assert application.reference.startswith("NS-")


def test_a_taken_reference_is_not_used_again(now: None, asha: User, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = ApplicationFactory()
    references = iter([taken.reference, "NS-AAAA-AAA"])
    monkeypatch.setattr("applications.services.drafting.reference_of", lambda _number: next(references))

    assert start_application(cohort=CohortFactory(), by=asha).reference == "NS-AAAA-AAA"


@pytest.mark.parametrize(
    ("from_opening", "outcome"),
    [
        (timedelta(seconds=-1), "Applications open on 25 March 2025 at midnight."),
        (timedelta(0), "started"),
        (timedelta(days=69, hours=22, minutes=59, seconds=59), "started"),
        (timedelta(days=69, hours=23), "Applications closed at 11:59pm on 2 June 2025."),
    ],
)
def test_an_application_begins_inside_the_half_open_window(asha: User, from_opening: timedelta, outcome: str) -> None:
    cohort = CohortFactory()

    with clock.at(cohort.applications_open_at + from_opening):
        try:
            start_application(cohort=cohort, by=asha)
            came = "started"
        except WindowClosed as refusal:
            came = str(refusal)

    assert came == outcome


def test_a_saved_page_is_kept_and_judged(now: None, asha: User) -> None:
    application = start_application(cohort=next_step_cohort(), by=asha)
    training = {name: ELIGIBLE[name] for name in ("registration_body", "registration_number", "has_ntn", "ntn")}

    saved = save_answers(application=application, topic="registration", answers=training, by=asha)

    assert saved.answers == {"full_name": "Asha Rao", **training}
    assert saved.eligibility == "needs_person"
    assert saved.version == 2
    event = Event.objects.about(saved).get(verb="applications.answers_saved")
    assert event.after == dict.fromkeys(training, "changed")


def test_the_lists_columns_follow_the_answers(now: None, asha: User) -> None:
    application = start_application(cohort=next_step_cohort(), by=asha)

    saved = save_answers(
        application=application,
        topic="work",
        answers={"discipline": "Dentistry", "specialty": "Orthodontics", "employer": "RGT"},
        by=asha,
    )

    assert (saved.discipline, saved.specialty, saved.employer) == ("Dentistry", "Orthodontics", "RGT")


def test_answers_of_other_pages_are_not_taken(now: None, asha: User) -> None:
    application = start_application(cohort=next_step_cohort(), by=asha)

    saved = save_answers(application=application, topic="details", answers={"ntn": "x", "is_superuser": "yes"}, by=asha)

    assert saved.answers == {"full_name": "Asha Rao"}


def test_saving_the_same_again_changes_nothing(now: None) -> None:
    application = ApplicationFactory(cohort=next_step_cohort())

    saved = save_answers(
        application=application, topic="details", answers={"full_name": "Asha Rao"}, by=application.applicant
    )

    assert saved.version == application.version
    assert verbs(application) == []


def test_a_page_saved_elsewhere_in_between_is_not_overwritten(now: None) -> None:
    application = ApplicationFactory(cohort=next_step_cohort())
    by = application.applicant
    facts = CohortForm(application.cohort).facts_of("details")
    opened = fingerprint(facts, application.answers)
    save_answers(application=application, topic="details", answers={"full_name": "Asha R"}, seen=opened, by=by)

    with pytest.raises(AnswersChanged) as refused:
        save_answers(application=application, topic="details", answers={"full_name": "A Rao"}, seen=opened, by=by)

    application.refresh_from_db()
    assert application.answers["full_name"] == "Asha R"
    assert refused.value.saved == {"full_name": "Asha R", "telephone": "", "adjustments": ""}


def test_an_application_that_changed_since_it_was_loaded_is_read_again(now: None) -> None:
    application = ApplicationFactory(cohort=next_step_cohort())
    loaded_before, by = Application.objects.get(pk=application.pk), application.applicant
    save_answers(application=application, topic="details", answers={"full_name": "Asha R"}, by=by)

    saved = save_answers(application=loaded_before, topic="work", answers={"employer": "RGT"}, by=by)

    assert (saved.answers["full_name"], saved.answers["employer"], saved.version) == ("Asha R", "RGT", 3)


def test_a_page_that_changed_since_it_was_loaded_is_not_overwritten(now: None) -> None:
    application = ApplicationFactory(cohort=next_step_cohort())
    loaded_before, by = Application.objects.get(pk=application.pk), application.applicant
    opened = fingerprint(CohortForm(application.cohort).facts_of("details"), application.answers)
    save_answers(application=application, topic="details", answers={"full_name": "Asha R"}, by=by)

    with pytest.raises(AnswersChanged) as caught:
        save_answers(application=loaded_before, topic="details", answers={"full_name": "A. Rao"}, seen=opened, by=by)

    assert caught.value.saved["full_name"] == "Asha R"


def test_another_page_saved_in_between_is_no_conflict(now: None) -> None:
    application = ApplicationFactory(cohort=next_step_cohort())
    by = application.applicant
    opened = fingerprint(CohortForm(application.cohort).facts_of("details"), application.answers)
    save_answers(application=application, topic="work", answers={"employer": "RGN"}, by=by)

    saved = save_answers(application=application, topic="details", answers={"telephone": "01"}, seen=opened, by=by)

    assert (saved.answers["employer"], saved.answers["telephone"]) == ("RGN", "01")


def test_the_same_page_sent_twice_is_no_conflict(now: None) -> None:
    application = ApplicationFactory(cohort=next_step_cohort())
    by = application.applicant
    opened = fingerprint(CohortForm(application.cohort).facts_of("details"), application.answers)
    first = save_answers(application=application, topic="details", answers={"telephone": "01"}, seen=opened, by=by)

    second = save_answers(application=application, topic="details", answers={"telephone": "01"}, seen=opened, by=by)

    assert second.version == first.version


def test_what_does_not_read_is_kept_until_it_does(now: None) -> None:
    application = ApplicationFactory(cohort=next_step_cohort())
    by = application.applicant

    typed = {"cct_on_day": ["35"], "cct_on_month": ["13"], "cct_on_year": ["2027"]}
    saved = save_answers(application=application, topic="training", answers={}, unread=typed, by=by)
    assert saved.unread == {"training": typed}

    saved = save_answers(application=application, topic="training", answers={"cct_on": "2027-08-01"}, by=by)
    assert saved.unread == {}


@pytest.mark.parametrize("state", ["submitted", "offered", "withdrawn"])
def test_what_was_sent_cannot_be_changed(now: None, state: str) -> None:
    application = ApplicationFactory(cohort=next_step_cohort(), state=state, submitted_at=NOW)

    with pytest.raises(Refused, match="You have sent this application, so it cannot be changed"):
        save_answers(application=application, topic="details", answers={"telephone": "1"}, by=application.applicant)


def test_a_draft_cannot_be_changed_after_the_window(now: None) -> None:
    application = ApplicationFactory(cohort=next_step_cohort())

    with clock.at(application.cohort.applications_close_at), pytest.raises(WindowClosed):
        save_answers(application=application, topic="details", answers={"telephone": "1"}, by=application.applicant)
