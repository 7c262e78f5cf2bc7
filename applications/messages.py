"""What applications send, to whom and when. Occasions name the transition, so that each goes once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from applications.enums import ReviewRoundState
from applications.models import Application, Offer, Release, ReviewRound
from applications.models.application import ApplicationQuerySet
from applications.selectors.reviewing import unfinished_reviewers
from nextstep.accounts.models import User
from nextstep.design.dates import last_moment_words, moment_words
from nextstep.notifications import catalogue, reminders
from nextstep.notifications.catalogue import MessageType
from nextstep.notifications.reminders import Due, Reminder
from nextstep.notifications.services import queue_message

_MAIL = "applications/mail/"

TYPES = (
    MessageType(
        "applications.receipt",
        "We have your application {reference}",
        f"{_MAIL}receipt.txt",
        "To the applicant when they submit, with what happens next.",
    ),
    MessageType(
        "applications.offer",
        "You have been offered a place",
        f"{_MAIL}offer.txt",
        "To the applicant when a place is offered, with the deadline and the page to answer on.",
    ),
    MessageType(
        "applications.reserve",
        "You are on the reserve list",
        f"{_MAIL}reserve.txt",
        "To the applicant when they are put on the reserve list or into the queue.",
    ),
    MessageType(
        "applications.not_selected",
        "Your application was not successful",
        f"{_MAIL}not_selected.txt",
        "To the applicant when they are not selected.",
    ),
    MessageType(
        "applications.release_refused",
        "The decisions for {cohort} were not released",
        f"{_MAIL}release_refused.txt",
        "To whoever planned a release that could not be done, at the planned time.",
    ),
    MessageType(
        "applications.offer_accepted",
        "You have accepted your place",
        f"{_MAIL}offer_accepted.txt",
        "To the applicant when they accept, with the words they agreed to.",
    ),
    MessageType(
        "applications.offer_declined",
        "You have declined your place",
        f"{_MAIL}offer_declined.txt",
        "To the applicant when they decline.",
    ),
    MessageType(
        "applications.offer_restored",
        "Your offer of a place stands again",
        f"{_MAIL}offer_restored.txt",
        "To the applicant when they undo that they declined.",
    ),
    MessageType(
        "applications.offer_lapsed",
        "The offer of a place has ended",
        f"{_MAIL}offer_lapsed.txt",
        "To the applicant when the deadline passed without an answer.",
    ),
    MessageType(
        "applications.withdrawn",
        "You have withdrawn your application",
        f"{_MAIL}withdrawn.txt",
        "To the applicant when they withdraw.",
    ),
    MessageType(
        "applications.withdrawal_undone",
        "We have your application {reference} again",
        f"{_MAIL}withdrawal_undone.txt",
        "To the applicant when they undo a withdrawal.",
    ),
    MessageType(
        "applications.closing_in_7_days",
        "7 days left to send your application",
        f"{_MAIL}closing.txt",
        "To everyone with a draft, 7 days before the window closes.",
    ),
    MessageType(
        "applications.closing_in_1_day",
        "1 day left to send your application",
        f"{_MAIL}closing.txt",
        "To everyone with a draft, 1 day before the window closes.",
    ),
    MessageType(
        "applications.window_extended",
        "You have more time to send your application",
        f"{_MAIL}more_time.txt",
        "To everyone with a draft, when the window is extended.",
    ),
    MessageType(
        "applications.late_link",
        "You can still send an application",
        f"{_MAIL}late_link.txt",
        "To the one person who is given a later end than everybody else.",
    ),
    MessageType(
        "applications.offer_ends_in_2_days",
        "2 days left to answer your offer",
        f"{_MAIL}offer_ending.txt",
        "To everyone with an open offer, 2 days before it ends.",
    ),
    MessageType(
        "applications.offer_ends_in_1_day",
        "1 day left to answer your offer",
        f"{_MAIL}offer_ending.txt",
        "To everyone with an open offer, 1 day before it ends.",
    ),
    MessageType(
        "applications.to_review",
        "{readings} to review for {cohort}",
        f"{_MAIL}to_review.txt",
        "To a reviewer when applications are given to them, with by when.",
    ),
    MessageType(
        "applications.reviews_due_in_3_days",
        "3 days left to review {left} for {cohort}",
        f"{_MAIL}reviews_due.txt",
        "To reviewers with applications left, 3 days before the reviews are due.",
    ),
    MessageType(
        "applications.reviews_due_in_1_day",
        "1 day left to review {left} for {cohort}",
        f"{_MAIL}reviews_due.txt",
        "To reviewers with applications left, 1 day before the reviews are due.",
    ),
)


def tell_of_more_time(code: str, application: Application, *, until: datetime) -> None:
    """Queue the message `applications.<code>`: somebody who has not sent theirs can do so until `until`."""
    queue_message(
        code=f"applications.{code}",
        to=application.applicant,
        occasion=f"application:{application.pk}:{code}:{until.isoformat()}",
        context={**about(application), "until": last_moment_words(until), "link": _tasks_link(application)},
    )


def register_messages() -> None:
    for message_type in TYPES:
        catalogue.register(message_type)
    known = {reminder.code for reminder in reminders.reminders()}
    for reminder in REMINDERS:
        if reminder.code not in known:
            reminders.register(reminder)


def tell_applicant(code: str, application: Application, **further: Any) -> None:
    """Queue the message `applications.<code>` about the transition that `application` has just made."""
    queue_message(
        code=f"applications.{code}",
        to=application.applicant,
        occasion=f"application:{application.pk}:{code}:{application.version}",
        context={**about(application), **further},
    )


def tell_of_offer(code: str, offer: Offer, **further: Any) -> None:
    """Queue the message `applications.<code>` about the transition that `offer` has just made."""
    queue_message(
        code=f"applications.{code}",
        to=offer.application.applicant,
        occasion=f"offer:{offer.pk}:{code}:{offer.version}",
        context={**about_offer(offer), **further},
    )


def tell_reviewer(review_round: ReviewRound, reviewer: User, count: int, *, assigned_by: User) -> None:
    """Tell a reviewer that they were given `count` applications; each giving raises the version of the round."""
    queue_message(
        code="applications.to_review",
        to=reviewer,
        occasion=f"review:{review_round.pk}:{review_round.version}",
        context={
            **about_reviews(review_round),
            "readings": _applications(count),
            "assigned_by": assigned_by,
        },
    )


def about_reviews(review_round: ReviewRound) -> dict[str, Any]:
    address = reverse("applications:review_round", args=[review_round.public_id])
    due = moment_words(review_round.due_at)
    return {"cohort": str(review_round.cohort), "due": due, "link": f"{settings.SITE_URL}{address}"}


def _applications(count: int) -> str:
    return "1 application" if count == 1 else f"{count} applications"


def tell_planner(release: Release) -> None:
    """Tell whoever planned a release that it could not be done, and why."""
    queue_message(
        code="applications.release_refused",
        to=release.planned_by,
        occasion=f"release:{release.pk}:refused",
        context={
            "programme": release.cohort.programme.name,
            "cohort": release.cohort.name,
            "when": moment_words(release.planned_for),
            "trouble": release.trouble,
            "link": f"{settings.SITE_URL}/admin/applications/decision/",
        },
    )


def about(application: Application) -> dict[str, Any]:
    cohort = application.cohort
    return {
        "reference": application.reference,
        "programme": cohort.programme.name,
        "cohort": cohort.name,
        "contact": cohort.programme.contact_email,
        "closes": last_moment_words(cohort.applications_close_at),
        "link": settings.SITE_URL + reverse("applications:application", args=[application.public_id]),
    }


def about_offer(offer: Offer) -> dict[str, Any]:
    link = settings.SITE_URL + reverse("applications:offer", args=[offer.public_id])
    return {**about(offer.application), "offer_link": link, "deadline": last_moment_words(offer.expires_at)}


@dataclass(frozen=True)
class Closing:
    """The window closes `days` from now, to everyone with a draft that was begun before this reminder was due."""

    days: int

    def __call__(self, now: datetime) -> Iterator[Due]:
        drafts: ApplicationQuerySet = Application.objects.drafts_in_open_windows(now)
        due = drafts.filter(cohort__applications_close_at__lte=now + timedelta(days=self.days))
        if self.days > 1:
            due = due.filter(cohort__applications_close_at__gt=now + timedelta(days=1))
        for draft in due.select_related("cohort__programme", "applicant").defer("answers", "unread").iterator(500):
            # The closing moment belongs to the occasion: where the window is extended, the new end is told anew.
            closes = draft.cohort.applications_close_at
            occasion = f"application:{draft.pk}:closing_{self.days}:{closes.isoformat()}"
            yield Due(draft.applicant, occasion, {**about(draft), "link": _tasks_link(draft)})


@dataclass(frozen=True)
class OfferEnding:
    """An open offer ends `days` from now."""

    days: int

    def __call__(self, now: datetime) -> Iterator[Due]:
        due = Offer.objects.open().filter(expires_at__gt=now, expires_at__lte=now + timedelta(days=self.days))
        if self.days > 1:
            due = due.filter(expires_at__gt=now + timedelta(days=1))
        for offer in due.select_related("application__cohort__programme", "application__applicant").iterator(500):
            occasion = f"offer:{offer.pk}:ending_{self.days}:{offer.expires_at.isoformat()}"
            yield Due(offer.application.applicant, occasion, about_offer(offer))


@dataclass(frozen=True)
class ReviewsDue:
    """Reviews are due `days` from now; told once for each moment they are due by, with how many are left."""

    days: int

    def __call__(self, now: datetime) -> Iterator[Due]:
        until = now + timedelta(days=self.days)
        rounds = ReviewRound.objects.filter(state=ReviewRoundState.OPEN, due_at__gt=now, due_at__lte=until)
        if self.days > 1:
            rounds = rounds.filter(due_at__gt=now + timedelta(days=1))
        for review_round in rounds.select_related("cohort__programme"):
            occasion = f"review:{review_round.pk}:due_{self.days}:{review_round.due_at.isoformat()}"
            for reviewer, left in unfinished_reviewers(review_round):
                yield Due(reviewer, occasion, {**about_reviews(review_round), "left": _applications(left)})


def _tasks_link(application: Application) -> str:
    cohort = application.cohort
    return settings.SITE_URL + reverse("applications:tasks", args=[cohort.programme.slug, cohort.slug])


REMINDERS: tuple[Reminder, ...] = (
    Reminder("applications.closing_in_7_days", Closing(7)),
    Reminder("applications.closing_in_1_day", Closing(1)),
    Reminder("applications.offer_ends_in_2_days", OfferEnding(2)),
    Reminder("applications.offer_ends_in_1_day", OfferEnding(1)),
    Reminder("applications.reviews_due_in_3_days", ReviewsDue(3)),
    Reminder("applications.reviews_due_in_1_day", ReviewsDue(1)),
)
