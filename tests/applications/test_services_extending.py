"""More time for everybody, with its reason and its mails; and for one person, whose window alone it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from applications.models import Application, LateLink, WindowExtension
from applications.services import (
    WindowClosed,
    extend_window,
    give_late_link,
    reopen_application,
    save_answers,
    start_application,
    submit_application,
    withdraw_application,
)
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, LateLinkFactory, WindowExtensionFactory, next_step_cohort
from tests.factories.cohorts import NOW, CohortFactory

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def ada(db: None) -> User:
    return UserFactory(full_name="Ada Ledger")


def telephone(application: Application) -> Application:
    answers = {"telephone": "01223 000000"}
    return save_answers(application=application, topic="details", answers=answers, by=application.applicant)


# --- for everybody


def test_an_extension_moves_the_end_for_all_is_kept_with_its_reason_and_told_to_drafts(ada: User) -> None:
    cohort = CohortFactory()
    begun, sent = ApplicationFactory(cohort=cohort), ApplicationFactory(cohort=cohort, submitted=True)
    ApplicationFactory()
    closed, later = cohort.applications_close_at, cohort.applications_close_at + DAY

    with clock.at(closed + timedelta(hours=1)):
        extension = extend_window(cohort=cohort, closes_at=later, reason=" Late mails ", by=ada)
        start_application(cohort=extension.cohort, by=UserFactory())

    assert (extension.closed_at, extension.closes_at, extension.reason) == (closed, later, "Late mails")
    event = Event.objects.about(cohort).get(verb="applications.window_extended")
    assert (event.actor, event.reason) == (ada, "Late mails")
    mail = Message.objects.get(code="applications.window_extended")
    assert mail.person == begun.applicant != sent.applicant
    assert "You can now send yours until 11:59pm on 3 June 2025, UK time." in mail.text
    assert "Late mails" not in mail.text


@pytest.mark.parametrize(
    ("later", "reason", "refusal"),
    [
        (timedelta(0), "Late mails", "Applications close at 11:59pm on 2 June 2025 already. Choose a later moment."),
        (-DAY, "Late mails", "Applications close at 11:59pm on 2 June 2025 already. Choose a later moment."),
        (DAY, "Late mails", "That moment has passed. Choose a later one."),
        (3 * DAY, "  ", "Say why. The reason is kept with what happened."),
    ],
)
def test_an_extension_is_later_to_come_and_explained(ada: User, later: timedelta, reason: str, refusal: str) -> None:
    cohort = CohortFactory()

    with clock.at(cohort.applications_close_at + 2 * DAY), pytest.raises(Refused) as refused:
        extend_window(cohort=cohort, closes_at=cohort.applications_close_at + later, reason=reason, by=ada)

    assert str(refused.value) == refusal
    assert (WindowExtension.objects.count(), Message.objects.count()) == (0, 0)


# --- grace


def test_grace_is_for_drafts_that_were_begun(ada: User) -> None:
    cohort = next_step_cohort(documents=False, grace_minutes=15)
    draft = ApplicationFactory(cohort=cohort)

    with clock.at(cohort.applications_close_at + 14 * MINUTE):
        with pytest.raises(WindowClosed, match="Applications closed at 11:59pm on 2 June 2025"):
            start_application(cohort=cohort, by=ada)
        telephone(draft)
        submit_application(application=draft, by=draft.applicant, declared=True)

    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_after_the_grace_the_person_is_told_of_both_ends() -> None:
    cohort = next_step_cohort(grace_minutes=15)
    draft = ApplicationFactory(cohort=cohort)

    with clock.at(cohort.applications_close_at + 15 * MINUTE), pytest.raises(WindowClosed) as refused:
        telephone(draft)

    own = "Your own time ended at 12:14am on 3 June 2025."
    assert str(refused.value) == f"Applications closed at 11:59pm on 2 June 2025. {own}"


# --- for one person


def test_a_late_link_opens_the_window_for_one_person_alone(ada: User) -> None:
    cohort = next_step_cohort()
    zoe, other = ApplicationFactory.create_batch(2, cohort=cohort)
    later = cohort.applications_close_at + DAY

    with clock.at(cohort.applications_close_at + MINUTE):
        link = give_late_link(cohort=cohort, email=zoe.applicant.email.upper(), ends_at=later, reason="Ill", by=ada)
    with clock.at(later - MINUTE):
        telephone(Application.objects.get(pk=zoe.pk))
        with pytest.raises(WindowClosed):
            telephone(other)
    with clock.at(later), pytest.raises(WindowClosed):
        telephone(Application.objects.get(pk=zoe.pk))

    assert (link.person, link.reason) == (zoe.applicant, "Ill")
    event = Event.objects.about(zoe).get(verb="applications.late_link_given")
    assert (event.actor, event.reason) == (ada, "Ill")
    mail = Message.objects.get(code="applications.late_link")
    assert mail.person == zoe.applicant
    assert "until 11:59pm on 3 June 2025, UK time. This is for you alone." in mail.text
    assert f"/{cohort.programme.slug}/{cohort.slug}/apply/tasks/" in mail.text


def test_somebody_new_gets_an_account_and_a_draft(ada: User) -> None:
    cohort = next_step_cohort()
    later = cohort.applications_close_at + DAY

    with clock.at(cohort.applications_close_at):
        link = give_late_link(cohort=cohort, email="zoe.late@example.nhs.uk", ends_at=later, reason="Ill", by=ada)

    application = Application.objects.get()
    assert (application.applicant, application.state, application.late_until) == (link.person, "draft", later)
    assert application.applicant.email == "zoe.late@example.nhs.uk"


def test_the_last_link_given_counts_also_where_it_is_shorter(ada: User) -> None:
    draft = ApplicationFactory(cohort=next_step_cohort())
    given = {"cohort": draft.cohort, "email": draft.applicant.email, "reason": "Ill", "by": ada}
    closes = draft.cohort.applications_close_at

    with clock.at(NOW):
        give_late_link(ends_at=closes + 3 * DAY, **given)
        give_late_link(ends_at=closes + DAY, **given)

    draft.refresh_from_db()
    assert (draft.late_until, LateLink.objects.count()) == (closes + DAY, 2)


def test_who_withdrew_can_reopen_with_a_late_link(ada: User) -> None:
    application = ApplicationFactory(cohort=next_step_cohort(), submitted=True)
    closes = application.cohort.applications_close_at
    with clock.at(NOW):
        withdrawn = withdraw_application(application=application, by=application.applicant)

    with clock.at(closes + MINUTE):
        give_late_link(
            cohort=application.cohort, email=application.applicant.email, ends_at=closes + DAY, reason="Ill", by=ada
        )
        assert reopen_application(application=withdrawn, by=application.applicant).state == "draft"


@pytest.mark.parametrize(
    ("later", "reason", "state", "refusal"),
    [
        (DAY, " ", "draft", "Say why. The reason is kept with what happened."),
        (-80 * DAY, "Ill", "draft", "That moment has passed. Choose a later one."),
        (timedelta(0), "Ill", "draft", "Applications close later than that for everybody. Choose a later moment."),
        (DAY, "Ill", "submitted", "They have sent their application already."),
    ],
)
def test_a_late_link_is_refused_where_it_gives_nothing(
    now: None, ada: User, later: timedelta, reason: str, state: str, refusal: str
) -> None:
    sent = {"submitted_at": NOW} if state == "submitted" else {}
    application = ApplicationFactory(cohort=next_step_cohort(), state=state, **sent)
    ends_at = application.cohort.applications_close_at + later

    with pytest.raises(Refused) as refused:
        give_late_link(
            cohort=application.cohort, email=application.applicant.email, ends_at=ends_at, reason=reason, by=ada
        )

    assert (str(refused.value), LateLink.objects.count(), Message.objects.count()) == (refusal, 0, 0)


# --- the database has the last word


@pytest.mark.parametrize(
    "made",
    [
        lambda: CohortFactory(grace_minutes=1441),
        lambda: WindowExtensionFactory(closed_at=NOW, closes_at=NOW),
        lambda: WindowExtensionFactory(reason=""),
        lambda: LateLinkFactory(ends_at=NOW),
        lambda: LateLinkFactory(reason=""),
    ],
)
def test_the_database_refuses_what_makes_no_sense(made: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        made()
