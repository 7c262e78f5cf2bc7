"""`manage.py demo`: invented people in cohorts of today's dates."""

import time
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime

from nextstep import clock
from nextstep.demo.building import Plan, build
from nextstep.demo.stages import Stage
from nextstep.refusals import Refused

# What `make run` shows: one cohort that takes applications, and one in the middle of its year.
SHOWN = ((Stage.DELIVERY, 100), (Stage.APPLICATIONS, 60))


class Command(BaseCommand):
    help = "Fill the demo with plainly invented people. Without --stage: one cohort applying and one in delivery."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stage", choices=[stage.value for stage in Stage], help="where in its year the cohort is")
        parser.add_argument("--applicants", type=int, metavar="N", help="how many apply (default 400 with --stage)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed makes other people")
        parser.add_argument("--now", type=moment, help="the moment that counts as now, for instance 2026-11-21T12:00")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is made only where DEMO is on: run it with the local settings.")
        now = options["now"] or clock.now()
        wanted = [(Stage(options["stage"]), 400)] if options["stage"] else SHOWN
        for stage, applicants in wanted:
            self._make(Plan(stage, options["applicants"] or applicants, options["seed"], now))

    def _make(self, plan: Plan) -> None:
        started = time.perf_counter()
        try:
            build(plan, say=lambda words: self.stdout.write(f"  {words}"))
        except Refused as refusal:
            self.stdout.write(str(refusal))
        else:
            self.stdout.write(f"Made a cohort in {plan.stage.value} in {time.perf_counter() - started:.0f} s.")


def moment(text: str) -> datetime:
    """An aware moment; without an offset, on the clocks of London."""
    parsed = parse_datetime(text)
    if parsed is None:
        raise ValueError(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=clock.LONDON)
