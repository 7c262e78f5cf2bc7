"""A fellow writes their project, hands it in, and may withdraw it."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cohorts.models import Place
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import CHANGED, record
from nextstep.refusals import Refused
from nextstep.transitions import change_fields, change_state
from qip.enums import ProjectState
from qip.models import Project, Score
from qip.permissions import ON_PROGRAMME, check_may_edit_project
from qip.rules.projects import missing_to_submit, why_locked
from qip.rules.states import SUBMIT_PROJECT, WITHDRAW_PROJECT
from qip.selectors import terms_of

FIELDS = ("title", "specialty", "site", "supervisor_name", "supervisor_email", "aim", "summary")
PERSONAL = {"supervisor_name", "supervisor_email"}


class Incomplete(Refused):
    """Fields that a submitted project needs are empty: `missing` names them by field."""

    def __init__(self, missing: Mapping[str, str]) -> None:
        self.missing = missing
        super().__init__(f"A submitted project needs {', '.join(missing.values())}.")


@transaction.atomic
def start_project(*, place: Place, by: User) -> Project:
    """Give a fellow's place an empty project, or answer the one it has: pressing twice makes one.

    The supervisor whom the fellow named when accepting is filled in.
    """
    if place.fellow_id != by.pk or place.state not in ON_PROGRAMME:
        raise PermissionDenied
    project, made = Project.objects.get_or_create(
        place=place,
        defaults={"supervisor_name": place.supervisor_name, "supervisor_email": place.supervisor_email},
    )
    if made:
        record("qip.project_started", project, by=by)
    return project


@transaction.atomic
def save_project(*, project: Project, version: int, by: User, **fields: str) -> Project:
    """Keep what was written (any of FIELDS), if nobody changed the project since `version` was seen.

    A draft may have anything empty. Raises Incomplete where a submitted one would lose a field it needs, Refused
    where it is locked, and Stale where it changed meanwhile, unless that change wrote the very same.
    """
    check_may_edit_project(by, project)
    project.refresh_from_db(fields=[*FIELDS, "state", "version"])
    changed = {name: text for name, text in fields.items() if name in FIELDS and getattr(project, name) != text}
    if not changed:
        return project
    _check_open(project)
    if project.state == ProjectState.SUBMITTED:
        _check_complete({**_texts(project), **changed})
    before = {name: _audited(name, getattr(project, name)) for name in changed}
    change_fields(project, version=version, changed_at=clock.now(), **changed)
    after = {name: _audited(name, text) for name, text in changed.items()}
    record("qip.project_saved", project, by=by, before=before, after=after)
    return project


@transaction.atomic
def submit_project(*, project: Project, version: int, by: User) -> None:
    """Hand the project in to the panel; it can be improved until the first score.

    Raises Incomplete where something is missing, Refused where it is locked or handed in already.
    """
    check_may_edit_project(by, project)
    _check_open(project)
    _check_complete(_texts(project))
    change_state(project, SUBMIT_PROJECT, version=version, submitted_at=clock.now())
    record("qip.project_submitted", project, by=by)


@transaction.atomic
def withdraw_project(*, project: Project, reason: str, by: User) -> None:
    """Take the project out of the running, with a reason. Scores stay for the audit; a bursary must be given up."""
    check_may_edit_project(by, project)
    if not reason.strip():
        raise Refused("Say why the project is withdrawn.")
    if project.awards.held().exists():
        raise Refused("This project holds a bursary. Give the bursary up first, on the results page.")
    change_state(project, WITHDRAW_PROJECT)
    record("qip.project_withdrawn", project, by=by, reason=reason.strip())


def _check_open(project: Project) -> None:
    reason = why_locked(
        withdrawn=project.state == ProjectState.WITHDRAWN,
        scored=Score.objects.filter(assessment__project=project).exists(),
        closes_at=terms_of(project.place.cohort).projects_close_at,
        now=clock.now(),
    )
    if reason:
        raise Refused(reason)


def _check_complete(texts: Mapping[str, str]) -> None:
    if missing := missing_to_submit(texts):
        raise Incomplete(missing)


def _texts(project: Project) -> dict[str, str]:
    return {name: getattr(project, name) for name in FIELDS}


def _audited(name: str, text: str) -> str:
    return CHANGED if name in PERSONAL else text
