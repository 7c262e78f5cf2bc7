"""The words of the account page."""

from django.urls import reverse

from nextstep.accounts.models import User


def account_rows(person: User, has_second_factor: bool) -> list[dict[str, str]]:  # noqa: FBT001 - a fact, no switch
    """What the account page lists, each with the page on which it is changed."""
    registration = f"{person.registration_body} {person.registration_number}".strip()
    details = reverse("account_details")
    return [
        {"key": "Name", "value": person.full_name, "change_href": details},
        {"key": "Professional registration", "value": registration, "change_href": details},
        {"key": "Email address", "value": person.email, "change_href": reverse("account_change_email")},
        {
            "key": "Second factor",
            "value": "Set up" if has_second_factor else "Not set up",
            "change_href": reverse("mfa_index"),
        },
    ]
