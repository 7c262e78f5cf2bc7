"""The source as the architecture tests see it: own modules parsed, each with its app and its room."""

import ast
import configparser
import functools
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("applications", "attendance", "cohorts", "qip", "sessions_app")
ROOMS = (
    "urls", "views", "admin", "tasks", "management", "forms", "presenters", "exports",
    "services", "messages", "selectors", "permissions", "models", "rules", "enums",
)  # fmt: skip


@dataclass(frozen=True)
class Module:
    path: str
    app: str
    room: str
    source: str

    @functools.cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @property
    def functions(self) -> list[ast.FunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]

    @property
    def services(self) -> list[ast.FunctionDef]:
        """What other rooms may call: public functions, in a package those that its `__init__` hands out."""
        package = ROOT / self.app.replace(".", "/") / "services" / "__init__.py"
        offered = package.read_text(encoding="utf-8") if package.exists() else None
        return [
            node
            for node in self.tree.body
            if isinstance(node, ast.FunctionDef)
            and node.name[0] != "_"
            and (offered is None or re.search(rf"\b{node.name}\b", offered))
        ]


@functools.cache
def modules() -> tuple[Module, ...]:
    """Every module of the portal but migrations."""
    paths = [path for folder in (*APPS, "nextstep") for path in (ROOT / folder).rglob("*.py")]
    return tuple(_module(path.relative_to(ROOT)) for path in sorted(paths) if "migrations" not in path.parts)


def in_room(*rooms: str) -> list[Module]:
    return [module for module in modules() if module.room in rooms]


def _module(path: Path) -> Module:
    depth = 2 if path.parts[0] == "nextstep" and len(path.parts) > 2 else 1
    room = path.parts[depth].removesuffix(".py") if len(path.parts) > depth else ""
    return Module(
        path=path.as_posix(),
        app=".".join(path.parts[:depth]),
        room=room if room in ROOMS else "",
        source=(ROOT / path).read_text(encoding="utf-8"),
    )


@functools.cache
def layers() -> tuple[frozenset[str], ...]:
    """The house from roof to cellar, as .importlinter has it: one source for imports and foreign keys."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    lines = contracts["importlinter:contract:house"]["layers"].split("\n")
    return tuple(frozenset(name.strip(" ()") for name in line.split("|")) for line in lines if line.strip())
