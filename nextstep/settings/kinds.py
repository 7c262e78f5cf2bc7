"""The kinds of values that settings take: how each is read, and how it is told in words.

A kind raises ValueError with the end of the sentence "SITE_URL must be …". It never repeats what it was given: that may
be a password.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ


@dataclass(frozen=True)
class Kind:
    words: str
    read: Callable[[str], Any]


def _yes_or_no(value: str) -> bool:
    answers = {"true": True, "yes": True, "1": True, "on": True, "false": False, "no": False, "0": False, "off": False}
    if value.lower() not in answers:
        raise ValueError("true or false")
    return answers[value.lower()]


def _items(value: str) -> list[str]:
    return [item.strip() for item in value.split(",") if item.strip()]


def _hosts(value: str) -> list[str]:
    hosts = _items(value)
    if not all(re.fullmatch(r"\*|\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\]", host) for host in hosts):
        raise ValueError("host names parted by commas, without https:// and without a port")
    return hosts


def _split(value: str, schemes: tuple[str, ...], words: str) -> SplitResult:
    try:
        url = urlsplit(value)
        sound = url.scheme in schemes and (url.port is None or url.port > 0)
    except ValueError:
        sound = False
    if not sound:
        raise ValueError(words)
    return url


def _origin(value: str) -> str:
    words = "an address without a path that begins with http:// or https://"
    url = _split(value.rstrip("/"), ("http", "https"), words)
    if not url.hostname or url.path or url.query or url.username:
        raise ValueError(words)
    return value.rstrip("/")


def _database(value: str) -> dict[str, Any]:
    words = "an address that begins with postgres:// or sqlite:/// and names a database"
    _split(value, ("postgres", "postgresql", "sqlite"), words)
    database: dict[str, Any] = environ.Env.db_url_config(value)
    if not database["NAME"] or database["NAME"] == ":memory:":
        raise ValueError(words)
    return database


def _redis(value: str) -> str:
    words = "an address such as redis://127.0.0.1:6379/0"
    url = _split(value, ("redis", "rediss", "unix"), words)
    if not (url.path if url.scheme == "unix" else url.hostname):
        raise ValueError(words)
    return value


def _scanner(value: str) -> str:
    words = "an address such as tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl"
    url = _split(value, ("tcp", "unix"), words)
    if not (url.path if url.scheme == "unix" else url.hostname):
        raise ValueError(words)
    return value


def _mail_server(value: str) -> dict[str, Any]:
    words = "an address such as smtp+tls://name:password@mail.example.nhs.uk:587"
    url = _split(value, ("smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail"), words)
    if url.scheme != "consolemail" and not url.hostname:
        raise ValueError(words)
    server: dict[str, Any] = environ.Env.email_url_config(value)
    return {**server, "EMAIL_PORT": server["EMAIL_PORT"] or 25}


def _mailbox(value: str) -> str:
    address = parseaddr(value)[1]
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@\s]+@localhost", address):
        raise ValueError("an e-mail address, with or without a name before it")
    return value


def _options(value: str) -> dict[str, Any]:
    words = 'a JSON object such as {"POSTMARK_SERVER_TOKEN": "…"}'
    try:
        return dict(json.loads(value).items())
    except (ValueError, AttributeError):
        raise ValueError(words) from None


def _folder(value: str) -> Path:
    if not Path(value).is_absolute():
        raise ValueError("the absolute path of a folder")
    return Path(value)


def whole_number(least: int, most: int | None = None) -> Kind:
    """A whole number within bounds that belong to it."""
    words = f"a whole number from {least} to {most}" if most else f"a whole number, {least} or more"

    def read(value: str) -> int:
        if not re.fullmatch(r"\d{1,9}", value) or int(value) < least or (most and int(value) > most):
            raise ValueError(words)
        return int(value)

    return Kind(words, read)


def one_of(*choices: str) -> Kind:
    words = "one of " + ", ".join(choices)

    def read(value: str) -> str:
        if value not in choices:
            raise ValueError(words)
        return value

    return Kind(words, read)


def some_of(*choices: str) -> Kind:
    words = "any of " + ", ".join(choices) + ", parted by commas"

    def read(value: str) -> list[str]:
        if not set(_items(value)) <= set(choices):
            raise ValueError(words)
        return _items(value)

    return Kind(words, read)


TEXT = Kind("text", str)
YES_OR_NO = Kind("true or false", _yes_or_no)
HOSTS = Kind("host names, parted by commas", _hosts)
ORIGIN = Kind("web address", _origin)
ORIGINS = Kind("web addresses, parted by commas", lambda value: [_origin(item) for item in _items(value)])
DATABASE = Kind("database address", _database)
REDIS = Kind("Redis address", _redis)
MAIL_SERVER = Kind("mail server address", _mail_server)
SCANNER = Kind("scanner address", _scanner)
MAILBOX = Kind("e-mail address", _mailbox)
OPTIONS = Kind("JSON object", _options)
FOLDER = Kind("folder", _folder)
