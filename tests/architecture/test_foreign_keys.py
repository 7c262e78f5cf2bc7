"""A foreign key written as a string escapes the import linter: the models themselves must point downwards."""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture.tree import ROOT, layers


def relations_that_point_up(of: Iterable[type[models.Model]]) -> list[str]:
    """ "app.Model.field -> app.Model" for each relation to a higher app or to a sibling."""
    return [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in of
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if isinstance(field.related_model, type) and _points_up(model, field)
    ]


def _points_up(model: type[models.Model], field: models.Field) -> bool:
    source, target = _app(model), _app(field.related_model)
    if source == target or _level(source) is None or _level(target) is None:
        return False
    if source == "nextstep.audit" and field.swappable_setting == "AUTH_USER_MODEL":
        return False  # the one reference that points up: an event's actor.
    return _level(target) <= _level(source)


def _app(model: type[models.Model]) -> str:
    return apps.get_app_config(model._meta.app_label).name


def _level(app: str) -> int | None:
    """How far below the roof, or None for Django's and other people's apps."""
    return next((level for level, names in enumerate(layers()) if app in names), None)


def test_every_app_of_the_portal_stands_in_the_house():
    own = [config.name for config in apps.get_app_configs() if "site-packages" not in config.path]
    assert [app for app in own if _level(app) is None] == []


def test_every_package_of_the_project_stands_in_the_house():
    packages = {
        f"nextstep.{path.stem}" for path in (ROOT / "nextstep").iterdir() if path.suffix == ".py" or path.is_dir()
    }
    beside = {"nextstep.__init__", "nextstep.__pycache__", "nextstep.settings"}
    assert packages - beside - frozenset().union(*layers()) == set()


def test_no_foreign_key_points_upwards():
    assert relations_that_point_up(apps.get_models(include_auto_created=True)) == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("cohorts", "qip", ["cohorts.Planted.other -> qip.Target"]),
        ("nextstep.accounts", "cohorts", ["accounts.Planted.other -> cohorts.Target"]),
        ("qip", "applications", ["qip.Planted.other -> applications.Target"]),
        ("qip", "cohorts", []),
        ("applications", "sessions_app", []),
    ],
)
def test_the_walk_finds_what_points_up_or_sideways(source, target, expected):
    labels = {app: app.rpartition(".")[2] for app in (source, target)}
    with isolate_apps():
        meta = type("Meta", (), {"app_label": labels[target]})
        other = type("Target", (models.Model,), {"__module__": __name__, "Meta": meta})
        meta = type("Meta", (), {"app_label": labels[source]})
        field = models.ForeignKey(other, on_delete=models.CASCADE)
        planted = type("Planted", (models.Model,), {"__module__": __name__, "Meta": meta, "other": field})
        assert relations_that_point_up([planted]) == expected


def test_only_the_actor_of_an_audit_event_may_point_up():
    from nextstep.audit.models import Event

    assert Event._meta.get_field("actor").swappable_setting == "AUTH_USER_MODEL"
    assert relations_that_point_up([Event]) == []
