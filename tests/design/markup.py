"""Markup reduced to what matters, for comparison by equality."""

from html.parser import HTMLParser

VOID = {"input", "br", "hr", "img", "meta", "link", "path"}


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.lines: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = "".join(f" {name}" if value is None else f' {name}="{value}"' for name, value in sorted(attrs))
        self.lines.append("  " * self.depth + f"<{tag}{written}>")
        self.depth += tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in VOID

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.lines.append("  " * self.depth + " ".join(data.split()))


def outline(markup: str) -> str:
    """One line for each element and text, indented by depth; attributes sorted, white space normalised."""
    parser = _Outline()
    parser.feed(markup)
    parser.close()
    return "\n".join(parser.lines)
