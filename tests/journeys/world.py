"""The cohort that lives through its year, the people around it, and time, which passes for all of them at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core import mail
from django.db.models import DateField, DateTimeField, F, Model

from cohorts.enums import Role
from cohorts.models import Cohort, Place
from cohorts.services import load_programme
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.demo.building import moved_definition
from nextstep.demo.stages import Stage
from nextstep.notifications.services import drain
from qip.models import Judge, Panel, Project
from sessions_app.models import TeachingSession
from tests.factories.accounts import UserFactory, first_words
from tests.factories.cohorts import PlaceFactory, TeamRoleFactory
from tests.factories.qip import JudgeFactory, PanelFactory, ProjectFactory, give_final_scores

ASHA = "asha.rao@example.nhs.uk"
# Everybody's last scores but Asha's, from the same three judges: the fifth bursary is tied.
OTHERS = {"Ben Adeyemi": 4, "Cara Lim": 4, "Dev Okoro": 4, "Ena Novak": 3, "Finn Moss": 3, "Gita Shah": 2}
TIED = ["Ena Novak", "Finn Moss"]
AGES = ("cohorts", "applications", "sessions_app", "attendance", "qip")


@dataclass(frozen=True)
class World:
    cohort: Cohort
    administrator: User
    facilitator: User

    @property
    def place(self) -> Place:
        """Asha's, once she has accepted."""
        return Place.objects.get(cohort=self.cohort, fellow__email=ASHA)

    @property
    def first_day(self) -> TeachingSession:
        return TeachingSession.objects.get(cohort=self.cohort, kind="face_to_face", number=1)

    @property
    def presentation_day(self) -> TeachingSession:
        return TeachingSession.objects.get(cohort=self.cohort, hosts_qip_presentations=True)


@dataclass(frozen=True)
class Bench:
    panel: Panel
    judith: Judge
    jasper: Judge


def begin() -> World:
    """The shipped programme with its dates moved so that its window is open now, and its team."""
    first_words()
    load_programme(definition=moved_definition(Stage.APPLICATIONS, clock.now()), by=None)
    cohort = Cohort.objects.select_related("programme").get()
    administrator = UserFactory(full_name="Ada Ledger", email="ada.ledger@example.nhs.uk")
    TeamRoleFactory(administrator=True, person=administrator, programme=cohort.programme)
    facilitator = UserFactory(full_name="Fay Circle", email="fay.circle@example.ac.uk")
    TeamRoleFactory(person=facilitator, role=Role.FACILITATOR, cohort=cohort)
    return World(cohort, administrator, facilitator)


def others_accept(world: World) -> None:
    """Six more fellows, with places like Asha's."""
    now = clock.now()
    for name in OTHERS:
        PlaceFactory(cohort=world.cohort, fellow=UserFactory(full_name=name), enrolled_at=now, employer="West Suffolk")


def others_hand_in(world: World) -> dict[str, Project]:
    return {
        place.fellow.full_name: ProjectFactory(place=place, title=f"The project of {place.fellow.full_name}")
        for place in Place.objects.filter(cohort=world.cohort, fellow__full_name__in=OTHERS).select_related("fellow")
    }


def panel_meets(world: World, projects: dict[str, Project]) -> Bench:
    """Three judges who have scored everything but Asha's project, which only June has."""
    panel = PanelFactory(cohort=world.cohort)
    judith, jasper, june = [
        JudgeFactory(panel=panel, person=UserFactory(full_name=name), is_chair=name.startswith("June"))
        for name in ("Judith Fair", "Jasper Even", "June Scales")
    ]
    for judge in (judith, jasper, june):
        for name, project in projects.items():
            give_final_scores(judge, project, all=OTHERS[name])
    give_final_scores(june, Project.objects.get(place=world.place), all=5)
    return Bench(panel, judith, jasper)


def time_passes(world: World, *, until: datetime) -> None:
    """Everything that is dated grows older, so that `until` becomes now: the clock of a browser cannot be moved."""
    gone = until - clock.now()
    for model in (model for app in AGES for model in apps.get_app_config(app).get_models()):
        moments = [field.name for field in model._meta.local_concrete_fields if _ages(field)]
        if moments:
            _all_rows(model).update(**{name: F(name) - gone for name in moments})
    world.cohort.refresh_from_db()


def _ages(field: Any) -> bool:
    return isinstance(field, (DateField, DateTimeField))


def _all_rows(model: type[Model]) -> Any:
    return model._base_manager.all()


def the_post_arrives(address: str, subject: str) -> str:
    """Send what waits in the outbox, and give the words of the mail to `address` with this subject."""
    drain()
    found = [letter for letter in mail.outbox if letter.to == [address] and subject in letter.subject]
    assert found, [(letter.to, letter.subject) for letter in mail.outbox]
    return str(found[-1].body)
