"""Views, admins and tasks hand over to services; a GET changes nothing: what can be seen of it without running."""

import ast

import pytest

from tests.architecture.tree import Module, in_room

WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "select_for_update",
}  # fmt: skip
GUARDS = {"require_POST", "require_http_methods", "post_only", "is_valid"}
POST_METHODS = {"post", "put", "patch", "delete", "form_valid", "save_model", "delete_model"}
# The services that a GET may call: that somebody of the team opened an applicant's document, or the copy of what was
# sent, is written down each time, and both are opened by GET. It adds a line to the audit and changes nothing that
# anybody works with, so a browser may ask again and a scanner does no harm. tests/architecture/test_url_roles.py
# watches that it stays so.
NO_CHANGE = {"services.record_copy_opened", "services.record_document_opened"}


def writes_through_the_orm(module: Module) -> list[str]:
    """Calls such as `x.objects.create()`, `thing.save()`, `queryset.update()` in a room that should call a service."""
    return [
        f"{module.path}:{node.lineno} {ast.unparse(node.func)}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node.func)
    ]


def _writes(call: ast.Attribute) -> bool:
    owner = ast.unparse(call.value)
    if owner.startswith("super()") or owner.split(".")[0] == "services" or owner.endswith(".session"):
        return False
    return call.attr in WRITES or (
        call.attr == "update" and ("objects" in owner or "filter(" in owner or "queryset" in owner)
    )


def views_that_write_on_get(module: Module) -> list[str]:
    """Views that reach a service, themselves or through their own helpers, without asking which method was used."""
    services = _services_known_to(module)
    functions = {function.name: function for function in module.functions}
    writers: set[str] = set()
    while found := {
        name
        for name, function in functions.items()
        if name not in writers and not _asks_for_post(function) and _calls(function, services, writers)
    }:
        writers |= found
    return [
        f"{module.path}:{functions[name].lineno} {name}"
        for name in functions
        if name in writers and _is_a_view(functions[name])
    ]


def _services_known_to(module: Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in module.tree.body
        if isinstance(node, ast.ImportFrom) and "services" in (node.module or "").split(".")
        for alias in node.names
    }


def _is_a_view(function: ast.FunctionDef) -> bool:
    names = [argument.arg for argument in function.args.args]
    return "request" in names and function.name[0] != "_" and function.name not in POST_METHODS


def _calls(function: ast.FunctionDef, services: set[str], helpers: set[str]) -> bool:
    calls = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)} - NO_CHANGE
    return any(call in services | helpers or "services." in call for call in calls)


def _asks_for_post(function: ast.FunctionDef) -> bool:
    text = "\n".join(ast.unparse(node) for node in [*function.decorator_list, *function.body])
    return "request.method" in text or "request.POST" in text or any(guard in text for guard in GUARDS)


@pytest.mark.parametrize("module", in_room("views", "admin", "tasks", "management"), ids=lambda module: module.path)
def test_nothing_is_written_past_a_service(module):
    assert writes_through_the_orm(module) == []


@pytest.mark.parametrize("module", in_room("views"), ids=lambda module: module.path)
def test_a_get_calls_no_service(module):
    assert views_that_write_on_get(module) == []


def test_both_walks_see_what_they_look_for():
    source = """
from qip import services
from qip.services import score
def quick(request): services.save_project(project=request.user)
def direct(request): score(by=request.user)
def asked(request):
    if request.method == "POST": score(by=request.user)
@require_POST
def posted(request): score(by=request.user)
def _hidden(user): score(by=user)
def _deeper(user): _hidden(user)
def through_a_helper(request): _deeper(request.user)
def asked_before_a_helper(request):
    if request.method == "POST": _deeper(request.user)
def logged(request): services.record_document_opened(by=request.user)
def reads(request): return Project.objects.filter(x=1)
def bad(request):
    Project.objects.create(x=1); project.save(); Project.objects.filter(x=1).update(y=2)
    context.update(a=1); request.session.update(a=1)
"""
    planted = Module("qip/views.py", "qip", "views", source)
    assert [line.partition(" ")[2] for line in views_that_write_on_get(planted)] == [
        "quick",
        "direct",
        "through_a_helper",
    ]
    assert [line.partition(" ")[2] for line in writes_through_the_orm(planted)] == [
        "Project.objects.create",
        "project.save",
        "Project.objects.filter(x=1).update",
    ]
