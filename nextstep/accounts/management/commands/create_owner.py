"""Makes the first administrator: `manage.py create_owner EMAIL [--name NAME]`."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from nextstep.accounts.models.user import normal_email
from nextstep.accounts.services import appoint_owner


class Command(BaseCommand):
    help = "Make a person an owner of the portal, with an account if they have none. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="their email address")
        parser.add_argument("--name", default="", help="their full name")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(normal_email(email))
        except ValidationError as wrong:
            raise CommandError(f"{email} is no email address.") from wrong
        changed = appoint_owner(email=email, full_name=name)
        self.stdout.write(f"{normal_email(email)} {'is now' if changed else 'is already'} an owner of the portal.")
        self.stdout.write(f"Next: sign in with that address at {settings.SITE_URL}{reverse('admin:index')}")
