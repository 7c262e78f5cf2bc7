"""The command: what it says, and what it answers to the shell."""

import pytest
from django.core.management import CommandError, call_command

from cohorts.models import Cohort, Programme
from cohorts.registries import sections
from cohorts.services import files
from cohorts.services.graduation_terms import GraduationSection

pytestmark = pytest.mark.django_db

GOOD = """
[programme]
slug = "next-step"
name = "Next Step"
[[cohorts]]
slug = "2025-26"
name = "2025 to 2026"
applications_open = 2025-03-25T00:00:00
applications_close = 2025-06-02T23:59:59
commences_on = 2025-10-08
ends_on = 2026-07-02
places = 2
selection = "panel"
"""


@pytest.fixture(autouse=True)
def only_the_core(monkeypatch):
    monkeypatch.setattr(sections, "_sections", {})
    sections.register(GraduationSection())


@pytest.fixture
def file(tmp_path):
    def write(text, name="programme.toml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def run(capsys):
    def call(*arguments):
        failure = ""
        try:
            call_command("load_programme", *arguments)
        except CommandError as error:
            failure = str(error)
        captured = capsys.readouterr()
        return captured.out, captured.err, failure

    return call


def test_loading_says_what_changed(run, file):
    out, err, failure = run(file(GOOD))
    assert out == (
        "programme.toml: loaded.\n"
        "  programme next-step: made\n"
        "  cohort 2025-26: made\n"
        "  cohort 2025-26: 2 seats added\n"
    )
    assert (err, failure) == ("", "")


def test_loading_again_says_that_nothing_changes(run, file):
    run(file(GOOD))
    assert run(file(GOOD)) == ("programme.toml: nothing to change.\n", "", "")


def test_a_dry_run_writes_nothing(run, file):
    out, _, _ = run(file(GOOD), "--dry-run")
    assert out.splitlines()[0] == "programme.toml: would change."
    assert not Programme.objects.exists()


def test_cohorts_of_other_files_are_named(run, file):
    run(file(GOOD))
    out, _, _ = run(file(GOOD.replace('slug = "2025-26"', 'slug = "2026-27"')))
    assert out.splitlines()[-1] == "  cohort 2025-26: left as it is"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[programme\nslug = 1", "This is not TOML: Expected ']' at the end of a table declaration"),
        (b"\xff\xfe", "The file is not UTF-8 text."),
        (GOOD.replace("2025-10-08", "2025-13-08"), "This is not TOML: "),
        (GOOD.replace("places = 2", "places = 0"), "cohorts[0].places: This must be between 1 and 32767."),
        (GOOD + "sessions = []\n", "cohorts[0].sessions: No such key is known."),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_problems(run, file, text, problem):
    out, err, failure = run(file(text))
    assert out == ""
    assert err.startswith(f"programme.toml is refused, and nothing of it was loaded:\n  {problem}")
    assert failure == "Not loaded: programme.toml."
    assert not Programme.objects.exists()


def test_a_file_that_is_not_there_is_refused(run, tmp_path):
    _, err, failure = run(tmp_path / "none.toml")
    assert err.splitlines()[1] == "  The file cannot be read: No such file or directory."
    assert failure == "Not loaded: none.toml."


def test_a_bad_file_does_not_keep_a_good_one_out(run, file):
    out, _, failure = run(file("nonsense", "bad.toml"), file(GOOD, "good.toml"))
    assert out.splitlines()[0] == "good.toml: loaded."
    assert failure == "Not loaded: bad.toml."


@pytest.mark.parametrize("arguments", [(), ("file.toml", "--all")])
def test_files_or_all_must_be_chosen(run, arguments):
    assert run(*arguments) == ("", "", "Name at least one file, or say --all.")


def test_all_loads_the_shipped_files_once_and_then_keeps_what_administrators_changed(run, file, monkeypatch):
    monkeypatch.setattr(files, "SHIPPED", file(GOOD).parent)
    assert run("--all")[0].splitlines()[0] == "programme.toml: loaded."
    Cohort.objects.update(queue=7)
    file(GOOD + "queue = 1\n")
    assert run("--all") == ("programme.toml: nothing to change.\n  cohort 2025-26: left as it is\n", "", "")
    assert Cohort.objects.get().queue == 7


def test_three_files_are_shipped():
    assert [path.name for path in files.shipped_files()] == [
        "next_generation_gp.toml",
        "next_step_2025_26.toml",
        "stepping_up_2019_20.toml",
    ]
