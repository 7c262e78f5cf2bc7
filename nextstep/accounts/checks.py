"""Stops the start where a view declares no access: at run time it would be refused to everybody."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from nextstep.accounts.access import access_of, name_of


def patterns(
    resolver: URLResolver | None = None, namespaces: tuple[str, ...] = (), prefix: str = ""
) -> Iterator[tuple[str, list[str], URLPattern]]:
    """Every route of the portal, with its namespaces and its pattern."""
    for part in (resolver or get_resolver()).url_patterns:
        route = f"{prefix}{part.pattern}"
        if isinstance(part, URLResolver):
            inside = (*namespaces, part.namespace) if part.namespace else namespaces
            yield from patterns(part, inside, route)
        else:
            yield route, list(namespaces), part


@register(Tags.security)
def every_view_declares_its_access(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The view {name_of(part.callback)} at /{route} does not say who may open it.",
            hint="Put @public, @signed_in or @allowed(…) of nextstep.accounts.access on it.",
            id="accounts.E001",
        )
        for route, namespaces, part in patterns()
        if access_of(part.callback, namespaces) is None
    ]
