"""Codes sent by e-mail. The code itself is stored nowhere: the session holds a digest that needs the secret key."""

from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

DIGITS = 6


def new_code() -> str:
    return get_random_string(DIGITS, "0123456789")


def digest_of(code: str, *, purpose: str) -> str:
    """What is kept of a code. `purpose` says for whom and what, so that a code opens nothing else."""
    return salted_hmac(f"nextstep.accounts.codes:{purpose}", plain_code(code), algorithm="sha256").hexdigest()


def is_code(typed: str, digest: str, *, purpose: str) -> bool:
    return bool(digest) and constant_time_compare(digest_of(typed, purpose=purpose), digest)


def plain_code(typed: str) -> str:
    """The digits of what was typed: people paste spaces and dashes along."""
    return "".join(character for character in typed if character.isascii() and character.isdigit())
