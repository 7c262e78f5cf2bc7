"""What the benchmark posts: the fields that the page hands out, and something else each time."""

from itertools import islice

import pytest

from benchmarks import client
from benchmarks.client import Call, forms_of, send


class Site:
    """A page with one value, its version, and a fingerprint of the value."""

    def __init__(self, *, counts: bool) -> None:
        self.value, self.version, self.counts = "b", 1, counts

    @property
    def shown(self) -> str:
        return str(self.version) if self.counts else f"seen-{self.value}"

    def exchange(self, port: int, request: bytes) -> bytes:
        head, _, body = request.decode().partition("\r\n\r\n")
        if head.startswith("GET"):
            return f'HTTP/1.0 200 OK\r\n\r\n<input name="seen" value="{self.shown}">'.encode()
        sent = dict(pair.split("=") for pair in body.split("&"))
        if sent["seen"] != self.shown:
            return b"HTTP/1.0 409 Conflict\r\n\r\nchanged elsewhere"
        if sent["value"] != self.value:
            self.value, self.version = sent["value"], self.version + 1
        return b"HTTP/1.0 302 Found\r\nLocation: /on/\r\n\r\n"


@pytest.fixture(params=[True, False], ids=["a version that rises", "a fingerprint"])
def site(request, monkeypatch) -> Site:
    made = Site(counts=request.param)
    monkeypatch.setattr(client, "_exchange", made.exchange)
    return made


def saving(*values: str) -> Call:
    forms = [{"value": value} for value in values]
    return Call("/page/", "Location: /on/", "", forms, "/page/", {"seen": r'value="(\S+)"'}, status=302)


def test_each_posting_changes_what_the_last_one_left(site):
    call = saving("a", "b")

    values = []
    for form in islice(forms_of(0, call), 5):
        send(0, call, form)
        values.append(site.value)

    assert values == ["a", "b", "a", "b", "a"]


def test_an_answer_that_is_not_the_expected_one_is_an_error(site):
    with pytest.raises(RuntimeError, match="/page/ should answer 302"):
        send(0, saving("a"), {"value": "a", "seen": "stale"})


def test_a_field_that_the_page_does_not_hand_out_is_an_error(site):
    call = Call("/page/", "", "", [{"value": "a"}], "/page/", {"version": r'name="version" value="(\d+)"'}, status=302)

    with pytest.raises(RuntimeError, match="/page/ does not hand out version"):
        forms_of(0, call)


def test_a_page_that_is_only_read_is_sent_nothing():
    assert list(islice(forms_of(0, Call("/", "Home")), 2)) == [None, None]
