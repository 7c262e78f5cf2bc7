"""The portal's data: the demo made once, and its applicants many times over for each size.

`python -m benchmarks.filling demo` on an empty, migrated database; `python -m benchmarks.filling copies SIZE` on a copy
of that. The demo is made through the services. The copies are rows put in beside it: what counts is how many there are.
"""

import sys
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.db import connection  # noqa: E402

from applications.models import Application, Document, Submission  # noqa: E402
from cohorts.models import Cohort  # noqa: E402
from nextstep import clock  # noqa: E402
from nextstep.accounts.models import User  # noqa: E402
from nextstep.audit.models import Event  # noqa: E402
from nextstep.demo.building import Plan, build  # noqa: E402
from nextstep.demo.stages import Stage  # noqa: E402
from nextstep.notifications.enums import MessageState  # noqa: E402
from nextstep.notifications.models import Message  # noqa: E402

SEED = 1
FEWEST = 60
EVENTS_AN_APPLICATION = 10
BATCH = 500


def make_demo() -> None:
    """A cohort that takes applications, one whose panel is scoring, and one of a year ago with its results open."""
    now = clock.now()
    build(Plan(Stage.APPLICATIONS, FEWEST, SEED, now), say=quiet)
    build(Plan(Stage.JUDGING, 110, SEED, now), say=quiet)
    build(Plan(Stage.GRADUATED, 110, SEED, now - timedelta(days=364)), say=quiet)


def quiet(words: str) -> None:
    """The demo's progress is of no interest here."""


def applying_cohort() -> Cohort:
    now = clock.now()
    window = {"applications_open_at__lte": now, "applications_close_at__gt": now}
    return Cohort.objects.select_related("programme").get(programme__slug="next-step", **window)


def multiply(cohort: Cohort, size: int) -> None:
    """Copy the cohort's applications, and all that hangs on them, until there are `size`."""
    patterns = list(
        Application.objects.filter(cohort=cohort, submitted_at__isnull=False).prefetch_related(
            "submissions", "documents"
        )
    )
    missing = size - Application.objects.filter(cohort=cohort).count()
    for batch in batched(islice(cycle(patterns), max(0, missing)), BATCH):
        copy_all(batch)
    with connection.cursor() as cursor:
        # As the database does by itself in the course of time: without statistics it plans for empty tables.
        cursor.execute("ANALYZE")


def batched(items: Iterable[Any], count: int) -> Iterable[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, count)):
        yield batch


def copy_all(patterns: Sequence[Application]) -> None:
    people = User.objects.bulk_create(
        User(email=f"copy.{uuid4().hex}@demo.example", full_name=pattern.answers["full_name"], password="!")
        for pattern in patterns
    )
    copies = Application.objects.bulk_create(
        fresh(pattern, applicant=person, public_id=uuid4(), reference=f"NS-{uuid4().hex[:8].upper()}")
        for pattern, person in zip(patterns, people, strict=True)
    )
    pairs = list(zip(patterns, copies, strict=True))
    Submission.objects.bulk_create(
        fresh(submission, application=copy) for pattern, copy in pairs for submission in pattern.submissions.all()
    )
    Document.objects.bulk_create(
        fresh(document, application=copy, public_id=uuid4())
        for pattern, copy in pairs
        for document in pattern.documents.all()
    )
    Event.objects.bulk_create(event for copy in copies for event in events_of(copy))
    Message.objects.bulk_create(receipt_of(copy) for copy in copies)


def fresh(pattern: Any, **changed: Any) -> Any:
    """An unsaved copy of a row, with some of its fields changed."""
    kept = {
        field.attname: getattr(pattern, field.attname)
        for field in pattern._meta.concrete_fields
        if not field.primary_key
    }
    for name in changed:
        kept.pop(pattern._meta.get_field(name).attname)
    return type(pattern)(**kept, **changed)


def events_of(application: Application) -> Iterable[Event]:
    about = {"object_type": application._meta.label_lower, "object_id": str(application.pk)}
    for _ in range(EVENTS_AN_APPLICATION):
        yield Event(
            actor_id=application.applicant_id,
            verb="applications.answers_saved",
            object_label=str(application),
            after={"employer": "changed"},
            **about,
        )


def receipt_of(application: Application) -> Message:
    key = f"applications.receipt|application:{application.pk}:submitted"
    return Message(
        code="applications.receipt",
        occasion=f"application:{application.pk}:submitted",
        person_id=application.applicant_id,
        address=f"copy.{application.pk}@demo.example",
        dedupe_key=key,
        message_id=f"<{uuid4().hex}@demo.example>",
        subject=f"We have your application {application.reference}",
        text="We have your application. " * 30,
        state=MessageState.SENT,
        sent_at=clock.now(),
    )


if __name__ == "__main__":
    if sys.argv[1] == "demo":
        make_demo()
    else:
        multiply(applying_cohort(), int(sys.argv[2]))
