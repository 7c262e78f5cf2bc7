"""Addresses inside documents: which links may stand in them, and what would be loaded from elsewhere."""

import re

from applications.rules.files.outcome import FileRefused

# Followed only when somebody clicks, by a browser or a mail program that knows how to treat strangers.
_FOLLOWED = frozenset({"http", "https", "mailto", "tel", "sms", "ftp"})
# What browsers and word processors leave out of an address before they read it.
_SKIPPED = re.compile(r"[\x00-\x20\u200b-\u200f\u202a-\u202e\ufeff]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*(?=:)", re.IGNORECASE)
_LOCAL_TEMPLATE = re.compile(r"(?:(?:file:/{2,3})?[a-z]:[\\/]|[^\\/:])[^:]*\Z", re.IGNORECASE)


def check_link(address: str) -> None:
    """Raise FileRefused unless a click on the link does no more than open a page, a mail or a telephone call."""
    plain = _SKIPPED.sub("", address)
    scheme = _SCHEME.match(plain)
    if plain.startswith(("\\\\", "//")) or (scheme and scheme[0].lower() not in _FOLLOWED):
        raise FileRefused(
            f"This file has a link to “{plain[:40]}”, which we cannot accept. Remove the link, save the file and send "
            "it again."
        )


def leads_outside(address: str) -> bool:
    """Whether a reference leaves the file: an address, a path of a computer or network, or a step upwards."""
    plain = _SKIPPED.sub("", address).replace("\\", "/")
    return bool(_SCHEME.match(plain)) or plain.startswith("/") or ".." in plain.split("/")


def is_local_template(address: str) -> bool:
    """Whether this names a template on the writer's own disk, as Word writes of its own accord."""
    return bool(_LOCAL_TEMPLATE.match(_SKIPPED.sub("", address)))
