"""Calendar feeds and invitations, read back as a calendar program would, across the clock changes."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from nextstep.notifications.calendar import CalendarEntry, calendar_feed, invitation

STAMP = datetime(2026, 1, 1, tzinfo=UTC)


def entry(**changes):
    base = {
        "uid": "session-7@portal.test",
        "summary": "Masterclass 1",
        "starts_at": datetime(2026, 3, 2, 17, 30, tzinfo=UTC),
        "ends_at": datetime(2026, 3, 2, 19, 0, tzinfo=UTC),
        "updated_at": STAMP,
    }
    return CalendarEntry(**{**base, **changes})


def lines(feed):
    """The feed unfolded, line by line."""
    text = feed.decode() if isinstance(feed, bytes) else feed
    return re.sub(r"\r\n[ \t]", "", text).split("\r\n")


@pytest.mark.parametrize(
    ("start", "written"),
    [
        ("2026-03-28T17:30:00+00:00", "20260328T173000"),
        ("2026-03-29T00:59:00+00:00", "20260329T005900"),
        ("2026-03-29T01:00:00+00:00", "20260329T020000"),
        ("2026-03-30T16:30:00+00:00", "20260330T173000"),
        ("2026-10-24T16:30:00+00:00", "20261024T173000"),
        ("2026-10-25T01:00:00+00:00", "20261025T010000"),
        ("2026-10-26T17:30:00+00:00", "20261026T173000"),
    ],
)
def test_times_are_those_of_london_on_either_side_of_the_clock_changes(start, written):
    starts_at = datetime.fromisoformat(start)
    feed = calendar_feed("Next Step", [entry(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))])
    assert f"DTSTART;TZID=Europe/London:{written}" in lines(feed)


def offset_by_the_feed(moment):
    """The offset of a local time by the rules in the feed itself, for a program that knows no time zones."""
    zone = Calendar.from_ical(calendar_feed("Next Step", [entry()])).timezones[0]
    return zone.to_tz(lookup_tzid=False).utcoffset(moment)


@pytest.mark.parametrize(
    ("local", "hours"),
    [
        ("2026-01-15T12:00", 0),
        ("2026-03-29T00:30", 0),
        ("2026-03-29T02:30", 1),
        ("2026-07-15T12:00", 1),
        ("2026-10-25T00:30", 1),
        ("2026-10-25T02:30", 0),
        ("2030-03-31T02:30", 1),
        ("2030-12-24T12:00", 0),
    ],
)
def test_the_time_zone_in_the_feed_changes_when_london_does(local, hours):
    assert offset_by_the_feed(datetime.fromisoformat(local)) == timedelta(hours=hours)


def test_a_feed_says_its_name_and_how_often_to_look():
    feed = lines(calendar_feed("Next Step: Amina", [entry()]))
    assert "NAME:Next Step: Amina" in feed
    assert "X-WR-CALNAME:Next Step: Amina" in feed
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in feed
    assert "X-PUBLISHED-TTL:PT1H" in feed
    assert "METHOD:PUBLISH" in feed


def test_a_feed_is_byte_for_byte_the_same_until_something_changes():
    first = calendar_feed("Next Step", [entry()])
    assert calendar_feed("Next Step", [entry()]) == first
    assert calendar_feed("Next Step", [entry(sequence=1)]) != first


def test_an_entry_without_a_moment_of_change_is_stamped_now(set_clock):
    set_clock(2026, 7, 1, 12)
    assert "DTSTAMP:20260701T110000Z" in lines(calendar_feed("Next Step", [entry(updated_at=None)]))


def test_an_entry_is_read_back_whole():
    written = entry(
        location="The Møller Centre, Cambridge; room 2",
        description="Bring:\n* a badge, and\n* a QIP " + "x" * 100,
        url="https://portal.test/sessions/7/",
        sequence=3,
    )
    event = Calendar.from_ical(calendar_feed("Next Step", [written])).events[0]
    assert (event["uid"], event["sequence"], event["status"]) == (written.uid, 3, "CONFIRMED")
    assert (event.start, event.end) == (written.starts_at, written.ends_at)
    assert (str(event["location"]), str(event["description"])) == (written.location, written.description)
    assert event["url"] == written.url


def test_no_line_of_a_feed_is_longer_than_calendars_take():
    feed = calendar_feed("Next Step", [entry(description="ü" * 300)])
    assert max(len(line) for line in feed.split(b"\r\n")) <= 75


def test_a_cancelled_entry_stays_in_the_feed_and_says_so():
    event = Calendar.from_ical(calendar_feed("Next Step", [entry(cancelled=True, sequence=4)])).events[0]
    assert (event["status"], event["sequence"]) == ("CANCELLED", 4)


def test_an_empty_feed_is_a_calendar():
    assert Calendar.from_ical(calendar_feed("Next Step", [])).events == []


@pytest.mark.parametrize(
    ("cancelled", "method", "status"), [(False, "REQUEST", "CONFIRMED"), (True, "CANCEL", "CANCELLED")]
)
def test_an_invitation_names_both_sides_and_what_to_do(cancelled, method, status):
    part = invitation(entry(cancelled=cancelled), organiser="team@example.nhs.uk", attendee="amina@example.nhs.uk")
    calendar = Calendar.from_ical(part.content)
    event = calendar.events[0]
    assert (part.method, calendar["method"], event["status"]) == (method, method, status)
    assert (event["organizer"], event["attendee"]) == ("mailto:team@example.nhs.uk", "mailto:amina@example.nhs.uk")
    assert event["uid"] == "session-7@portal.test"
