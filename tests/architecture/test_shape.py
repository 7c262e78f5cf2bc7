"""The budget for size, and names that say nothing."""

import ast

import pytest

from tests.architecture.tree import ROOT, in_room, modules


def _ninety_fifth(values: list[int]) -> int:
    return sorted(values)[round(0.95 * (len(values) - 1))] if values else 0


def _length(node: ast.FunctionDef) -> int:
    return node.end_lineno - node.lineno + 1


def test_no_file_is_longer_than_400_lines():
    own = [ROOT / module.path for module in modules()] + sorted((ROOT / "tests").rglob("*.py"))
    assert {path.name: lines for path in own if (lines := len(path.read_text().splitlines())) > 400} == {}


def test_nineteen_files_of_twenty_stay_within_300_lines():
    assert _ninety_fifth([len(module.source.splitlines()) for module in modules()]) <= 300


@pytest.mark.parametrize(("room", "budget"), [("rules", 15), ("services", 30), ("views", 25)])
def test_nineteen_functions_of_twenty_stay_within_the_rooms_budget(room, budget):
    lengths = {f"{module.path}:{node.name}": _length(node) for module in in_room(room) for node in module.functions}
    over = {name: length for name, length in lengths.items() if length > budget}
    assert _ninety_fifth(list(lengths.values())) <= budget, over


def test_no_module_is_named_after_nothing():
    nothing = {"utils", "util", "helpers", "helper", "common", "misc", "shared"}
    assert [module.path for module in modules() if nothing & set(module.path.removesuffix(".py").split("/"))] == []
