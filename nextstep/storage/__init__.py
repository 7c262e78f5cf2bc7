"""Where uploaded documents lie: privately, and without an address of their own. A view checks who may read them."""

from typing import NoReturn


def refuse_address() -> NoReturn:
    raise ValueError("A document has no address of its own: link to the view that checks who may read it.")
