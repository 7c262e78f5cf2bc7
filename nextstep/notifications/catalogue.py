"""The messages that the portal can send. Each app registers its own when it starts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MessageType:
    """`subject` is a format string over the context, `template` a text template under `templates/`.

    `about` says in a sentence who gets it and when; the owner reads it in the admin.
    """

    code: str
    subject: str
    template: str
    about: str


_types: dict[str, MessageType] = {}


def register(message_type: MessageType) -> None:
    """Add a message to the catalogue; called from `AppConfig.ready()`."""
    known = _types.setdefault(message_type.code, message_type)
    if known != message_type:
        raise ValueError(f"There is another message with the code {message_type.code} already.")


def message_type(code: str) -> MessageType:
    """Raises LookupError for a code that no app registered."""
    try:
        return _types[code]
    except KeyError:
        raise LookupError(f"No app registered a message with the code {code}.") from None


def message_types() -> list[MessageType]:
    return [_types[code] for code in sorted(_types)]
