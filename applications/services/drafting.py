"""Beginning an application and filling it in."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from applications.enums import ApplicationState
from applications.models import Application
from applications.rules.draft import fingerprint
from applications.rules.references import reference_of
from applications.selectors import CohortForm
from applications.services.locking import WindowClosed, check_draft_open, check_window_open, locked
from cohorts.models import Cohort
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import CHANGED, record
from nextstep.refusals import Refused, Stale
from nextstep.transitions import change_fields

__all__ = ["AnswersChanged", "Attempt", "WindowClosed", "save_answers", "start_application"]

# Copied into columns, because lists filter on them.
_COPIED = ("discipline", "specialty", "employer")
_TRIES = 5


class AnswersChanged(Stale):
    """The same page was saved elsewhere since it was opened.

    `saved` holds the answers that are there now, and `unread` what was typed there and does not read.
    """

    def __init__(self, saved: Mapping[str, Any], unread: Mapping[str, list[str]]) -> None:
        super().__init__("You have changed this page in another tab or on another device.")
        self.saved = saved
        self.unread = unread


@dataclass(frozen=True)
class Attempt:
    """What a page sent: the answers that read and, where some of it does not, everything as it was typed."""

    answers: Mapping[str, str]
    unread: Mapping[str, list[str]] | None = None


@transaction.atomic
def start_application(*, cohort: Cohort, by: User) -> Application:
    """Begin the application of `by` to `cohort`, or answer the one they have: there is one a person a cohort.

    Raises WindowClosed outside the window.
    """
    own = Application.objects.filter(cohort=cohort, applicant=by).select_related("cohort__programme", "applicant")
    if there := own.first():
        return there
    check_window_open(cohort, clock.now())
    return begun(cohort=cohort, person=by, by=by)


@transaction.atomic
def begun(*, cohort: Cohort, person: User, by: User) -> Application:
    """Begin the application of `person` to `cohort` whatever the window says, or answer the one they have."""
    own = Application.objects.filter(cohort=cohort, applicant=person).select_related("cohort__programme", "applicant")
    if there := own.first():
        return there
    answers = {"full_name": person.full_name} if person.full_name else {}
    if person.registration_number:
        answers |= {"registration_body": person.registration_body, "registration_number": person.registration_number}
    for _ in range(_TRIES):
        application = Application(cohort=cohort, applicant=person, answers=answers)
        application.reference = reference_of(uuid.uuid4().int)
        try:
            with transaction.atomic():
                application.save(force_insert=True)
        except IntegrityError:
            # Begun in another tab at the same moment, or a reference that is in use: then another one is tried.
            if there := own.first():
                return there
            continue
        record("applications.started", application, by=by)
        return application
    raise Refused("We could not start your application. Try again.")


@transaction.atomic
def save_answers(
    *,
    application: Application,
    topic: str,
    answers: Mapping[str, str],
    by: User,
    seen: str | None = None,
    unread: Mapping[str, list[str]] | None = None,
    unconfirmed: Sequence[Attempt] = (),
) -> Application:
    """Keep the answers of one page of a draft, whole or not: a draft is never refused for what is missing.

    `seen` is the fingerprint of the answers that the page was opened with; None writes over whatever is there.
    `unread` is what was typed, where some of it does not read; it is shown again with its errors.
    `unconfirmed` is what the same page sent before without hearing of it: where that is what is saved, nobody else's
    words are written over.
    Raises WindowClosed, Refused where the application is no draft, and AnswersChanged where the page was saved with
    other answers since it was opened.
    """
    page = _Page(CohortForm(application.cohort), topic, answers, seen, unread, unconfirmed)
    try:
        return _save(page, application, by=by)
    except Stale:
        # It was changed since it was loaded: look again, and keep others out meanwhile.
        return _save(page, locked(application), by=by)


@dataclass(frozen=True)
class _Page:
    """One page as it was sent: see `save_answers`."""

    form: CohortForm
    topic: str
    answers: Mapping[str, str]
    seen: str | None
    unread: Mapping[str, list[str]] | None
    unconfirmed: Sequence[Attempt]

    def knows(self, application: Application) -> bool:
        """Whether the person has seen, or typed on this very page, what is saved now."""
        facts, answers = self.form.facts_of(self.topic), application.answers
        saved = fingerprint(facts, answers, application.unread.get(self.topic))
        return self.seen in {None, saved} or any(
            saved == fingerprint(facts, {**answers, **sent.answers}, sent.unread) for sent in self.unconfirmed
        )


def _save(page: _Page, application: Application, *, by: User) -> Application:
    check_may_change(application)
    facts = page.form.facts_of(page.topic)
    before = {fact.name: str(application.answers.get(fact.name, "")) for fact in facts}
    wanted = {**before, **{name: value for name, value in page.answers.items() if name in before}}
    changed = sorted(name for name in before if before[name] != wanted[name])
    typed = _without(application.unread, page.topic)
    if page.unread:
        typed[page.topic] = dict(page.unread)
    if not changed and typed == application.unread:
        return application
    if not page.knows(application):
        raise AnswersChanged(before, application.unread.get(page.topic, {}))
    whole = {**application.answers, **{name: wanted[name] for name in changed}}
    change_fields(
        application,
        answers=whole,
        unread=typed,
        changed_at=clock.now(),
        eligibility=page.form.outcome(whole, clock.today()),
        **{name: whole.get(name, "") for name in _COPIED},
    )
    if changed:
        record("applications.answers_saved", application, by=by, after=dict.fromkeys(changed, CHANGED))
    return application


def check_may_change(application: Application) -> None:
    """Raise unless this is a draft in an open window."""
    if application.state != ApplicationState.DRAFT:
        raise Refused("You have sent this application, so it cannot be changed.")
    check_draft_open(application, clock.now())


def _without(unread: Mapping[str, Any], topic: str) -> dict[str, Any]:
    return {name: typed for name, typed in unread.items() if name != topic}
