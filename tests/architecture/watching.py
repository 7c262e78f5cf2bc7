"""Which tables are written to while something is done: what no reading of the source can show."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
# A session is the browser's and not the portal's: where sign-in stands, a message that is shown once.
NOT_OURS = {"django_session"}


@contextmanager
def watched() -> Iterator[set[str]]:
    """The tables to which anything is written meanwhile."""
    written: set[str] = set()

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found = WRITE.match(sql)
        if found and found[1] not in NOT_OURS:
            written.add(found[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield written
