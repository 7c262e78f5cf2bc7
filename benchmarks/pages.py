"""What is measured, each page beside the floor of its like, and how far above it the page may be."""

from dataclasses import dataclass

FLOORS = ("anonymous ok", "signed-in ok", "table of 50 rows", "form, GET", "form, POST", "anonymous form")


@dataclass(frozen=True)
class Page:
    """`must` and `aim`: floor ÷ page in requests a second; `queries`: at most so many."""

    name: str
    floor: str
    must: float
    aim: float
    queries: int


PAGES = (
    # At least half, and if possible four fifths, of the anonymous "ok".
    Page("home", "anonymous ok", 2.0, 1.25, 0),
    Page("cohort page", "anonymous ok", 2.0, 1.25, 0),
    Page("sign-in", "anonymous form", 1.5, 1.2, 2),
    # It writes nothing and answers with a page of questions, so it is held to the targets of one.
    Page("eligibility check, POST", "form, GET", 2.5, 1.6, 8),
    Page("task list", "form, GET", 2.5, 1.6, 8),
    Page("application page, GET", "form, GET", 2.5, 1.6, 8),
    Page("application page, POST", "form, POST", 1.7, 1.3, 8),
    # The admin's lists may take more: Django's change list renders a cell at a time (docs/performance.md).
    Page("application list in the admin", "table of 50 rows", 8.0, 1.7, 10),
    Page("one application in the admin", "form, GET", 3.0, 1.7, 12),
    Page("fellow's home", "form, GET", 3.0, 2.0, 12),
    Page("register, GET", "table of 50 rows", 3.0, 1.7, 10),
    Page("register, tick", "form, POST", 2.0, 1.4, 10),
    Page("register, tick without script", "form, POST", 2.0, 1.4, 10),
    Page("judge's list", "table of 50 rows", 4.0, 2.0, 12),
    Page("score, GET", "form, GET", 3.0, 1.7, 12),
    Page("score, POST", "form, POST", 2.0, 1.4, 10),
    Page("score, POST without script", "form, POST", 2.0, 1.4, 10),
    Page("results", "table of 50 rows", 4.0, 2.0, 12),
)
# Processor time a request with the most applicants ÷ with the fewest.
GROWTH_MUST, GROWTH_AIM = 1.3, 1.15


@dataclass(frozen=True)
class Background:
    """Work that nobody waits for; `must` and `aim` are how many a second."""

    name: str
    must: float
    aim: float


MAIL = Background("reminder mails, text and HTML, one connection a batch", 600, 800)
JOBS = Background("background jobs with one write", 1000, 1250)
