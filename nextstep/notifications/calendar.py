"""Calendar entries that Outlook, Google and Apple read right across the clock changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vDatetime, vText

from nextstep import clock

REFRESH_EVERY = "PT1H"


@dataclass(frozen=True)
class CalendarEntry:
    """One event. `uid` never changes; `sequence` rises with each change; `cancelled` keeps it in the feed, struck out.

    `updated_at` makes a feed byte for byte the same until something changes; without it the entry is stamped now.
    """

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    location: str = ""
    description: str = ""
    sequence: int = 0
    cancelled: bool = False
    url: str = ""
    updated_at: datetime | None = None


@dataclass(frozen=True)
class CalendarPart:
    """What a mail carries beside its words: `method` is REQUEST or CANCEL, `content` the iCalendar text."""

    method: str
    content: str


def calendar_feed(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """A calendar to subscribe to, named `name`."""
    calendar = _calendar("PUBLISH", entries)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(clock.LONDON))
    # icalendar writes this duration without VALUE=DURATION (RFC 7986, 5.7) unless told.
    calendar.add("refresh-interval", vText(REFRESH_EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH_EVERY)
    return bytes(calendar.to_ical())


def invitation(entry: CalendarEntry, *, organiser: str, attendee: str) -> CalendarPart:
    """The part that puts `entry` into the attendee's own calendar, changes it, or (cancelled) takes it out again.

    `organiser` and `attendee` are e-mail addresses: calendars ignore a request that names neither.
    """
    method = "CANCEL" if entry.cancelled else "REQUEST"
    calendar = _calendar(method, [entry])
    event = calendar.events[0]
    event.add("organizer", vCalAddress(f"mailto:{organiser}"))
    guest = vCalAddress(f"mailto:{attendee}")
    guest.params["PARTSTAT"] = "NEEDS-ACTION"
    guest.params["RSVP"] = "FALSE"
    event.add("attendee", guest)
    return CalendarPart(method=method, content=calendar.to_ical().decode())


def _calendar(method: str, entries: Iterable[CalendarEntry]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Next Step//Portal//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_london())
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.summary)
    event.add("dtstamp", (entry.updated_at or clock.now()).astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(clock.LONDON))
    event.add("dtend", entry.ends_at.astimezone(clock.LONDON))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for name in ("location", "description", "url"):
        if value := getattr(entry, name):
            event.add(name, value)
    return event


def _london() -> Timezone:
    """Europe/London with the rules in force since 1996, as recurrences: Outlook does not read lists of dates."""
    zone = Timezone()
    zone.add("tzid", str(clock.LONDON))
    hour, none = timedelta(hours=1), timedelta(0)
    for part, name, start, month, before, after in (
        (TimezoneDaylight(), "BST", "19960331T010000", 3, none, hour),
        (TimezoneStandard(), "GMT", "19961027T020000", 10, hour, none),
    ):
        part.add("dtstart", vDatetime.from_ical(start))
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone
