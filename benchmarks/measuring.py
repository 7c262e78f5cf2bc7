"""The interleaved rounds: floor and page by turns, so that a machine that drifts drifts for both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.client import Call, forms_of, send, take_turn
from benchmarks.figures import Measured, Row, Timing
from benchmarks.pages import FLOORS, PAGES, Page
from benchmarks.servers import Server

# Requests a turn: enough to settle, few enough that the turns alternate within a second.
FLOOR_TURN = 100
PAGE_TURN = 60
WARM_UP = 20

Calls = Mapping[str, Sequence[Call]]


@dataclass(frozen=True)
class Floors:
    server: Server
    calls: Calls


@dataclass(frozen=True)
class Portal:
    """The portal at one size: its server, and the calls that its data allow."""

    size: int
    server: Server
    calls: Calls


@dataclass
class _Running:
    """A page at one size while the rounds go on."""

    page: Page
    portal: Portal
    queries: int
    floor: Timing = field(default_factory=Timing)
    timing: Timing = field(default_factory=Timing)


def measure(
    floors: Floors, portals: Sequence[Portal], rounds: int, named: str = "", *, say: Callable[[str], None]
) -> list[Row]:
    """Every page at every size, `rounds` turns each, with a turn of its floor just before each.

    With `named` only the pages whose name holds it.
    """
    for server, calls in [(floors.server, floors.calls), *((each.server, each.calls) for each in portals)]:
        warm_up(server, calls)
    pages = [page for page in PAGES if named in page.name]
    running = [_Running(page, portal, queries_of(portal, page)) for page in pages for portal in portals]
    for number in range(rounds):
        say(f"Round {number + 1} of {rounds}")
        for each in running:
            each.floor.turns.append(take_turn(floors.server, floors.calls[each.page.floor], FLOOR_TURN))
            each.timing.turns.append(take_turn(each.portal.server, each.portal.calls[each.page.name], PAGE_TURN))
    return [Row(page, [_measured(each) for each in running if each.page is page]) for page in pages]


def _measured(each: _Running) -> Measured:
    return Measured(each.portal.size, each.queries, each.floor, each.timing)


def measure_floors(floors: Floors, rounds: int) -> dict[str, Timing]:
    timings = {name: Timing() for name in FLOORS}
    for _ in range(rounds):
        for name, timing in timings.items():
            timing.turns.append(take_turn(floors.server, floors.calls[name], FLOOR_TURN))
    return timings


def warm_up(server: Server, calls: Calls) -> None:
    """Let both workers import, connect and compile their templates before anything counts."""
    for each in calls.values():
        take_turn(server, each, WARM_UP)
    server.find_backends()


def queries_of(portal: Portal, page: Page) -> int:
    """Queries of one real request, as the benchmark's settings count them when asked by a header.

    Of a public page, of one that is kept: the requests before it see to that.
    """
    call = portal.calls[page.name][0]
    take_turn(portal.server, portal.calls[page.name], WARM_UP)
    answer = send(portal.server.port, call, next(forms_of(portal.server.port, call)), headers=["X-Count-Queries: 1"])
    return int(answer.lower().partition("x-queries: ")[2].split()[0])
