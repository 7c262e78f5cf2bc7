"""A closed loop of clients: each sends a request on a new connection, waits for the answer, and sends the next."""

import re
import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count, islice
from urllib.parse import urlencode

from benchmarks.figures import Turn
from benchmarks.servers import Server

CSRF_TOKEN = "c" * 32
# Requests of each client that open a turn and do not count.
BEFORE = 6


@dataclass(frozen=True)
class Call:
    """A request that can be sent again and again, and what a right answer to it holds.

    `forms` are posted in turn, so that each one changes what the last one left. `shown` names the fields that the page
    at `shown_at` hands out to be sent back, each with the pattern that finds its value there: a number counts the
    savings, and so rises with each; anything else depends on what was saved last.
    """

    path: str
    holds: str
    cookie: str = ""
    forms: Sequence[dict[str, str]] = ()
    shown_at: str = ""
    shown: dict[str, str] = field(default_factory=dict)
    by_script: bool = False
    status: int = 200


def send(port: int, call: Call, form: dict[str, str] | None = None, *, headers: Sequence[str] = ()) -> str:
    """Send `call` once, with `form` if it posts one, and return the whole answer, headers included.

    Raises RuntimeError where it does not answer as expected: the time of an error is no figure.
    """
    answer = _exchange(port, _request(call, form, headers)).decode()
    if answer[9:12] != str(call.status) or call.holds not in answer:
        raise RuntimeError(
            f"{call.path} should answer {call.status} with “{call.holds}”. It answered:\n{answer[:2000]}"
        )
    return answer


def _request(call: Call, form: dict[str, str] | None, headers: Sequence[str]) -> bytes:
    lines = [f"{'GET' if form is None else 'POST'} {call.path} HTTP/1.0", "Host: 127.0.0.1", *headers]
    cookies = [call.cookie] if call.cookie else []
    body = b""
    if form is not None:
        body = urlencode({**form, "csrfmiddlewaretoken": CSRF_TOKEN}).encode()
        cookies.append(f"csrftoken={CSRF_TOKEN}")
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    if cookies:
        lines.append(f"Cookie: {'; '.join(cookies)}")
    if call.by_script:
        lines.append("HX-Request: true")
    return "\r\n".join([*lines, "", ""]).encode() + body


def _exchange(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(262_144):
            parts.append(part)
    return b"".join(parts)


def forms_of(port: int, call: Call) -> Iterator[dict[str, str] | None]:
    """What to post at each sending, without end; None for a GET. Made ready before anything is timed."""
    if not call.forms:
        return iter(lambda: None, 0)
    if not call.shown:
        return (call.forms[number % len(call.forms)] for number in count())
    # Whatever was there, the last form is what the first one changes.
    before = _saved(port, call, call.forms[-1], _shown(port, call))
    if all(value.isdigit() for value in before.values()):
        return (_risen(call, before, number) for number in count())
    return _after_each_other(port, call, before)


def _saved(port: int, call: Call, form: dict[str, str], before: dict[str, str]) -> dict[str, str]:
    """Post one form, and read what the page hands out after it."""
    send(port, call, {**form, **before})
    return _shown(port, call)


def _risen(call: Call, before: dict[str, str], number: int) -> dict[str, str]:
    risen = {name: str(int(value) + number) for name, value in before.items()}
    return {**call.forms[number % len(call.forms)], **risen}


def _after_each_other(port: int, call: Call, before: dict[str, str]) -> Iterator[dict[str, str]]:
    """Go round once, to learn what the page hands out after each of the forms; from then on it is the same."""
    ready = []
    for form in call.forms:
        ready.append({**form, **before})
        after = _saved(port, call, form, before)
        if after == before:
            raise RuntimeError(f"Posting to {call.path} changed nothing.")
        before = after
    return (ready[number % len(ready)] for number in count())


def _shown(port: int, call: Call) -> dict[str, str]:
    page = send(port, Call(call.shown_at, "", call.cookie))
    found = {name: re.search(pattern, page, re.DOTALL) for name, pattern in call.shown.items()}
    if missing := [name for name, match in found.items() if match is None]:
        raise RuntimeError(f"{call.shown_at} does not hand out {', '.join(missing)}.")
    return {name: match.group(1) for name, match in found.items() if match}


def take_turn(server: Server, calls: Sequence[Call], requests: int) -> Turn:
    """Send `requests` requests with as many clients at once as there are `calls`, one call to each client.

    Some more go before them and do not count: what was pushed out of memory meanwhile, or out of a cache that keeps
    pages for seconds, is back.
    """
    each = requests // len(calls)
    forms = [list(islice(forms_of(server.port, call), BEFORE + each)) for call in calls]
    with ThreadPoolExecutor(len(calls)) as pool:
        list(pool.map(lambda call, posted: _loop(server.port, call, posted[:BEFORE]), calls, forms))
        web, database, started = server.web_seconds(), server.database_seconds(), time.perf_counter()
        shares = list(pool.map(lambda call, posted: _loop(server.port, call, posted[BEFORE:]), calls, forms))
    return Turn(
        seconds=[second for share in shares for second in share],
        wall=time.perf_counter() - started,
        web=server.web_seconds() - web,
        database=server.database_seconds() - database,
    )


def _loop(port: int, call: Call, forms: Sequence[dict[str, str] | None]) -> list[float]:
    seconds = []
    for form in forms:
        started = time.perf_counter()
        send(port, call, form)
        seconds.append(time.perf_counter() - started)
    return seconds
