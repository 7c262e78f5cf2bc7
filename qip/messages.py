"""What this room sends: a judge is invited, a judge's scores are awaited, a bursary is won."""

from collections.abc import Iterator
from datetime import datetime

from nextstep.accounts.models import User
from nextstep.notifications import catalogue, reminders
from nextstep.notifications.catalogue import MessageType
from nextstep.notifications.reminders import Due, Reminder
from nextstep.notifications.services import queue_message
from qip.models import Award, Judge, Project
from qip.selectors import judges_to_remind, presentations_begin, terms_of

JUDGE_INVITED = MessageType(
    code="qip.judge_invited",
    subject="You are a judge for {cohort}",
    template="qip/mail/judge_invited.txt",
    about="To a person who is put on a panel of judges, at once.",
)
SCORES_NOT_FINAL = MessageType(
    code="qip.scores_not_final",
    subject="{left_words} left to score for {cohort}",
    template="qip/mail/scores_not_final.txt",
    about="To judges with projects left: when the presentations end, then each morning until results open.",
)
BURSARY_AWARDED = MessageType(
    code="qip.bursary_awarded",
    subject="Your project has won a bursary",
    template="qip/mail/bursary_awarded.txt",
    about="To a fellow whose project is awarded a bursary, at once.",
)


def register_messages() -> None:
    """Called when the portal starts."""
    for message_type in (JUDGE_INVITED, SCORES_NOT_FINAL, BURSARY_AWARDED):
        catalogue.register(message_type)
    reminders.register(Reminder(code=SCORES_NOT_FINAL.code, due=scores_awaited))


def invite_judge(judge: Judge, *, invited_by: User) -> None:
    """Queue the mail that says what is asked of a judge and where."""
    cohort = judge.panel.cohort
    queue_message(
        code=JUDGE_INVITED.code,
        to=judge.person,
        occasion=f"judge:{judge.pk}",
        context={
            "panel": judge.panel,
            "cohort": cohort,
            "is_chair": judge.is_chair,
            "presentations": presentations_begin(cohort),
            "invited_by": invited_by,
        },
    )


def scores_awaited(now: datetime) -> Iterator[Due]:
    """A reminder for each judge with projects left; the day is part of the occasion, so it goes once a day."""
    for one in judges_to_remind(now):
        words = f"{one.left} project" if one.left == 1 else f"{one.left} projects"
        yield Due(
            to=one.person,
            occasion=f"panel:{one.panel.pk}:{one.day}",
            context={"panel": one.panel, "cohort": one.panel.cohort, "left": one.left, "left_words": words},
        )


def tell_winner(award: Award, project: Project) -> None:
    """Queue the mail that tells a fellow of their bursary."""
    cohort = project.place.cohort
    terms = terms_of(cohort)
    queue_message(
        code=BURSARY_AWARDED.code,
        to=project.place.fellow,
        occasion=f"award:{award.pk}",
        context={"project": project, "cohort": cohort, "bursary": terms.bursary},
    )
