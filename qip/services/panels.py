"""The panel of a cohort and its judges."""

from django.db import IntegrityError, transaction

from cohorts.enums import Role
from cohorts.models import Cohort
from cohorts.permissions import check_may_administer
from cohorts.services import grant_role
from nextstep.accounts.models import User
from nextstep.accounts.services import invite
from nextstep.audit.services import record
from nextstep.refusals import Refused
from qip.messages import invite_judge
from qip.models import Judge, Panel, Results
from qip.permissions import check_may_run_panel
from qip.services.rubrics import make_default_rubric


@transaction.atomic
def create_panel(*, cohort: Cohort, by: User, name: str = "Executive Panel") -> Panel:
    """Make the panel that hears a cohort's projects, with the default rubric where the cohort has none.

    Raises Refused where there is a panel already: its results decide the cohort's bursaries, so there can be one.
    """
    check_may_administer(by, cohort)
    make_default_rubric(cohort=cohort, by=by)
    try:
        with transaction.atomic():
            panel = Panel.objects.create(cohort=cohort, name=name)
    except IntegrityError:
        raise Refused("This cohort has a panel already.") from None
    record("qip.panel_created", panel, by=by, after={"name": name})
    return panel


@transaction.atomic
def add_judge(
    *, panel: Panel, email: str, by: User, full_name: str = "", organisation: str, is_chair: bool = False
) -> Judge:
    """Seat a person on the panel by their e-mail address, give them the role of judge, and write to them.

    Raises Refused where they sit on it already, there is a chair already, or results are open.
    """
    check_may_run_panel(by, panel)
    if Results.objects.filter(panel=panel).exists():
        raise Refused("Results are open, so no judge can join any more.")
    person = _person(email, full_name, by)
    try:
        with transaction.atomic():
            judge = Judge.objects.create(panel=panel, person=person, organisation=organisation, is_chair=is_chair)
    except IntegrityError:
        sits = Judge.objects.filter(panel=panel, person=person).exists()
        raise Refused(f"{person} is on this panel already." if sits else "This panel has a chair already.") from None
    # One letter, this room's own, which also says what to do.
    grant_role(person=person, role=Role.JUDGE, cohort=panel.cohort, organisation=organisation, by=by, tell=False)
    record("qip.judge_added", judge, by=by, after={"organisation": organisation, "is_chair": is_chair})
    invite_judge(judge, invited_by=by)
    return judge


def _person(email: str, full_name: str, by: User) -> User:
    return User.objects.with_email(email).first() or invite(email=email, full_name=full_name, by=by)
