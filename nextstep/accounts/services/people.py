"""People come in: by their first sign-in or by invitation; and what they say of themselves."""

from django.db import IntegrityError, transaction

from nextstep import clock
from nextstep.accounts import post
from nextstep.accounts.models import User
from nextstep.accounts.rules.registration import registration_problem, written_plainly
from nextstep.audit.services import CHANGED, record
from nextstep.refusals import Refused


def join(*, email: str) -> User:
    """The account of the person who proved this address: the first sign-in is also the sign-up.

    Two sign-ins at once make one account.
    """
    try:
        with transaction.atomic():
            user: User = User.objects.create_user(email)
            record("accounts.joined", user, by=user)
            return user
    except IntegrityError:
        there: User = User.objects.with_email(email).get()
        return there


@transaction.atomic
def invite(*, email: str, full_name: str = "", by: User) -> User:
    """Make an account for a person, or find it, and mail them how to sign in (once a day at most).

    A name they gave themselves stays.
    """
    known: User | None = User.objects.with_email(email).first()
    user: User = known or User.objects.create_user(email, full_name=full_name.strip())
    record("accounts.invited", user, by=by, after={"new_account": known is None})
    post.queue(
        code="accounts.invitation",
        to=user,
        occasion=f"user:{user.pk}:invited:{clock.today().isoformat()}",
        context={"person": user, "invited_by": by},
    )
    return user


@transaction.atomic
def record_name(*, user: User, full_name: str, by: User) -> None:
    """Keep what a person is called."""
    full_name = " ".join(full_name.split())
    if not full_name:
        raise Refused("Enter a full name")
    if full_name != user.full_name:
        user.full_name = full_name
        user.save(update_fields=["full_name"])
        record("accounts.renamed", user, by=by, after={"full_name": CHANGED})


@transaction.atomic
def record_registration(*, user: User, body: str, number: str, by: User) -> None:
    """Keep a person's professional registration: GMC (7 digits) or GDC (5 or more); both empty takes it away.

    Raises Refused where the number cannot be one of that body's.
    """
    if problem := registration_problem(body, number):
        raise Refused(problem)
    number = written_plainly(number)
    if (body, number) != (user.registration_body, user.registration_number):
        user.registration_body, user.registration_number = body, number
        user.save(update_fields=["registration_body", "registration_number"])
        record("accounts.registration_recorded", user, by=by, after={"registration": CHANGED})


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User) -> None:
    """End every session of this person on every device.

    A session holds a digest of the password column; without passwords it is a random mark, and a new mark ends all.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record("accounts.signed_out_everywhere", user, by=by)
