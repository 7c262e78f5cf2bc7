"""Registration numbers: the GMC's have seven digits (zeros lead), the GDC's five or more (domain.md, Eligibility)."""

import re


def written_plainly(number: str) -> str:
    """The number as it is kept: without the spaces, dashes and body's name that people type around it."""
    return re.sub(r"[\s\-–./:]", "", number).upper().removeprefix("GMC").removeprefix("GDC")


def registration_problem(body: str, number: str) -> str:
    """Why `number` cannot be a registration with `body`, as a sentence; empty where it can."""
    if not body and not number:
        return ""
    if not body:
        return "Select the body you are registered with"
    digits = written_plainly(number)
    if not digits:
        return f"Enter your {body} number"
    if body == "GMC" and not re.fullmatch(r"\d{7}", digits):
        return "Your GMC number must have 7 digits, like 0123456"
    if body == "GDC" and not re.fullmatch(r"\d{5,}", digits):
        return "Your GDC number must have 5 digits or more"
    return ""
