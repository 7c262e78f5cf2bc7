"""What the timings say: percentiles, ratios, growth, verdicts. Pure, so that tests can hold it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.pages import GROWTH_AIM, GROWTH_MUST, Background, Page


@dataclass(frozen=True)
class Turn:
    """One turn of requests: how long each took, how long all took with several clients, and the processor seconds
    that the web processes and the database's processes spent on them.
    """

    seconds: Sequence[float]
    wall: float
    web: float
    database: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.wall


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


@dataclass
class Timing:
    """All turns of one page at one size, or of one floor."""

    turns: list[Turn] = field(default_factory=list)

    @property
    def seconds(self) -> list[float]:
        return [second for turn in self.turns for second in turn.seconds]

    @property
    def rate(self) -> float:
        """Requests a second: the median turn's, so that one that another process disturbed does not count."""
        return median(turn.rate for turn in self.turns)

    def milliseconds(self, share: float) -> float:
        return 1000 * percentile(self.seconds, share)

    @property
    def web_ms(self) -> float:
        """Milliseconds of processor that the web processes spend on a request, as the median of the turns."""
        return 1000 * median(turn.web / len(turn.seconds) for turn in self.turns)

    @property
    def processor_ms(self) -> float:
        """The same with the database's share, where it runs on this machine."""
        return 1000 * median((turn.web + turn.database) / len(turn.seconds) for turn in self.turns)


def ratio(floor: Timing, page: Timing) -> float:
    """How many times slower than its floor a page is: the median over pairs of turns that ran one after the other."""
    return median(low.rate / high.rate for low, high in zip(floor.turns, page.turns, strict=True))


@dataclass(frozen=True)
class Measured:
    """One page at one size, beside the turns of its floor that ran just before its own."""

    size: int
    queries: int
    floor: Timing
    timing: Timing

    @property
    def ratio(self) -> float:
        return ratio(self.floor, self.timing)


@dataclass(frozen=True)
class Row:
    """One page at all sizes, the smallest first."""

    page: Page
    measured: Sequence[Measured]

    @property
    def ratio(self) -> float:
        return max(each.ratio for each in self.measured)

    @property
    def queries(self) -> int:
        return max(each.queries for each in self.measured)

    @property
    def growth(self) -> float | None:
        """Processor time a request with the most applicants ÷ with the fewest; None at one size alone."""
        if len(self.measured) < 2:
            return None
        return self.measured[-1].timing.processor_ms / self.measured[0].timing.processor_ms

    @property
    def shortfalls(self) -> list[str]:
        """What misses the "must" column."""
        growth, same = self.growth, len({each.queries for each in self.measured}) == 1
        checks = [
            (self.ratio <= self.page.must, "ratio"),
            (self.queries <= self.page.queries, "queries"),
            (growth is None or growth <= GROWTH_MUST, "growth"),
            (same, "queries grow"),
        ]
        return [name for holds, name in checks if not holds]

    @property
    def verdict(self) -> str:
        if self.shortfalls:
            return f"**short: {', '.join(self.shortfalls)}**"
        near = self.growth is None or self.growth <= GROWTH_AIM
        return "aim" if near and self.ratio <= self.page.aim else "must"


@dataclass(frozen=True)
class BackgroundFigure:
    """How many a second, or None and why it could not be measured."""

    background: Background
    rate: float | None
    remark: str = ""

    @property
    def verdict(self) -> str:
        if self.rate is None:
            return f"not measured: {self.remark}"
        if self.rate < self.background.must:
            return "**short: rate**"
        return "aim" if self.rate >= self.background.aim else "must"
