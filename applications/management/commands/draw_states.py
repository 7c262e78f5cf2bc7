"""Write the page of the state machines anew."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from applications.presenters.states import states_page


class Command(BaseCommand):
    help = "Writes docs/states.md from the transition tables of applications."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page; running it again changes nothing."""
        page = Path(settings.BASE_DIR) / "docs" / "states.md"
        page.write_text(states_page(), encoding="utf-8")
        self.stdout.write(f"Written: {page.name}")
