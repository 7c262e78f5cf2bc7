"""Projects, a panel with its judges and rubric, and scores, on the evening of a presentation day."""

from datetime import UTC, datetime

import factory

from cohorts.enums import Role
from cohorts.models import TeamRole
from qip.enums import AssessmentState, ProjectState
from qip.models import Assessment, Criterion, Judge, Panel, Project, QipTerms, Score
from qip.services import Mark, make_default_rubric, open_results, save_scores
from sessions_app.models import TeachingSession
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory, PlaceFactory

# Half past six in the evening in London, after the presentations of 2 July 2026.
EVENING = datetime(2026, 7, 2, 17, 30, tzinfo=UTC)
CODES = ("problem", "measurement", "change", "engagement", "impact", "sustainability", "presentation")


class QipTermsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QipTerms

    cohort = factory.SubFactory(CohortFactory)
    bursaries = 5
    bursary = "The fee for FMLM Associate Fellowship"


class PresentationDayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeachingSession

    cohort = factory.SubFactory(CohortFactory)
    kind = "face_to_face"
    number = 4
    title = "Capstone"
    starts_at = datetime(2026, 7, 2, 8, 0, tzinfo=UTC)
    ends_at = datetime(2026, 7, 2, 16, 0, tzinfo=UTC)
    hosts_qip_presentations = True


class DraftProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    place = factory.SubFactory(PlaceFactory, employer="Addenbrooke’s Hospital")
    started_at = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
    changed_at = factory.SelfAttribute("started_at")


class ProjectFactory(DraftProjectFactory):
    """Complete and handed in."""

    title = factory.Sequence(lambda n: f"Project {n:03}")
    aim = "To halve the time to antibiotics by June."
    supervisor_name = "Dr Sam Supervisor"
    supervisor_email = factory.Sequence(lambda n: f"supervisor{n}@example.nhs.uk")
    summary = "Two PDSA cycles on the admissions ward."
    state = ProjectState.SUBMITTED
    submitted_at = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


class PanelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Panel

    cohort = factory.SubFactory(CohortFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        make_default_rubric(cohort=kwargs["cohort"], by=None)
        return super()._create(model_class, *args, **kwargs)


class JudgeFactory(factory.django.DjangoModelFactory):
    """A judge with the team role that lets them in."""

    class Meta:
        model = Judge

    panel = factory.SubFactory(PanelFactory)
    person = factory.SubFactory(UserFactory)
    organisation = "King’s Business School"
    joined_at = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        judge = super()._create(model_class, *args, **kwargs)
        TeamRole.objects.create(person=judge.person, role=Role.JUDGE, cohort=judge.panel.cohort)
        return judge


class AssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assessment

    judge = factory.SubFactory(JudgeFactory)
    project = factory.SubFactory(ProjectFactory)


class ScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Score

    assessment = factory.SubFactory(AssessmentFactory)
    criterion = factory.LazyAttribute(
        lambda score: Criterion.objects.get(rubric__cohort=score.assessment.judge.panel.cohort, code="change")
    )
    value = 3


def projects_for(panel, number):
    return [ProjectFactory(place__cohort=panel.cohort) for _ in range(number)]


def give_scores(judge, project, **values):
    """Scores through the service; give_scores(judge, project, all=3) scores every criterion."""
    everything = values.pop("all", None)
    wanted = dict.fromkeys(CODES, everything) if everything else {}
    held = dict(
        Score.objects.filter(assessment__judge=judge, assessment__project=project).values_list(
            "criterion__code", "version"
        )
    )
    marks = [Mark(code, value, "", held.get(code, 0)) for code, value in {**wanted, **values}.items()]
    return save_scores(judge=judge, project=project, marks=marks, by=judge.person)


def give_final_scores(judge, project, **values):
    """A final sheet in two rows, for tests that are about what follows from many."""
    everything = values.pop("all", None)
    wanted = {**(dict.fromkeys(CODES, everything) if everything else {}), **values}
    criteria = {criterion.code: criterion for criterion in judge.panel.cohort.qip_rubric.criteria.all()}
    assessment = AssessmentFactory(judge=judge, project=project, state=AssessmentState.FINAL, finalised_at=EVENING)
    Score.objects.bulk_create(
        Score(assessment=assessment, criterion=criteria[code], value=value) for code, value in wanted.items()
    )
    return assessment


def panel_with(panel, *scores, judges=1):
    """A project for each of `scores`, with final sheets of that score throughout from every judge."""
    bench = JudgeFactory.create_batch(judges, panel=panel)
    projects = projects_for(panel, len(scores))
    for judge in bench:
        for project, value in zip(projects, scores, strict=True):
            give_final_scores(judge, project, all=value)
    return projects


def opened_results(panel, by, *scores, judges=1):
    """The results of such a panel, opened, and its projects."""
    projects = panel_with(panel, *scores, judges=judges)
    return open_results(panel=panel, by=by), projects
