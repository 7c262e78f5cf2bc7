"""What a service promises by its form: keyword-only, typed, explained, one transaction, one actor."""

import ast

import pytest

from tests.architecture.tree import Module, in_room

# Reads as a sentence, and is called from everywhere: record("applications.submitted", application, by=…).
POSITIONAL = {("nextstep.audit", "record")}

SERVICES = [(module, node) for module in in_room("services") for node in module.services]
each_service = pytest.mark.parametrize(
    ("module", "node"), SERVICES, ids=[f"{module.path}:{node.name}" for module, node in SERVICES]
)


def _writes(node: ast.FunctionDef) -> bool:
    """A service acts for somebody or opens a transaction; what does neither is arithmetic beside it."""
    decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
    return any(each.arg == "by" for each in node.args.kwonlyargs) or "transaction.atomic" in decorators


@each_service
def test_a_service_takes_its_arguments_by_name(module, node):
    """But `now`, which a sweep is handed by the jobs registry."""
    if _writes(node) and (module.app, node.name) not in POSITIONAL:
        assert [each.arg for each in [*node.args.posonlyargs, *node.args.args] if each.arg != "now"] == []


@each_service
def test_a_service_is_explained_and_typed(module, node):
    arguments = [*node.args.args, *node.args.kwonlyargs]
    assert ast.get_docstring(node), "says what, in which units, what it raises, and where the rule comes from"
    assert [argument.arg for argument in arguments if argument.annotation is None] == []
    assert node.returns is not None


# Who did what is told of people's doings. These are the machine's own, and each keeps its own rows.
NOT_TOLD = {
    "nextstep/jobs/services.py": "a run of a job is a row, with its failure in it",
    "nextstep/notifications/services/delivery.py": "the outbox says what was sent, when and how often it was tried",
    "applications/services/monitoring.py": "a moment beside the counts would tell who answered what",
    "nextstep/accounts/services/held_posts.py": "what was typed too late: sealed, and gone after an hour",
    "nextstep/accounts/services/email_change.py:move_to": "part of a change of address and of a recovery, which tell",
}
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "update"}


def _called(node: ast.FunctionDef) -> list[ast.expr]:
    return [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]


def _writes_itself(node: ast.FunctionDef) -> bool:
    return any(
        ast.unparse(call) in {"change_state", "change_fields"}
        or (isinstance(call, ast.Attribute) and call.attr in WRITES and _is_of_rows(call))
        for call in _called(node)
    )


def _is_of_rows(call: ast.Attribute) -> bool:
    return call.attr in {"save", "delete"} or any(word in ast.unparse(call.value) for word in ("objects", "filter("))


def _with_all_that_call(names: set[str], modules: list[Module]) -> set[str]:
    """The functions of `names`, and those that call one of them, however far away."""
    calls = {
        node.name: {ast.unparse(call).rpartition(".")[2] for call in _called(node)}
        for module in modules
        for node in module.functions
    }
    found = set(names)
    while more := {name for name, called in calls.items() if name not in found and called & found}:
        found |= more
    return found


def untold(modules: list[Module]) -> list[str]:
    """The public services that write, themselves or through helpers, and leave no audit event."""
    writing = {node.name for module in modules for node in module.functions if _writes_itself(node)}
    writers, tellers = _with_all_that_call(writing, modules), _with_all_that_call({"record"}, modules)
    return [
        f"{module.path}:{node.name}"
        for module in modules
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and node.name[0] != "_" and node.name in writers - tellers
    ]


def test_whatever_is_written_for_somebody_is_told():
    silent = untold(in_room("services"))
    assert [name for name in silent if not name.startswith(tuple(NOT_TOLD))] == []
    assert [key for key in NOT_TOLD if not any(name.startswith(key) for name in silent)] == []


def test_the_walk_sees_a_service_that_tells_nothing():
    source = """
def _keep(place): Place.objects.filter(pk=place.pk).update(state="left")
def leave(place, by): _keep(place)
def leave_and_tell(place, by):
    _keep(place)
    record("cohorts.left", place, by=by)
def reads(place): return Place.objects.filter(pk=place.pk)
"""
    planted = Module("cohorts/services/leaving.py", "cohorts", "services", source)
    assert untold([planted]) == ["cohorts/services/leaving.py:leave"]
