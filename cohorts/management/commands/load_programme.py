"""Load programmes from their files: make what is missing, change what differs, refuse what would orphan anything."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cohorts.services import FileRefused, Loaded, load_programme, read_definition, shipped_files


class Command(BaseCommand):
    help = "Load programme files (TOML). Loading one again changes only what differs. A file with a problem is refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE.toml")
        parser.add_argument(
            "--all",
            action="store_true",
            help="load the files that come with the portal, but only programmes and cohorts that are not there yet: "
            "what administrators changed since stays. For every deployment.",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, files: list[Path], all: bool, dry_run: bool, **options: Any) -> None:  # noqa: A002
        if bool(files) == all:
            raise CommandError("Name at least one file, or say --all.")
        refused = [path for path in files or shipped_files() if not self._load(path, only_missing=all, dry_run=dry_run)]
        if refused:
            raise CommandError(f"Not loaded: {', '.join(path.name for path in refused)}.")

    def _load(self, path: Path, *, only_missing: bool, dry_run: bool) -> bool:
        """Load one file and say what came of it; False where it was refused."""
        try:
            definition = read_definition(path)
            loaded = load_programme(definition=definition, by=None, only_missing=only_missing, dry_run=dry_run)
        except FileRefused as refusal:
            self.stderr.write(f"{path.name} is refused, and nothing of it was loaded:")
            for problem in refusal.problems:
                self.stderr.write(f"  {problem}")
            return False
        self._tell(path.name, loaded, dry_run=dry_run)
        return True

    def _tell(self, name: str, loaded: Loaded, *, dry_run: bool) -> None:
        what = "would change" if dry_run else "loaded"
        self.stdout.write(f"{name}: {what if loaded.changes else 'nothing to change'}.")
        for change in loaded.changes:
            self.stdout.write(f"  {change}")
        for slug in loaded.left_alone:
            self.stdout.write(f"  cohort {slug}: left as it is")
