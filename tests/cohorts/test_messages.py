"""What cohorts sends, to whom, once."""

import pytest

from cohorts.enums import Role
from cohorts.services import enrol_fellow, grant_role, invite_to_role, take_seat
from nextstep.accounts.models import User
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import CohortFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(set_clock):
    set_clock(2025, 4, 29, 12)


@pytest.fixture
def cohort():
    return CohortFactory(
        name="2025 to 2026", programme__name="Next Step", programme__contact_email="team@example.nhs.uk"
    )


def test_a_judge_is_told_of_the_role(cohort):
    owner, judge = OwnerFactory(full_name="Olive Owner"), UserFactory(full_name="Jude Judge")
    grant_role(person=judge, role=Role.JUDGE, cohort=cohort, by=owner)
    message = Message.objects.get()
    assert (message.code, message.person) == ("cohorts.role_given", judge)
    assert message.subject == "You are now a judge for Next Step, 2025 to 2026"
    assert message.text == (
        "You are now a judge\n\n"
        "Dear Jude Judge,\n\n"
        "Olive Owner has made you a judge for Next Step, 2025 to 2026. "
        "You can now score the quality improvement projects of your panel.\n\n"
        "Sign in with this e-mail address. We send you a code each time: there is no password.\n\n"
        "http://portal.test/home/\n\n"
        "If you did not expect this, reply to this e-mail or do nothing: nobody else can use your role.\n"
    )


@pytest.mark.parametrize("role", list(Role))
def test_every_role_says_what_it_is_for_and_where_to_begin(cohort, role):
    where = {"programme": cohort.programme} if role == Role.ADMINISTRATOR else {"cohort": cohort}
    grant_role(person=UserFactory(), role=role, by=None, **where)
    text = Message.objects.get().text
    assert f"We have made you a {role.label.lower()} for {next(iter(where.values()))}. You can now " in text
    place = "/admin/" if role in {Role.ADMINISTRATOR, Role.LOCAL_LEAD} else "/home/"
    assert f"\nhttp://portal.test{place}\n" in text


def test_a_role_that_is_held_already_is_not_told_again(cohort):
    judge = UserFactory()
    for _ in range(2):
        grant_role(person=judge, role=Role.JUDGE, cohort=cohort, by=None)
    assert Message.objects.count() == 1


def test_a_room_that_writes_to_the_person_itself_sends_nothing_from_here(cohort):
    grant_role(person=UserFactory(), role=Role.JUDGE, cohort=cohort, by=None, tell=False)
    assert not Message.objects.exists()


def test_a_fellow_is_welcomed_with_what_to_do_next(cohort):
    fellow = UserFactory(full_name="Fay Fellow")
    take_seat(cohort=cohort, person=fellow, by=None)
    enrol_fellow(cohort=cohort, person=fellow, by=fellow)
    message = Message.objects.get()
    assert (message.code, message.person) == ("cohorts.welcome", fellow)
    assert message.subject == "Your place on Next Step, 2025 to 2026 is confirmed"
    assert message.text == (
        "Your place is confirmed\n\n"
        "Dear Fay Fellow,\n\n"
        "You have a place on Next Step, 2025 to 2026. It begins on 8 October 2025.\n\n"
        "What to do next:\n\n"
        "* Apply for study leave for all dates now. Most departments ask for 6 weeks' notice.\n"
        "* If you do not know your rotation yet, tell the trusts you will rotate to as soon as you can.\n"
        "* Add the dates to your calendar from your home page.\n\n"
        "Your home page shows your dates and venues, your attendance and your project:\n\n"
        "http://portal.test/home/\n\n"
        "Questions? Write to team@example.nhs.uk.\n"
    )


def test_inviting_somebody_new_makes_their_account_and_gives_the_role(cohort):
    owner = OwnerFactory()
    role = invite_to_role(
        email="New.Judge@Example.NHS.uk", full_name="New Judge", role=Role.JUDGE, cohort=cohort, by=owner
    )
    assert (role.person.email, role.person.full_name) == ("new.judge@example.nhs.uk", "New Judge")
    codes = Message.objects.order_by("code").values_list("code", flat=True)
    assert list(codes) == ["accounts.invitation", "cohorts.role_given"]


def test_inviting_somebody_known_finds_them_whatever_the_case(cohort):
    known = UserFactory(email="judge@example.nhs.uk")
    role = invite_to_role(email=" Judge@example.nhs.uk ", role=Role.JUDGE, cohort=cohort, by=OwnerFactory())
    assert role.person == known
    assert list(Message.objects.values_list("code", flat=True)) == ["cohorts.role_given"]


def test_an_invitation_to_a_role_that_fits_nowhere_makes_no_account():
    with pytest.raises(Refused):
        invite_to_role(email="new@example.nhs.uk", role=Role.JUDGE, programme=ProgrammeFactory(), by=OwnerFactory())
    assert not User.objects.filter(email="new@example.nhs.uk").exists()
