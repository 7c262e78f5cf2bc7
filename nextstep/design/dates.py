"""Dates and times in words, as the NHS writes them. Moments are shown in London."""

from datetime import date, datetime, time, timedelta

from nextstep.clock import LONDON


def date_words(day: date) -> str:
    """Reads "2 June 2025"."""
    return f"{day.day} {day:%B %Y}"


def weekday_words(day: date) -> str:
    """Reads "Monday 2 June 2025"."""
    return f"{day:%A} {date_words(day)}"


def time_words(moment: time) -> str:
    """Reads "5:30pm", "5pm", "midday", "midnight"."""
    if (moment.hour, moment.minute) in {(0, 0), (12, 0)}:
        return "midday" if moment.hour else "midnight"
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'pm' if moment.hour >= 12 else 'am'}"


def moment_words(moment: datetime) -> str:
    """Reads "2 June 2025 at 5pm", in London."""
    local = moment.astimezone(LONDON)
    return f"{date_words(local)} at {time_words(local.time())}"


def span_words(start: datetime, end: datetime) -> str:
    """Reads "2 June 2025, 9am to 5pm", or both days where they differ."""
    first, last = start.astimezone(LONDON), end.astimezone(LONDON)
    if first.date() == last.date():
        return f"{date_words(first)}, {time_words(first.time())} to {time_words(last.time())}"
    return f"{moment_words(first)} to {moment_words(last)}"


def times_words(start: datetime, end: datetime) -> str:
    """Reads "9am to 5pm", in London; the days too where they differ."""
    first, last = start.astimezone(LONDON), end.astimezone(LONDON)
    if first.date() == last.date():
        return f"{time_words(first.time())} to {time_words(last.time())}"
    return span_words(start, end)


def last_moment_words(exclusive_end: datetime) -> str:
    """The last minute before a half-open end: midnight on 3 June is "11:59pm on 2 June 2025"."""
    # Counted in UTC: in London's own time the hour that the clocks skip would be counted.
    last = (exclusive_end - timedelta(minutes=1)).astimezone(LONDON)
    return f"{time_words(last.time())} on {date_words(last)}"
