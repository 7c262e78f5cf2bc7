"""What cohorts sends: a role is given, a place is confirmed."""

from cohorts.enums import FeeState, Role
from cohorts.models import GraduationTerms, Place, TeamRole, WithdrawalFee
from nextstep.accounts.models import User
from nextstep.notifications import catalogue
from nextstep.notifications.catalogue import MessageType
from nextstep.notifications.services import queue_message

ROLE_GIVEN = MessageType(
    code="cohorts.role_given",
    subject="You are now a {role_words} for {where}",
    template="cohorts/mail/role_given.txt",
    about="To a person who is given a role in a programme or cohort, at once.",
)
WELCOME = MessageType(
    code="cohorts.welcome",
    subject="Your place on {where} is confirmed",
    template="cohorts/mail/welcome.txt",
    about="To a fellow whose place is confirmed, at once.",
)
GRADUATED = MessageType(
    code="cohorts.graduated",
    subject="You have completed {where}",
    template="cohorts/mail/graduated.txt",
    about="To a fellow who has completed the programme, at once.",
)
LEFT = MessageType(
    code="cohorts.left",
    subject="You have withdrawn from {where}",
    template="cohorts/mail/left.txt",
    about="To a fellow who withdraws after accepting a place, at once, with the letter about a fee.",
)

# What a role is for, as it follows "You can now".
PURPOSES = {
    Role.ADMINISTRATOR: "run the programme: its cohorts, applications, offers, registers and results",
    Role.LOCAL_LEAD: "run this cohort: its applications, offers and registers",
    Role.REVIEWER: "read the applications that are given to you",
    Role.JUDGE: "score the quality improvement projects of your panel",
    Role.FACILITATOR: "see your sessions and mark their registers",
    Role.COACH: "see the fellows whom you coach",
}
IN_THE_ADMIN = {Role.ADMINISTRATOR, Role.LOCAL_LEAD}


def register_messages() -> None:
    catalogue.register(ROLE_GIVEN)
    catalogue.register(WELCOME)
    catalogue.register(GRADUATED)
    catalogue.register(LEFT)


def tell_of_role(team_role: TeamRole, *, granted_by: User | None) -> None:
    """Queue the mail that says which role was given, by whom, and where to begin."""
    role = Role(team_role.role)
    queue_message(
        code=ROLE_GIVEN.code,
        to=team_role.person,
        occasion=f"team-role:{team_role.pk}",
        context={
            "role_words": role.label.lower(),
            "purpose": PURPOSES[role],
            "where": str(team_role.programme or team_role.cohort),
            "granted_by": granted_by,
            "path": "/admin/" if role in IN_THE_ADMIN else "/home/",
        },
    )


def welcome(place: Place) -> None:
    """Queue the mail that confirms a place and says what to do next."""
    cohort = place.cohort
    queue_message(
        code=WELCOME.code,
        to=place.fellow,
        occasion=f"place:{place.pk}",
        context={
            "where": str(cohort),
            "commences_on": cohort.commences_on,
            "study_leave_weeks": cohort.study_leave_weeks,
            "contact_email": cohort.programme.contact_email,
        },
    )


def congratulate(place: Place) -> None:
    """Queue the mail that says that the programme is completed, and what comes with it."""
    cohort = place.cohort
    queue_message(
        code=GRADUATED.code,
        to=place.fellow,
        occasion=f"place:{place.pk}:graduated",
        context={
            "where": str(cohort),
            "terms": GraduationTerms.objects.filter(cohort=cohort).first(),
            "contact_email": cohort.programme.contact_email,
        },
    )


def tell_of_leaving(place: Place, fee: WithdrawalFee | None) -> None:
    """Queue the mail that says that a place has ended, with the letter about the fee where there is one."""
    queue_message(
        code=LEFT.code,
        to=place.fellow,
        occasion=f"place:{place.pk}:left",
        context={
            "where": str(place.cohort),
            "letter": fee.letter if fee else "",
            "owed": fee is not None and fee.state == FeeState.OWED,
            "contact_email": place.cohort.programme.contact_email,
        },
    )
