# ruff: noqa: DTZ001 - a programme file's times are wall-clock times, without a zone.
"""Programmes, cohorts with their seats, fellows and team roles, around one fixed moment."""

from datetime import UTC, date, datetime

import factory

from cohorts.enums import PlaceState, Role, Selection
from cohorts.models import (
    AttendanceRequirement,
    Cohort,
    EligibilityCriterion,
    GraduationTerms,
    Place,
    Programme,
    RequiredDocument,
    Seat,
    TeamRole,
    WithdrawalFee,
)
from tests.factories.accounts import UserFactory

# Half way through the open window of CohortFactory's cohorts, at noon in London, British Summer Time.
NOW = datetime(2025, 4, 29, 11, 0, tzinfo=UTC)


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"programme-{n}")
    name = factory.Sequence(lambda n: f"Programme {n}")
    region = "East of England"
    contact_email = "team@example.nhs.uk"


class CohortFactory(factory.django.DjangoModelFactory):
    """Open at NOW: from 25 March 2025 until the end of 2 June 2025, London time."""

    class Meta:
        model = Cohort

    programme = factory.SubFactory(ProgrammeFactory)
    slug = factory.Sequence(lambda n: f"cohort-{n}")
    name = factory.Sequence(lambda n: f"Cohort {n}")
    applications_open_at = datetime(2025, 3, 25, 0, 0, tzinfo=UTC)
    applications_close_at = datetime(2025, 6, 2, 23, 0, tzinfo=UTC)
    commences_on = date(2025, 10, 8)
    ends_on = date(2026, 7, 2)
    places = 3
    selection = Selection.PANEL

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """A cohort comes with a row for each of its seats, as the loader makes it."""
        cohort = super()._create(model_class, *args, **kwargs)
        Seat.objects.bulk_create(Seat(cohort=cohort, number=number + 1) for number in range(cohort.places))
        return cohort


class FirstComeCohortFactory(CohortFactory):
    selection = Selection.FIRST_COME_FIRST_SERVED
    queue = 2


class EligibilityCriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EligibilityCriterion

    cohort = factory.SubFactory(CohortFactory)
    position = factory.Sequence(lambda n: n)
    rule = "holds_ntn"
    parameters = factory.Dict({})


class RequiredDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequiredDocument

    cohort = factory.SubFactory(CohortFactory)
    position = factory.Sequence(lambda n: n)
    kind = factory.Sequence(lambda n: f"kind_{n}")
    label = "Up-to-date CV"


class AttendanceRequirementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AttendanceRequirement

    cohort = factory.SubFactory(CohortFactory)
    position = factory.Sequence(lambda n: n)
    session_kind = "face_to_face"
    all_of_them = True


class GraduationTermsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GraduationTerms

    cohort = factory.SubFactory(CohortFactory)
    fmlm_membership_months = 12


class PlaceFactory(factory.django.DjangoModelFactory):
    """A fellow in the free seat with the lowest number; a seat is added where all are taken."""

    class Meta:
        model = Place

    cohort = factory.SubFactory(CohortFactory)
    fellow = factory.SubFactory(UserFactory)
    state = PlaceState.ACTIVE
    enrolled_at = datetime(2025, 7, 1, 9, 0, tzinfo=UTC)
    committed_at = factory.SelfAttribute("enrolled_at")
    commitment_text = "I will attend every date of the programme."

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if "seat" not in kwargs and kwargs["state"] in {PlaceState.ACTIVE, PlaceState.GRADUATED}:
            kwargs["seat"] = seat_for(kwargs["cohort"], kwargs["fellow"], kwargs["enrolled_at"])
        return super()._create(model_class, *args, **kwargs)


def seat_for(cohort, person, taken_at):
    seat = Seat.objects.filter(cohort=cohort, holder=None).order_by("number").first()
    if seat is None:
        seat = Seat(cohort=cohort, number=cohort.seats.count() + 1)
    seat.holder, seat.taken_at = person, taken_at
    seat.save()
    return seat


class TeamRoleFactory(factory.django.DjangoModelFactory):
    """Somebody's role in a cohort; for an administrator say TeamRoleFactory(administrator=True)."""

    class Meta:
        model = TeamRole

    class Params:
        administrator = factory.Trait(
            role=Role.ADMINISTRATOR, cohort=None, programme=factory.SubFactory(ProgrammeFactory)
        )

    person = factory.SubFactory(UserFactory)
    role = Role.REVIEWER
    cohort = factory.SubFactory(CohortFactory)
    granted_at = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)


def a_definition(**cohort):
    """A faultless definition of a programme with one cohort, as a file would give it; values of the cohort replaced."""
    return {
        "programme": {
            "slug": "next-step",
            "name": "Next Step",
            "region": "East of England",
            "disciplines": ["Primary care", "Dentistry"],
            "contact_email": "team@example.nhs.uk",
        },
        "cohorts": [
            {
                "slug": "2025-26",
                "name": "2025 to 2026",
                "applications_open": datetime(2025, 3, 25, 0, 0),
                "applications_close": datetime(2025, 6, 2, 23, 59, 59),
                "commences_on": date(2025, 10, 8),
                "ends_on": date(2026, 7, 2),
                "places": 3,
                "selection": "panel",
                **cohort,
            }
        ],
    }


class WithdrawalFeeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WithdrawalFee

    place = factory.SubFactory(PlaceFactory)
    amount_pounds = 970
    organisation = "Moor Trust"
    raised_at = NOW
    letter = "Please arrange to pay £970."
