"""The forms of a page as a browser would send them, untouched."""

from html.parser import HTMLParser
from urllib.parse import urljoin

NEVER_SENT = {"submit", "button", "image", "reset", "file"}

Fields = dict[str, list[str]]


class _Forms(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[tuple[str, Fields]] = []
        self.fields: Fields | None = None
        self.select = self.textarea = ""
        self.options: list[tuple[str, bool]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.fields = {}
            self.found.append((urljoin(self.address, given.get("action") or self.address), self.fields))
        elif self.fields is not None:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str | None]) -> None:
        name, value = given.get("name") or "", given.get("value")
        if tag == "input" and name and (given.get("type") or "text") not in NEVER_SENT:
            ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            if ticked:
                self._add(name, "on" if value is None and "checked" in given else value or "")
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option" and self.select:
            self.options.append((value or "", "selected" in given))
        elif tag == "textarea":
            self.textarea, self.text = name, ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.fields = None
        elif tag == "textarea" and self.textarea:
            # The first line break of a text area is the markup's.
            self._add(self.textarea, self.text.removeprefix("\r\n").removeprefix("\n"))
            self.textarea = ""
        elif tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected] or [v for v, _ in self.options[:1]]
            for value in chosen:
                self._add(self.select, value)
            self.select = ""

    def _add(self, name: str, value: str) -> None:
        if self.fields is not None:
            self.fields.setdefault(name, []).append(value)


def forms_of(markup: str, address: str) -> list[tuple[str, Fields]]:
    """Where each form of a page at `address` is sent, and what stands in it."""
    parser = _Forms(address)
    parser.feed(markup)
    parser.close()
    return parser.found


def form_to(markup: str, address: str, target: str) -> Fields:
    """What stands in the form of this page that is sent to `target`."""
    found = [fields for action, fields in forms_of(markup, address) if action.split("#")[0] == target]
    assert found, f"{address} has no form for {target}: {[action for action, _ in forms_of(markup, address)]}"
    return found[0]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside_main = False
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside_main = self.inside_main or tag == "main"
        if tag == "input" and given.get("type") != "hidden":
            self.words.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.inside_main = self.inside_main and tag != "main"

    def handle_data(self, data: str) -> None:
        if self.inside_main:
            self.words.append(data)


def read(markup: str) -> str:
    """The words of a page's main part, with what stands in its fields."""
    reader = _Words()
    reader.feed(markup)
    reader.close()
    return " ".join(" ".join(reader.words).split())
