"""Why a service would not do what it was asked: always a sentence for the person who asked."""


class Refused(Exception):
    """A rule of the programme forbids this. `str()` is plain English that may be shown on screen."""


class Stale(Refused):
    """Somebody else changed the object since the person opened the page."""

    def __init__(self, message: str = "This has changed since you opened the page. Check it and try again.") -> None:
        super().__init__(message)
