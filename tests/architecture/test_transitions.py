"""Each transition of a rule table is carried out by one service, and by no second one that could drift from it."""

import ast

import pytest

from tests.architecture.tree import Module, modules


def transitions(module: Module) -> list[str]:
    """`NAME` for a constant, `TABLE[key]` for an entry of a mapping."""
    found = []
    for node in module.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if _makes_a_transition(node.value):
                found.append(ast.unparse(target))
            elif isinstance(node.value, ast.Dict):
                entries = zip(node.value.keys, node.value.values, strict=True)
                found += [
                    f"{ast.unparse(target)}[{ast.unparse(key)}]" for key, made in entries if _makes_a_transition(made)
                ]
    return found


def _makes_a_transition(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Transition"


def owners(name: str, services: list[Module]) -> list[str]:
    """The functions of `services` that use the transition, however the table was imported."""
    return [
        f"{module.path}:{function.name}"
        for module in services
        for function in module.tree.body
        if isinstance(function, ast.FunctionDef) and any(_is(name, node) for node in ast.walk(function))
    ]


def _is(name: str, node: ast.AST) -> bool:
    if not isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
        return False
    written = ast.unparse(node)
    return written == name or written.endswith(f".{name}")


ALL = [
    (module.app, name) for module in modules() if module.room == "rules" for name in transitions(module)
]  # fmt: skip


@pytest.mark.parametrize(("app", "name"), ALL)
def test_a_transition_has_one_owner(app, name):
    services = [module for module in modules() if module.app == app and module.room == "services"]
    assert len(owners(name, services)) == 1, owners(name, services)


def test_the_walk_finds_owners_of_constants_and_of_entries():
    rules = Module("a/rules.py", "a", "rules", "GO = Transition()\nTABLE = {State.X: transitions.Transition()}")
    one = Module(
        "a/services.py", "a", "services", "def go(x): change(x, rules.GO)\ndef back(x): change(x, TABLE[State.X])"
    )
    two = Module("a/services.py", "a", "services", "def also(x): change(x, GO)")
    assert transitions(rules) == ["GO", "TABLE[State.X]"]
    assert owners("GO", [one]) == ["a/services.py:go"]
    assert owners("TABLE[State.X]", [one]) == ["a/services.py:back"]
    assert owners("GO", [one, two]) == ["a/services.py:go", "a/services.py:also"]
    assert owners("STOP", [one, two]) == []
