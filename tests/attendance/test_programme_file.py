"""The section of a programme file about attendance, and the three files that come with the portal."""

import copy

import pytest

from attendance.models import Mark
from attendance.rules.requirements import MINIMUM_RULES
from cohorts.models import AttendanceRequirement, Cohort
from cohorts.registries import requirements, sections
from cohorts.services import load_programme
from cohorts.services.files import FileRefused, read_definition, shipped_files
from nextstep.audit.models import Event
from sessions_app.models import TeachingSession
from sessions_app.selectors import hours_of, topic_capacities
from tests.factories.attendance import ExcusalFactory, MarkFactory
from tests.factories.cohorts import CohortFactory, PlaceFactory

ATTENDANCE = {section.key: section for section in sections.registered()}["attendance"]
SESSIONS = [{"kind": "masterclass"}] * 6 + [{"kind": "face_to_face"}] * 4
NEITHER = 'This must be "all", a number of sessions, or { share = percent }.'


def asks(kind, minimum):
    return {"session_kind": kind, "minimum": minimum}


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        ([], []),
        ([asks("face_to_face", "all"), asks("masterclass", 4)], []),
        ([asks("masterclass", 6)], []),
        ([asks("masterclass", {"share": 75})], []),
        ([asks("masterclass", 7)], [("[0].minimum", "This asks for 7 sessions, and the cohort has 6 of this kind.")]),
        ([asks("masterclass", 0)], [("[0].minimum", "The number of sessions to attend must be 1 or more.")]),
        ([asks("masterclass", {"share": 0})], [("[0].minimum", "The share must be from 1 to 100 percent.")]),
        ([asks("masterclass", {"share": 101})], [("[0].minimum", "The share must be from 1 to 100 percent.")]),
        ([asks("masterclass", "most")], [("[0].minimum", NEITHER)]),
        ([asks("masterclass", True)], [("[0].minimum", NEITHER)]),
        ([asks("masterclass", {"part": 5})], [("[0].minimum", NEITHER)]),
        ([asks("evening", "all")], [("[0].session_kind", "The cohort has no session of this kind.")]),
        ([{"session_kind": "masterclass"}], [("[0].minimum", "This is missing.")]),
        (["all"], [("[0]", "This must be a table.")]),
        ("all", [("", "This must be a list of requirements.")]),
        (
            [asks("masterclass", 4), asks("masterclass", "all")],
            [("[1].session_kind", "There is another requirement for this kind.")],
        ),
        (
            [asks("lecture", 1)],
            [
                (
                    "[0].session_kind",
                    ("This must be one of face_to_face, masterclass, action_learning_set, coaching, drop_in_surgery, "
                    "networking, alumni, residential, evening."),
                )
            ],
        ),
    ],
)  # fmt: skip
def test_problems_are_named_with_their_keys(data, problems):
    found = ATTENDANCE.validate(data, {"sessions": SESSIONS})

    assert [(problem.key, problem.message) for problem in found] == problems


@pytest.mark.parametrize("sessions", [None, "none", ["none"], [{"kind": 3}], [{}]])
def test_sessions_that_are_wrong_themselves_do_no_harm(sessions):
    assert [problem.key for problem in ATTENDANCE.validate([asks("masterclass", 1)], {"sessions": sessions})] == [
        "[0].session_kind"
    ]


def test_every_rule_of_this_room_is_registered():
    assert {code: requirements.requirement_class(code) for code in requirements.codes()} == dict(MINIMUM_RULES)


@pytest.mark.django_db
def test_requirements_are_set_changed_and_removed_each_once():
    cohort = CohortFactory()
    first, second = [asks("face_to_face", "all"), asks("masterclass", 4)], [asks("masterclass", {"share": 50})]

    lines = [ATTENDANCE.apply(cohort, copy.deepcopy(data), None) for data in (first, first, second, None, None)]

    assert lines == [
        ["attendance face_to_face: all: set", "attendance masterclass: at least 4: set"],
        [],
        [
            "attendance face_to_face: all: removed",
            "attendance masterclass: at least 4: removed",
            "attendance masterclass: 50%: set",
        ],
        ["attendance masterclass: 50%: removed"],
        [],
    ]
    assert not AttendanceRequirement.objects.exists()
    assert Event.objects.about(cohort).filter(verb="attendance.requirements_set").count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.stem)
def test_a_shipped_file_loads_and_loading_it_again_changes_nothing(path):
    first = load_programme(definition=read_definition(path), by=None)
    again = load_programme(definition=read_definition(path), by=None)

    assert (bool(first.changes), again.changes) == (True, [])


@pytest.mark.django_db
def test_next_step_as_loaded_takes_50_hours_and_its_slots_hold_48_of_70():
    (path,) = [path for path in shipped_files() if path.stem == "next_step_2025_26"]
    load_programme(definition=read_definition(path), by=None)
    cohort = Cohort.objects.get()

    capacities = topic_capacities(cohort)

    assert hours_of(cohort) == 50
    assert [(one.at_target.holds, one.at_target.shortfall, one.at_largest.shortfall) for one in capacities] == [
        (48, 22, 0)
    ] * 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "what"), [(MarkFactory, "marks"), (ExcusalFactory, "excusals")], ids=["mark", "excusal"]
)
def test_a_session_with_a_mark_or_a_decision_cannot_leave_the_file(factory, what):
    (path,) = [path for path in shipped_files() if path.stem == "next_step_2025_26"]
    definition = read_definition(path)
    load_programme(definition=definition, by=None)
    session = TeachingSession.objects.get(kind="masterclass", number=2)
    factory(session=session, place=PlaceFactory(cohort=session.cohort))
    kept = [entry for entry in definition["cohorts"][0]["sessions"] if entry["title"] != session.title]
    definition["cohorts"][0]["sessions"] = kept

    with pytest.raises(FileRefused) as refused:
        load_programme(definition=definition, by=None)

    assert str(refused.value) == (
        f"cohorts[0].sessions: masterclass 2 cannot be taken out of the file, because {what} depend on it. "
        "Cancel it in the portal instead."
    )
    assert (TeachingSession.objects.count(), Mark.objects.count()) == (10, int(what == "marks"))
