"""People for tests."""

from importlib import import_module

import factory

from nextstep.accounts.models import ContentPage, User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    full_name = factory.Sequence(lambda number: f"Person {number}")

    @classmethod
    def _create(cls, model_class, **fields):
        return model_class.objects.create_user(**fields)


class OwnerFactory(UserFactory):
    is_superuser = True


def first_words() -> None:
    """The pages of words as the migration makes them: a test of a real browser empties the database behind it."""
    for slug, title, body in import_module("nextstep.accounts.migrations.0003_first_words").PAGES:
        ContentPage.objects.get_or_create(slug=slug, defaults={"title": title, "body": body.strip()})
