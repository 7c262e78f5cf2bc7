"""What must be there before anything is measured: databases, styles, calls."""

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.client import Call
from benchmarks.databases import Databases
from benchmarks.measuring import Calls
from benchmarks.servers import ROOT, environment, python

DEMO = "demo"
PROGRAMMES = sorted(str(path) for path in (ROOT / "cohorts" / "programmes").glob("*.toml"))


def prepare_floor(databases: Databases, folder: Path) -> tuple[dict[str, str], Calls]:
    """The floor's database; returns the surroundings of its server, and its calls."""
    env = environment(databases.make("floor"), folder)
    return env, read_calls(python("-m", "benchmarks.floor", env=env))


def prepare_demo(databases: Databases, folder: Path) -> None:
    """The database that every size is a copy of."""
    env = environment(databases.make(DEMO), folder)
    python("manage.py", "collectstatic", "--noinput", "--verbosity", "0", env=env)
    python("manage.py", "migrate", "--verbosity", "0", env=env)
    python("manage.py", "load_programme", *PROGRAMMES, env=env)
    python("-m", "benchmarks.filling", "demo", env=env)


def prepare_size(databases: Databases, folder: Path, size: int) -> tuple[dict[str, str], Calls]:
    env = environment(databases.make(f"size_{size}", template=DEMO), folder)
    python("-m", "benchmarks.filling", "copies", str(size), env=env)
    return env, read_calls(python("-m", "benchmarks.calls", env=env))


def prepare_background(databases: Databases, folder: Path, name: str) -> dict[str, str]:
    return environment(databases.make(name, template=DEMO), folder)


def read_calls(printed: str) -> Calls:
    calls: dict[str, Sequence[dict[str, object]]] = json.loads(printed)
    return {name: [Call(**each) for each in some] for name, some in calls.items()}  # type: ignore[arg-type]
