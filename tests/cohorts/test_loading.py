"""Loading a programme: made, changed, left alone or refused, and always whole."""

import copy
from datetime import UTC, date, datetime

import pytest

from cohorts.models import Cohort, GraduationTerms, Programme, Seat
from cohorts.registries import sections
from cohorts.rules.dates import moved_by_weeks
from cohorts.rules.problems import Problem
from cohorts.services import FileRefused, load_programme, take_seat
from cohorts.services.graduation_terms import GraduationSection
from nextstep.audit.models import Event
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import a_definition

pytestmark = pytest.mark.django_db


class MottoSection:
    """A room's section that keeps its data in memory."""

    key = "motto"

    def __init__(self):
        self.kept, self.in_use = {}, set()

    def validate(self, data, cohort_data):
        if data == cohort_data.get("name"):
            return [Problem("", "The motto is the name.")]
        return [] if isinstance(data, list) else [Problem("[0].words", "This must be a list.")]

    def orphans(self, cohort, data):
        gone = [word for word in self.kept.get(cohort.slug, []) if word not in (data or [])]
        return [f"{word} is in use." for word in gone if word in self.in_use]

    def apply(self, cohort, data, by):
        if self.kept.get(cohort.slug) == data:
            return []
        self.kept[cohort.slug] = data
        return [f"motto set to {data}"]


@pytest.fixture(autouse=True)
def motto(monkeypatch):
    """Only graduation and the motto are registered here, whatever the rooms above bring."""
    motto = MottoSection()
    monkeypatch.setattr(sections, "_sections", {})
    sections.register(GraduationSection())
    sections.register(motto)
    return motto


@pytest.fixture(autouse=True)
def moment(set_clock):
    set_clock(2025, 1, 6, 9)


def load(definition=None, **options):
    return load_programme(definition=definition or a_definition(), by=None, **options)


def refusal_of(definition):
    with pytest.raises(FileRefused) as refused:
        load(definition)
    return [str(problem) for problem in refused.value.problems]


def test_a_first_load_makes_programme_cohort_and_a_seat_for_each_place():
    owner = OwnerFactory()
    loaded = load_programme(definition=a_definition(expected_hours=120), by=owner)
    assert loaded.changes == ["programme next-step: made", "cohort 2025-26: made", "cohort 2025-26: 3 seats added"]
    assert loaded.left_alone == []
    programme = Programme.objects.get()
    assert (programme.name, programme.disciplines) == ("Next Step", ["Primary care", "Dentistry"])
    cohort = Cohort.objects.get()
    assert cohort.programme == programme
    assert cohort.applications_open_at == datetime(2025, 3, 25, tzinfo=UTC)
    assert cohort.applications_close_at == datetime(2025, 6, 2, 23, tzinfo=UTC)
    assert (cohort.commences_on, cohort.ends_on) == (date(2025, 10, 8), date(2026, 7, 2))
    assert (cohort.expected_hours, cohort.offer_days, cohort.present_share) == (120, 7, 75)
    assert list(cohort.seats.values_list("number", flat=True)) == [1, 2, 3]
    assert list(Event.objects.order_by("pk").values_list("verb", "actor")) == [
        ("cohorts.programme_made", owner.pk),
        ("cohorts.cohort_made", owner.pk),
        ("cohorts.seats_matched", owner.pk),
    ]


def test_loading_the_same_again_changes_and_records_nothing(motto):
    definition = a_definition(motto=["onwards"], graduation={"alumni": ["Mentors"]})
    load(definition)
    events, versions = Event.objects.count(), list(Cohort.objects.values_list("version"))
    assert load(copy.deepcopy(definition)).changes == []
    assert Event.objects.count() == events
    assert list(Cohort.objects.values_list("version")) == versions


def test_a_changed_file_changes_only_what_differs_and_says_what():
    load(a_definition(queue=2))
    definition = a_definition(queue=5, places=5)
    definition["programme"]["region"] = "East"
    assert load(definition).changes == [
        "programme next-step: region was East of England, is now East",
        "cohort 2025-26: places was 3, is now 5",
        "cohort 2025-26: queue was 2, is now 5",
        "cohort 2025-26: 2 seats added",
    ]
    cohort = Cohort.objects.get()
    assert (cohort.places, cohort.queue, cohort.version) == (5, 5, 2)
    event = Event.objects.get(verb="cohorts.cohort_changed")
    assert (event.before, event.after) == ({"places": 3, "queue": 2}, {"places": 5, "queue": 5})


def test_what_the_file_does_not_state_stays_as_administrators_left_it():
    load()
    Cohort.objects.update(offer_days=14, introduction="Written by the team.")
    Programme.objects.update(introduction="Ours.")
    assert load().changes == []
    assert Cohort.objects.get().offer_days == 14


def test_a_cohort_that_the_file_does_not_name_stays():
    load()
    loaded = load(a_definition(slug="2026-27"))
    assert loaded.changes == ["cohort 2026-27: made", "cohort 2026-27: 3 seats added"]
    assert loaded.left_alone == ["2025-26"]
    assert list(Cohort.objects.order_by("slug").values_list("slug", flat=True)) == ["2025-26", "2026-27"]


def test_with_only_missing_nothing_that_is_there_changes(motto):
    load(a_definition(motto=["onwards"]))
    definition = a_definition(places=9, motto=["upwards"])
    definition["programme"]["name"] = "Another name"
    definition["cohorts"].append({**definition["cohorts"][0], "slug": "2026-27"})
    loaded = load(definition, only_missing=True)
    assert loaded.changes == [
        "cohort 2026-27: made",
        "cohort 2026-27: 9 seats added",
        "cohort 2026-27: motto set to ['upwards']",
    ]
    assert Programme.objects.get().name == "Next Step"
    assert Cohort.objects.get(slug="2025-26").places == 3
    assert motto.kept["2025-26"] == ["onwards"]


def test_a_dry_run_says_what_would_change_and_writes_nothing():
    loaded = load(dry_run=True)
    assert loaded.changes == ["programme next-step: made", "cohort 2025-26: made", "cohort 2025-26: 3 seats added"]
    assert not Programme.objects.exists()
    assert not Event.objects.exists()


def test_a_definition_moved_by_weeks_makes_the_same_cohort_later():
    definition = moved_by_weeks(a_definition(slug="moved"), 31)
    load(definition)
    cohort = Cohort.objects.get()
    # Midnight of London is 23:00 UTC in June and 00:00 UTC in January: the wall clock says the same.
    assert cohort.applications_close_at == datetime(2026, 1, 6, 0, tzinfo=UTC)
    assert cohort.commences_on == date(2026, 5, 13)


# --- refused ---------------------------------------------------------------------------------------------------------


def test_a_problem_anywhere_keeps_everything_out():
    definition = a_definition()
    definition["cohorts"].append({**definition["cohorts"][0], "slug": "second", "places": 0})
    assert refusal_of(definition) == ["cohorts[1].places: This must be between 1 and 32767."]
    assert not Programme.objects.exists()


def test_a_section_that_nobody_registered_is_an_unknown_key():
    assert refusal_of(a_definition(catering=[])) == ["cohorts[0].catering: No such key is known."]


def test_a_sections_problems_carry_the_path_of_the_file():
    assert refusal_of(a_definition(motto="onwards")) == ["cohorts[0].motto[0].words: This must be a list."]


def test_a_section_sees_the_whole_cohort_of_the_file():
    assert refusal_of(a_definition(motto="2025 to 2026")) == ["cohorts[0].motto: The motto is the name."]


def test_problems_of_core_and_sections_come_together():
    assert refusal_of(a_definition(motto="x", places=0, graduation={"alumny": [], "fmlm_membership_months": -1})) == [
        "cohorts[0].places: This must be between 1 and 32767.",
        "cohorts[0].graduation.alumny: No such key is known. Did you mean alumni?",
        "cohorts[0].graduation.fmlm_membership_months: This must be between 0 and 32767.",
        "cohorts[0].motto[0].words: This must be a list.",
    ]


@pytest.mark.parametrize("cohorts", [[3, "x"], "x", {"a": 1}])
def test_cohorts_that_are_no_tables_are_refused_and_not_handed_to_sections(cohorts):
    assert refusal_of({**a_definition(), "cohorts": cohorts})[0].startswith("cohorts")


def test_a_change_that_a_section_calls_orphaning_is_refused_whole(motto):
    load(a_definition(motto=["onwards", "upwards"]))
    motto.in_use.add("upwards")
    assert refusal_of(a_definition(motto=["onwards"], queue=9)) == ["cohorts[0].motto: upwards is in use."]
    assert Cohort.objects.get().queue == 0
    assert motto.kept["2025-26"] == ["onwards", "upwards"]


def test_a_section_left_out_of_the_file_is_asked_about_and_cleared(motto):
    load(a_definition(motto=["onwards"]))
    motto.in_use.add("onwards")
    assert refusal_of(a_definition()) == ["cohorts[0].motto: onwards is in use."]
    motto.in_use.clear()
    assert load().changes == ["cohort 2025-26: motto set to None"]


def test_a_new_cohort_is_not_asked_what_it_would_orphan(motto):
    load(a_definition(motto=["onwards"]))
    motto.in_use.add("onwards")
    assert load(a_definition(slug="2026-27")).left_alone == ["2025-26"]


def test_a_failure_half_way_undoes_all_of_it(motto, monkeypatch):
    def fail(cohort, data, by):
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(motto, "apply", fail)
    with pytest.raises(RuntimeError):
        load()
    assert not Programme.objects.exists()


# --- seats -----------------------------------------------------------------------------------------------------------


def test_free_seats_with_the_highest_numbers_go_when_places_are_fewer():
    load(a_definition(places=5))
    cohort, person = Cohort.objects.get(), UserFactory()
    take_seat(cohort=cohort, person=person, by=None)
    assert load(a_definition(places=2)).changes[-1] == "cohort 2025-26: 3 seats removed"
    assert list(cohort.seats.values_list("number", "holder")) == [(1, person.pk), (2, None)]


def test_a_taken_seat_with_a_high_number_stays_and_its_number_is_not_given_twice():
    load(a_definition(places=3))
    cohort = Cohort.objects.get()
    Seat.objects.filter(number=3).update(holder=UserFactory(), taken_at=datetime(2025, 5, 1, tzinfo=UTC))
    load(a_definition(places=1))
    assert list(cohort.seats.values_list("number", flat=True)) == [3]
    load(a_definition(places=4))
    assert list(cohort.seats.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_places_are_not_reduced_below_the_seats_that_are_taken():
    load(a_definition(places=3))
    cohort = Cohort.objects.get()
    for person in UserFactory.create_batch(2):
        take_seat(cohort=cohort, person=person, by=None)
    assert refusal_of(a_definition(places=1)) == [
        "cohorts[0].places: 2 places are taken or held by offers, so there cannot be fewer."
    ]
    assert Seat.objects.count() == 3
    load(a_definition(places=2))
    assert Seat.objects.count() == 2


# --- graduation ------------------------------------------------------------------------------------------------------

TERMS = {"fmlm_membership_months": 12, "associate_fellowship_fee_pounds": 200, "alumni": ["Mentors"]}


def test_graduation_terms_are_set_changed_and_removed():
    assert load(a_definition(graduation=TERMS)).changes[-1] == "cohort 2025-26: graduation terms set"
    terms = GraduationTerms.objects.get()
    assert (terms.fmlm_membership_months, terms.associate_fellowship_fee_pounds, terms.alumni) == (12, 200, ["Mentors"])
    assert terms.associate_fellowship_discount_years is None
    changed = {**TERMS, "fmlm_membership_months": 6}
    assert load(a_definition(graduation=changed)).changes == ["cohort 2025-26: graduation terms changed"]
    assert GraduationTerms.objects.get().fmlm_membership_months == 6
    assert load(a_definition()).changes == ["cohort 2025-26: graduation terms removed"]
    assert not GraduationTerms.objects.exists()
    verbs = Event.objects.filter(object_type="cohorts.graduationterms").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "cohorts.graduation_terms_set",
        "cohorts.graduation_terms_set",
        "cohorts.graduation_terms_removed",
    ]
