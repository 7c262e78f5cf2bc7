"""A contract that never broke may be one that cannot: each is shown a violation in a copy of the tree."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import APPS, ROOT

BIN = Path(sys.executable).parent


@pytest.fixture
def copy(tmp_path):
    """The source and the tools' settings in a folder of their own, without what was built."""
    for folder in (*APPS, "nextstep"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (".importlinter", "pyproject.toml", "manage.py"):
        shutil.copy(ROOT / file, tmp_path)
    return tmp_path


def _plant(folder: Path, path: str, line: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + f"\n{line}\n", encoding="utf-8")


def _run(folder: Path, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    program = [str(BIN / command[0]), *command[1:]]
    return subprocess.run(program, cwd=folder, input=stdin, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("contract", "planted"),
    [
        ("Apps import downwards only", {"cohorts/planted.py": "import applications.apps"}),
        ("Apps import downwards only", {"qip/planted.py": "import attendance.apps"}),
        ("Apps import downwards only", {"nextstep/audit/planted.py": "import nextstep.accounts.apps"}),
        ("Inside an app, rooms import downwards only", {"cohorts/models/planted.py": "import cohorts.services"}),
        ("Inside an app, rooms import downwards only", {"cohorts/rules/planted.py": "import cohorts.models"}),
        ("Rules are pure: no Django", {"cohorts/rules/planted.py": "import django.db"}),
        ("Rules are pure: no Django", {"nextstep/notifications/rules/planted.py": "import django.db"}),
        ("Settings are read through django.conf alone", {"qip/planted.py": "import nextstep.settings.base"}),
        (
            "No circle of files inside a package",
            {"qip/planted_one.py": "import qip.planted_two", "qip/planted_two.py": "import qip.planted_one"},
        ),
    ],
)
def test_an_import_contract_bites(copy, contract, planted):
    for path, line in planted.items():
        _plant(copy, path, line)
    answer = _run(copy, "lint-imports", "--no-cache")
    assert answer.returncode == 1
    assert f"{contract} BROKEN" in answer.stdout


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        ("TID251", "from django.utils import timezone\n\nmoment = timezone.now()\n"),
        ("DTZ005", "from datetime import datetime\n\nmoment = datetime.now()\n"),
        ("T201", 'print("x")\n'),
        ("BLE001", "try:\n    pass\nexcept Exception:\n    pass\n"),
        ("FIX002", "# TODO: later\n"),
        ("S608", 'query = f"select * from x where y = {1}"\n'),
        ("E501", f"x = '{'x' * 120}'\n"),
    ],
)
def test_a_lint_rule_bites(rule, planted):
    answer = _run(ROOT, "ruff", "check", "--no-cache", "--stdin-filename", "qip/planted.py", "-", stdin=planted)
    assert answer.returncode == 1
    assert f"{rule} " in answer.stdout


def test_the_formatter_bites():
    answer = _run(ROOT, "ruff", "format", "--check", "--stdin-filename", "qip/planted.py", "-", stdin="x = {  }\n")
    assert answer.returncode == 1


def test_types_bite_and_are_strict_where_wrong_means_unfair(copy):
    untyped = "def twice(x):\n    return x"
    for path in ("qip/rules/planted.py", "qip/services/planted.py", "qip/planted.py"):
        _plant(copy, path, untyped)
    _plant(copy, "qip/also_planted.py", "number: int = 'one'")
    paths = ("qip/rules/planted.py", "qip/services/planted.py", "qip/planted.py", "qip/also_planted.py")
    answer = _run(copy, "mypy", "--follow-imports", "silent", *paths)
    assert sorted(line.partition(":")[0] for line in answer.stdout.splitlines() if ": error:" in line) == [
        "qip/also_planted.py",
        "qip/rules/planted.py",
        "qip/services/planted.py",
    ]


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        ("H021", '<p style="color: red">x</p>\n'),
        ("H025", "<div><p>x</p>\n"),
        ("H013", '<img src="x.png" height="1" width="1">\n'),
    ],
)
def test_a_template_rule_bites(tmp_path, rule, planted):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    _plant(tmp_path, "templates/planted.html", planted)
    answer = _run(tmp_path, "djlint", "--quiet", "--lint", "templates")
    assert answer.returncode == 1
    assert rule in answer.stdout
