"""The table, as Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.figures import BackgroundFigure, Measured, Row, Timing


@dataclass(frozen=True)
class Surroundings:
    """Where and when it was measured; `machine` in parts such as "2 cores" and "Python 3.11.2"."""

    day: date
    machine: Sequence[str]
    rounds: int
    load: float


@dataclass(frozen=True)
class Report:
    surroundings: Surroundings
    floors: Mapping[str, Timing]
    rows: Sequence[Row]
    background: Sequence[BackgroundFigure]

    @property
    def shortfalls(self) -> list[str]:
        pages = [row.page.name for row in self.rows if row.shortfalls]
        return pages + [each.background.name for each in self.background if each.rate and "short" in each.verdict]


def markdown(report: Report) -> str:
    return "\n\n".join([_head(report.surroundings), _verdicts(report.rows), *_rest(report)]) + "\n"


def _head(where: Surroundings) -> str:
    return (
        "# What the pages cost\n\n"
        f"Made by `make bench` on {where.day:%-d %B %Y}: {', '.join(where.machine)}; gunicorn with 2 sync workers, "
        f"2 clients, a new connection a request, {where.rounds} rounds. Load of the machine before: {where.load:.1f}. "
        "How to read it: docs/performance.md."
    )


def _verdicts(rows: Sequence[Row]) -> str:
    sizes = " / ".join(f"{each.size:,}" for each in rows[0].measured)
    head = ("Page", "Floor", f"Floor ÷ page at {sizes}", "Must", "Aim", "Queries", "At most", "Growth", "Verdict")
    return _table(head, [_verdict_cells(row) for row in rows])


def _verdict_cells(row: Row) -> list[str]:
    queries = list(dict.fromkeys(str(each.queries) for each in row.measured))
    return [
        row.page.name,
        row.page.floor,
        " / ".join(f"{each.ratio:.2f}" for each in row.measured),
        f"{row.page.must:g}",
        f"{row.page.aim:g}",
        " / ".join(queries),
        str(row.page.queries),
        "" if row.growth is None else f"{row.growth:.2f}",
        row.verdict,
    ]


def _rest(report: Report) -> list[str]:
    background = [
        [
            each.background.name,
            _number(each.rate),
            f"{each.background.must:g}",
            f"{each.background.aim:g}",
            each.verdict,
        ]
        for each in report.background
    ]
    pages = [_page_cells(row, each) for row in report.rows for each in row.measured]
    return [
        "## In the background",
        _table(("Work", "A second", "Must", "Aim", "Verdict"), background),
        "## Floors: bare Django",
        _table(_TIMES, [[name, *_times(timing)] for name, timing in report.floors.items()]),
        "## Pages at each size",
        _table((*_TIMES[:1], "Applicants", *_TIMES[1:], "By processor"), pages),
    ]


_TIMES = ("Page", "Requests a second", "p50 ms", "p95 ms", "Processor ms, web", "with the database")


def _times(timing: Timing) -> list[str]:
    times = (timing.milliseconds(0.5), timing.milliseconds(0.95), timing.web_ms, timing.processor_ms)
    return [f"{timing.rate:.0f}", *(f"{each:.2f}" for each in times)]


def _page_cells(row: Row, each: Measured) -> list[str]:
    return [row.page.name, f"{each.size:,}", *_times(each.timing), f"{each.timing.web_ms / each.floor.web_ms:.2f}"]


def _number(rate: float | None) -> str:
    return "" if rate is None else f"{rate:,.0f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])
