# ruff: noqa: DTZ001 - a programme file's times are wall-clock times, without a zone.
"""The three files that come with the portal, with every room's section registered."""

import copy
from datetime import datetime, time

import pytest
from django.core.management import call_command

from cohorts.models import Cohort, Place, Programme
from cohorts.registries import eligibility, requirements, sections
from cohorts.rules.dates import CohortDates, moved_by_weeks
from cohorts.services import FileRefused, load_programme, read_definition, shipped_files
from nextstep import clock
from nextstep.audit.models import Event
from tests.factories.cohorts import PlaceFactory

pytestmark = pytest.mark.django_db

FILES = {path.stem: path for path in shipped_files()}


@pytest.fixture(autouse=True)
def moment(set_clock):
    set_clock(2025, 3, 1, 9)


@pytest.fixture
def definition():
    return copy.deepcopy(read_definition(FILES["next_step_2025_26"]))


def test_all_three_load(capsys):
    call_command("load_programme", "--all")
    seats = {cohort.slug: cohort.seats.count() for cohort in Cohort.objects.all()}
    assert seats == {"2025-26": 70, "cambridgeshire-peterborough": 24, "bands-5-6": 30, "band-7": 30}
    assert Programme.objects.count() == 3


@pytest.mark.parametrize("name", sorted(FILES))
def test_loading_a_file_again_changes_and_records_nothing(name):
    definition = read_definition(FILES[name])
    load_programme(definition=definition, by=None)
    events = Event.objects.count()
    assert load_programme(definition=definition, by=None).changes == []
    assert Event.objects.count() == events


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("weeks", [-260, -27, 1, 26, 52, 83])
def test_a_file_moved_by_whole_weeks_loads_and_keeps_its_times_of_day(name, weeks):
    load_programme(definition=moved_by_weeks(read_definition(FILES[name]), weeks), by=None)
    cohort = Cohort.objects.order_by("slug").first()
    assert cohort.applications_close_at.astimezone(clock.LONDON).time() == time.min


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_rule_of_a_file_speaks_plain_english(name):
    load_programme(definition=read_definition(FILES[name]), by=None)
    for cohort in Cohort.objects.all():
        for rule in eligibility.rules_of(cohort):
            assert rule.describe()[0].isupper()
            assert rule.describe()[-1] == "."
        facts = eligibility.facts_of(eligibility.rules_of(cohort))
        assert len(facts) == len(set(facts)) > 0


def test_the_cohort_of_next_step_is_as_its_file_says(definition):
    load_programme(definition=definition, by=None)
    cohort = Cohort.objects.get()
    assert [one.rule for one in cohort.eligibility_criteria.all()] == [
        "holds_ntn", "ntn_office", "within_years_of_cct", "not_out_of_programme",
    ]  # fmt: skip
    assert [one.minimum_words for one in cohort.attendance_requirements.all()] == ["all", "at least 4"]
    assert list(cohort.required_documents.values_list("kind", "number")) == [("cv", 1), ("supporting_statement", 2)]
    assert cohort.graduation_terms.associate_fellowship_fee_pounds == 200
    assert cohort.sessions.count() == 10


def of(definition):
    return definition["cohorts"][0]


BREAKS = {
    "an unknown rule": (
        lambda cohort: cohort["eligibility"].append({"rule": "is_tall"}), ["cohorts[0].eligibility[4].rule"],
    ),
    "a wrong parameter": (
        lambda cohort: cohort["eligibility"][2].update(years="two"), ["cohorts[0].eligibility[2]"],
    ),
    "a minimum above the number of sessions": (
        lambda cohort: cohort["attendance"][1].update(minimum=7), ["cohorts[0].attendance[1].minimum"],
    ),
    "a requirement of a kind that is not held": (
        lambda cohort: cohort["attendance"][1].update(session_kind="residential"), ["cohorts[0].attendance[1]"],
    ),
    "a session that ends before it starts": (
        lambda cohort: cohort["sessions"][0].update(ends=datetime(2025, 9, 18, 16)), ["cohorts[0].sessions[0].ends"],
    ),
    "a session at an hour that does not exist": (
        lambda cohort: cohort["sessions"][0].update(starts=datetime(2025, 3, 30, 1, 30)),
        ["cohorts[0].sessions[0].starts"],
    ),
    "two sessions of one number": (
        lambda cohort: cohort["sessions"][2].update(number=1), ["cohorts[0].sessions[2].number"],
    ),
    "overlapping windows of one topic": (
        lambda cohort: cohort["action_learning_sets"]["topics"][0]["windows"][1].update(
            starts=datetime(2025, 10, 4, 15), ends=datetime(2025, 10, 4, 20)
        ),
        ["cohorts[0].action_learning_sets.topics[0].windows[1]"],
    ),
    "no bursary at all": (lambda cohort: cohort["qip"].update(bursaries=0), ["cohorts[0].qip.bursaries"]),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_a_broken_file_is_refused_whole_with_the_key_of_its_problem(definition, name):
    damage, keys = BREAKS[name]
    damage(of(definition))
    with pytest.raises(FileRefused) as refused:
        load_programme(definition=definition, by=None)
    found = [problem.key for problem in refused.value.problems]
    assert [key for key in keys if not any(one.startswith(key) for one in found)] == []
    assert len(found) == len(keys)
    assert not Programme.objects.exists()


def test_fellows_keep_their_cohort_when_the_file_grows(definition):
    load_programme(definition=definition, by=None)
    place = PlaceFactory(cohort=Cohort.objects.get())
    of(definition)["places"] = 72
    assert load_programme(definition=definition, by=None).changes == [
        "cohort 2025-26: places was 70, is now 72",
        "cohort 2025-26: 2 seats added",
    ]
    assert Place.objects.get(pk=place.pk).seat.number == 1


def test_codes_are_those_of_the_rooms_that_registered_them():
    assert requirements.codes() == ["all", "at_least", "share"]
    assert set(eligibility.codes()) >= {"holds_ntn", "ntn_office", "within_years_of_cct", "not_out_of_programme"}


# --- the registries ---------------------------------------------------------------------------------------------------


class Tall:
    code = "is_tall"
    facts = ("height", "shoes")

    def __init__(self, parameters, dates):
        self.parameters, self.dates = parameters, dates


class AlsoTall(Tall):
    pass


@pytest.mark.parametrize(("registry", "unknown"), [
    (eligibility, eligibility.UnknownRule), (requirements, requirements.UnknownRequirement),
])  # fmt: skip
def test_a_class_is_known_by_its_code_once_it_is_registered(monkeypatch, registry, unknown):
    monkeypatch.setattr(registry, "_classes", {})
    lookup = getattr(registry, "rule_class", None) or registry.requirement_class
    with pytest.raises(unknown, match="is called is_tall"):
        lookup("is_tall")
    assert registry.register(Tall) is Tall
    assert registry.register(Tall) is Tall
    assert lookup("is_tall") is Tall
    assert registry.codes() == ["is_tall"]
    with pytest.raises(ValueError, match="call themselves is_tall"):
        registry.register(AlsoTall)


def test_a_rule_gets_its_parameters_and_the_dates_of_its_cohort(monkeypatch, definition):
    load_programme(definition=definition, by=None)
    cohort = Cohort.objects.get()
    monkeypatch.setattr(eligibility, "_classes", {"is_tall": Tall})
    cohort.eligibility_criteria.all().delete()
    cohort.eligibility_criteria.create(position=1, rule="is_tall", parameters={"metres": 2})
    (rule,) = eligibility.rules_of(cohort)
    assert (rule.parameters, rule.dates) == ({"metres": 2}, CohortDates(cohort.commences_on, cohort.ends_on))
    assert eligibility.facts_of([rule, rule]) == ["height", "shoes"]


def test_two_rooms_do_not_share_a_section(monkeypatch):
    monkeypatch.setattr(sections, "_sections", {})
    first, second = type("First", (), {"key": "menu"}), type("Second", (), {"key": "menu"})
    sections.register(first())
    sections.register(first())
    with pytest.raises(ValueError, match="Two rooms want the section menu"):
        sections.register(second())
    assert sections.keys() == ["menu"]
