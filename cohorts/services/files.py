"""Reading the TOML files that define programmes."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cohorts.rules.problems import Problem
from nextstep.refusals import Refused

SHIPPED = Path(__file__).resolve().parent.parent / "programmes"


class FileRefused(Refused):
    """A programme file that is not loaded, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_definition(path: Path) -> dict[str, Any]:
    """The definition in a TOML file. Raises FileRefused where it cannot be read as one."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileRefused([Problem("", f"The file cannot be read: {error.strerror}.")]) from None
    except UnicodeDecodeError:
        raise FileRefused([Problem("", "The file is not UTF-8 text.")]) from None
    except tomllib.TOMLDecodeError as error:
        raise FileRefused([Problem("", f"This is not TOML: {error}.")]) from None


def shipped_files() -> list[Path]:
    """The files that come with the portal, by name."""
    return sorted(SHIPPED.glob("*.toml"))
