"""Pages that write, of projects and their judging."""

from typing import Any

from django.urls import reverse

from nextstep.accounts.models import User
from qip.models import Assessment, Award, Panel, Project, Results, Score, TieDecision
from qip.services import award_bursaries, decide_tie, give_up_award, open_results, save_project, start_project
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import PlaceFactory, TeamRoleFactory
from tests.factories.qip import (
    DraftProjectFactory,
    JudgeFactory,
    PanelFactory,
    ProjectFactory,
    QipTermsFactory,
    give_final_scores,
    give_scores,
    panel_with,
)
from tests.journeys.scenes import Scene

WORDS = "We tested a checklist & a huddle; “three cycles”."


def values() -> list[Any]:
    return list(Score.objects.order_by("criterion__position").values_list("value", "comment"))


def states() -> list[str]:
    return list(Assessment.objects.order_by("pk").values_list("state", flat=True))


def another_judge(panel: Panel) -> User:
    return JudgeFactory(panel=panel).person


def beginning_a_project() -> Scene:
    place = PlaceFactory()
    QipTermsFactory(cohort=place.cohort)
    return Scene(
        by=place.fellow,
        path=reverse("qip:projects"),
        stored=Project.objects.count,
        twice="Your quality improvement project",
        meanwhile=lambda: start_project(place=place, by=place.fellow),
        stale="Your quality improvement project",
        others=[PlaceFactory(cohort=place.cohort).fellow],
    )


def writing_a_project() -> Scene:
    project = DraftProjectFactory(title="Before")
    QipTermsFactory(cohort=project.place.cohort)
    fellow = project.place.fellow

    def elsewhere() -> None:
        save_project(project=Project.objects.get(), by=fellow, version=project.version, summary="On my phone.")

    return Scene(
        by=fellow,
        path=reverse("qip:project", args=[project.public_id]),
        data={"title": "After", "summary": WORDS, "action": "save"},
        typed=WORDS,
        stored=lambda: Project.objects.get().summary,
        twice="Saved",
        meanwhile=elsewhere,
        stale="This project was saved somewhere else",
        others=[PlaceFactory(cohort=project.place.cohort).fellow, OwnerFactory()],
    )


def scoring() -> Scene:
    judge = JudgeFactory()
    project = ProjectFactory(place__cohort=judge.panel.cohort)
    return Scene(
        by=judge.person,
        path=reverse("qip:score", args=[judge.panel.public_id, project.public_id]),
        data={"score-problem": "4", "comment-problem": WORDS, "action": "save"},
        typed=WORDS,
        stored=values,
        twice="Saved at",
        meanwhile=lambda: give_scores(judge, project, problem=2),
        stale="You changed this on another device",
        others=[UserFactory(), project.place.fellow, OwnerFactory()],
    )


def making_final() -> Scene:
    judge = JudgeFactory()
    project = ProjectFactory(place__cohort=judge.panel.cohort)
    give_scores(judge, project, all=3)
    owner = OwnerFactory()

    def opens() -> None:
        pair = {(judge.pk, project.pk)}
        give_all(judge.panel)
        open_results(panel=judge.panel, by=owner, leave_out=pair, reason="Time is up.")

    return Scene(
        by=judge.person,
        path=reverse("qip:panel", args=[judge.panel.public_id]),
        stored=states,
        twice="Nothing was left to make final",
        meanwhile=opens,
        stale="The results are open, so nothing more can be made final.",
        others=[UserFactory(), owner],
    )


def give_all(panel: Panel) -> None:
    """Somebody has a final sheet, so that there is something to open."""
    colleague = JudgeFactory(panel=panel)
    for project in Project.objects.filter(place__cohort=panel.cohort):
        give_final_scores(colleague, project, all=3)


def stepping_back() -> Scene:
    judge = JudgeFactory()
    project = ProjectFactory(place__cohort=judge.panel.cohort)
    return Scene(
        by=judge.person,
        path=reverse("qip:conflict", args=[judge.panel.public_id, project.public_id]),
        data={"reason": WORDS},
        typed=WORDS,
        stored=states,
        twice="You have declared a conflict of interest with this project already.",
        others=[UserFactory(), OwnerFactory()],
    )


class Evening:
    """A panel whose scores are all final, and the administrator who opens them."""

    def __init__(self, *scores: int, bursaries: int = 1) -> None:
        self.panel: Panel = PanelFactory()
        QipTermsFactory(cohort=self.panel.cohort, bursaries=bursaries)
        self.projects = panel_with(self.panel, *scores)
        self.ada: User = UserFactory(full_name="Ada Ledger")
        TeamRoleFactory(administrator=True, person=self.ada, programme=self.panel.cohort.programme)
        self.owner: User = OwnerFactory()
        judge = self.panel.judges.get().person
        self.others: list[User] = [UserFactory(), judge, self.projects[0].place.fellow]

    def address(self, name: str, *more: Any) -> str:
        return reverse(f"qip:{name}", args=[self.panel.public_id, *more])

    @property
    def page(self) -> str:
        return self.address("results")

    def opens(self) -> Results:
        return open_results(panel=self.panel, by=self.owner)


def opening_results() -> Scene:
    evening = Evening(4, 3)
    return Scene(
        by=evening.ada,
        path=evening.address("open"),
        page=evening.page,
        stored=Results.objects.count,
        twice="The results of this panel are open already.",
        meanwhile=evening.opens,
        stale="The results of this panel are open already.",
        others=evening.others,
    )


def deciding_a_tie() -> Scene:
    evening = Evening(3, 3)
    results = evening.opens()
    mine, theirs = evening.projects

    def decided() -> None:
        decide_tie(results=results, chosen=[theirs.pk], reason="Chair.", version=results.version, by=evening.owner)

    return Scene(
        by=evening.ada,
        path=evening.address("tie"),
        page=evening.page,
        data={"chosen": [str(mine.pk)], "reason": WORDS},
        typed=WORDS,
        stored=lambda: list(TieDecision.objects.values_list("reason", flat=True)),
        twice="This tie is decided already.",
        meanwhile=decided,
        stale="Somebody else decided the tie before you",
        others=evening.others,
    )


def awarding() -> Scene:
    evening = Evening(4, 3)
    results = evening.opens()
    return Scene(
        by=evening.ada,
        path=evening.address("award"),
        page=evening.page,
        stored=Award.objects.count,
        twice="The bursaries have been awarded already.",
        meanwhile=lambda: award_bursaries(results=results, version=results.version, by=evening.owner),
        stale="The bursaries have been awarded already.",
        others=evening.others,
    )


def giving_up() -> Scene:
    evening = Evening(4, 3)
    results = evening.opens()
    [award] = award_bursaries(results=results, version=results.version, by=evening.owner)

    def given_up() -> None:
        fresh = Results.objects.get()
        give_up_award(award=award, reason="Has it already.", version=fresh.version, by=evening.owner)

    return Scene(
        by=evening.ada,
        path=evening.address("give_up", award.pk),
        data={"reason": WORDS},
        typed=WORDS,
        stored=Award.objects.held().count,
        twice="This bursary has been given up already.",
        meanwhile=given_up,
        stale="This bursary has been given up already.",
        others=evening.others,
    )


PROJECTS = {
    "qip:projects": beginning_a_project,
    "qip:project": writing_a_project,
    "qip:score": scoring,
    "qip:panel": making_final,
    "qip:conflict": stepping_back,
    "qip:open": opening_results,
    "qip:tie": deciding_a_tie,
    "qip:award": awarding,
    "qip:give_up": giving_up,
}
