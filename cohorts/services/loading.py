"""Bringing the database in line with a programme's definition, whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from cohorts.models import Cohort, Programme, Seat
from cohorts.registries import sections
from cohorts.rules.definition import cohort_fields, definition_problems, programme_fields
from cohorts.rules.problems import Problem
from cohorts.services.files import FileRefused
from cohorts.services.seats import match_seats
from nextstep.accounts.models import User
from nextstep.audit.services import record


@dataclass(frozen=True)
class Loaded:
    """The programme, what changed (one short line each), and its cohorts of which the definition does not speak."""

    programme: Programme
    changes: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


@transaction.atomic
def load_programme(
    *, definition: Mapping[str, Any], by: User | None, only_missing: bool = False, dry_run: bool = False
) -> Loaded:
    """Make or change a programme and the cohorts that `definition` names, and answer what changed.

    `definition` has the shape of a programme file: times are on the clocks of London, and a window closing at 23:59:59
    closes with the next midnight. Where it does not state an optional key, what is there stays. Cohorts that it does
    not name stay as they are: each year may have a file of its own. With `only_missing` so does everything that is
    there already, as administrators left it. With `dry_run` everything is done and then undone.
    Raises FileRefused, with each problem and its key, where anything in it is wrong or would orphan what hangs on a
    cohort; then nothing at all is written.
    """
    refuse_if_any(problems_of(definition))
    there = _cohorts_there(definition)
    if only_missing:
        definition = {**definition, "cohorts": [data for data in definition["cohorts"] if data["slug"] not in there]}
    refuse_if_any(_orphans_of(definition, there))
    programme, changes = _apply_programme(definition, by, only_missing=only_missing)
    for data in definition["cohorts"]:
        changes += _apply_cohort(programme, data, by)
    named = {data["slug"] for data in definition["cohorts"]}
    loaded = Loaded(programme, changes, left_alone=sorted(there.keys() - named))
    if dry_run:
        transaction.set_rollback(True)
    return loaded


def refuse_if_any(problems: list[Problem]) -> None:
    if problems:
        raise FileRefused(problems)


def problems_of(definition: Mapping[str, Any]) -> list[Problem]:
    """Everything that is wrong with a definition by itself, in the order of the file's cohorts."""
    problems = definition_problems(definition, sections.keys())
    cohorts = definition.get("cohorts")
    tables = [item for item in enumerate(cohorts) if isinstance(item[1], Mapping)] if isinstance(cohorts, list) else []
    return problems + [
        problem.under(f"cohorts[{index}].{section.key}")
        for index, data in tables
        for section in sections.registered()
        if section.key in data
        for problem in section.validate(data[section.key], data)
    ]


def _cohorts_there(definition: Mapping[str, Any]) -> dict[str, Cohort]:
    cohorts = Cohort.objects.filter(programme__slug=definition["programme"]["slug"]).select_related("programme")
    return {cohort.slug: cohort for cohort in cohorts}


def _orphans_of(definition: Mapping[str, Any], there: Mapping[str, Cohort]) -> list[Problem]:
    """Why a faultless definition may not replace what is there."""
    return [
        problem.under(f"cohorts[{index}]")
        for index, data in enumerate(definition["cohorts"])
        if data["slug"] in there
        for problem in _orphans_of_cohort(there[data["slug"]], data)
    ]


def _orphans_of_cohort(cohort: Cohort, data: Mapping[str, Any]) -> list[Problem]:
    taken = Seat.objects.filter(cohort=cohort, holder__isnull=False).count()
    problems = [
        Problem(section.key, reason)
        for section in sections.registered()
        for reason in section.orphans(cohort, data.get(section.key))
    ]
    if data["places"] < taken:
        problems.append(Problem("places", f"{taken} places are taken or held by offers, so there cannot be fewer."))
    return problems


def _apply_programme(
    definition: Mapping[str, Any], by: User | None, *, only_missing: bool
) -> tuple[Programme, list[str]]:
    fields = programme_fields(definition)
    slug = fields.pop("slug")
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None:
        programme = Programme.objects.create(slug=slug, **fields)
        record("cohorts.programme_made", programme, by=by)
        return programme, [f"programme {slug}: made"]
    if only_missing:
        return programme, []
    return programme, _update(programme, fields, f"programme {slug}", "cohorts.programme_changed", by)


def _apply_cohort(programme: Programme, data: Mapping[str, Any], by: User | None) -> list[str]:
    fields = cohort_fields(data)
    slug = fields.pop("slug")
    label = f"cohort {slug}"
    cohort = Cohort.objects.filter(programme=programme, slug=slug).first()
    if cohort is None:
        cohort = Cohort.objects.create(programme=programme, slug=slug, **fields)
        record("cohorts.cohort_made", cohort, by=by)
        changes = [f"{label}: made"]
    else:
        changes = _update(cohort, fields, label, "cohorts.cohort_changed", by)
    lines = match_seats(cohort=cohort, by=by)
    for section in sections.registered():
        lines += section.apply(cohort, data.get(section.key), by)
    return changes + [f"{label}: {line}" for line in lines]


def _update(obj: models.Model, fields: dict[str, Any], label: str, verb: str, by: User | None) -> list[str]:
    """Set what differs, and answer a line for each difference."""
    before = {name: getattr(obj, name) for name, value in fields.items() if getattr(obj, name) != value}
    if not before:
        return []
    after = {name: fields[name] for name in before}
    type(obj)._default_manager.filter(pk=obj.pk).update(version=models.F("version") + 1, **after)
    obj.refresh_from_db()
    record(verb, obj, by=by, before=before, after=after)
    return [f"{label}: {name} was {before[name]}, is now {value}" for name, value in after.items()]
