"""Migrations are complete; every command and every setting is in the documents; the locks agree."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from nextstep.settings.table import markdown
from tests.architecture.tree import ROOT, in_room, layers

OWN_APPS = frozenset().union(*layers())
COMMANDS = sorted(Path(module.path).stem for module in in_room("management") if not module.path.endswith("__init__.py"))


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", "--check", "--dry-run")
    assert capsys.readouterr().out == "No changes detected\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_documented(command):
    assert f"\n## {command}\n" in (ROOT / "docs/commands.md").read_text(encoding="utf-8")


def test_no_command_is_documented_that_is_gone():
    written = re.findall(r"^## (\S+)$", (ROOT / "docs/commands.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(written) == COMMANDS


def test_every_setting_is_documented_as_it_is():
    """Made anew by `python -m nextstep.settings.table`."""
    assert markdown() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_what_runs_is_what_was_tested():
    """Every version of the running lock is the version of the tests' lock."""
    pins = {name: set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS}
    assert pins["requirements/run.txt"] - pins["requirements/dev.txt"] == set()


LOCKS = ("requirements/run.txt", "requirements/dev.txt")


@pytest.mark.parametrize("lock", [*LOCKS, "requirements/uv.txt"])
def test_a_lock_has_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert re.findall(r"https?://|file:|--index|--find-links", text) == []


DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_document_leads_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("package", sorted(OWN_APPS))
def test_every_package_is_on_the_map(package):
    """The last part of its name, in the table and in the drawing."""
    for place in ("docs/architecture.md", "docs/pictures/house.svg"):
        assert package.rpartition(".")[2] in (ROOT / place).read_text(encoding="utf-8")
