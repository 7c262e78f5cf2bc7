"""What every page must stand: axe (WCAG 2.2 AA), 320 px, 200% zoom, forced colours.

`check_page(page)` on the page as it stands, in its valid and in its error state. axe tests neither reflow, zoom nor
forced colours, so those are asserted beside it. Each check names the elements that break it.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
NARROW: ViewportSize = {"width": 320, "height": 640}
# A window of 1280 px at 200%.
ZOOMED: ViewportSize = {"width": 640, "height": 450}


class PageIsBroken(AssertionError):
    """Lists what is wrong, one thing a line."""


def check_page(page: Page) -> None:
    """Every check, at every size; the page is left as it was found."""
    problems = [f"{name}: {problem}" for name, check in CHECKS.items() for problem in check(page)]
    if problems:
        raise PageIsBroken(f"{page.url} ({page.title()})\n" + "\n".join(problems))


def axe(page: Page) -> list[str]:
    """Violations found by axe at 1280 and at 320 px."""
    found = []
    for size in (DESKTOP, NARROW):
        with _size(page, size):
            found += [f"at {size['width']} px, {problem}" for problem in _run_axe(page)]
    return found


def reflow(page: Page) -> list[str]:
    """What makes a window of 320 px scroll sideways."""
    with _size(page, NARROW):
        return _too_wide(page)


def zoom(page: Page) -> list[str]:
    """What is cut off or scrolls sideways at 200%, of the window and of the text alone."""
    with _size(page, ZOOMED):
        found = [f"at 640 px, {problem}" for problem in _too_wide(page) + _cut_off(page)]
    with _size(page, DESKTOP), _large_text(page):
        return found + [f"with text at 200%, {problem}" for problem in _too_wide(page) + _cut_off(page)]


def forced_colours(page: Page) -> list[str]:
    """Controls without an edge and focus without an outline once the person's own colours replace ours."""
    page.emulate_media(forced_colors="active")
    try:
        return list(page.evaluate(_FORCED_COLOURS))
    finally:
        page.emulate_media(forced_colors="none")


CHECKS: dict[str, Callable[[Page], list[str]]] = {
    "axe": axe,
    "reflow": reflow,
    "zoom": zoom,
    "forced colours": forced_colours,
}


@cache
def _axe_source() -> str:
    return AXE.read_text()


def _run_axe(page: Page) -> Iterator[str]:
    # Evaluated, since the content security policy would block a script element.
    page.evaluate(_axe_source())
    options = json.dumps({"runOnly": {"type": "tag", "values": WCAG_22_AA}, "resultTypes": ["violations"]})
    for violation in page.evaluate(f"axe.run(document, {options}).then(({{violations}}) => violations)"):
        for node in violation["nodes"]:
            yield f"{violation['id']} ({violation['help']}): {' '.join(map(str, node['target']))}"


@contextmanager
def _size(page: Page, size: ViewportSize) -> Iterator[None]:
    before = page.viewport_size
    page.set_viewport_size(size)
    try:
        yield
    finally:
        if before:
            page.set_viewport_size(before)


@contextmanager
def _large_text(page: Page) -> Iterator[None]:
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    try:
        yield
    finally:
        page.evaluate("document.documentElement.style.fontSize = ''")


def _too_wide(page: Page) -> list[str]:
    return list(page.evaluate(_TOO_WIDE))


def _cut_off(page: Page) -> list[str]:
    return list(page.evaluate(_CUT_OFF))


_NAME = """
  const name = (el) => el.tagName.toLowerCase() + (el.id ? '#' + el.id : '')
    + [...el.classList].map((one) => '.' + one).join('');
  const hidden = (el) => {
    const box = el.getBoundingClientRect();
    return box.width <= 1 || box.height <= 1 || !el.checkVisibility({ visibilityProperty: true });
  };
"""

_TOO_WIDE = f"""() => {{
  {_NAME}
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (el) => el && el !== document.body && el !== root
    && (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(el).overflowX) || scrolls(el.parentElement));
  const wide = [...document.body.querySelectorAll('*')].filter(
    (el) => !hidden(el) && el.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(el.parentElement));
  return [`the page is ${{root.scrollWidth}} px wide: ${{wide.slice(0, 5).map(name).join(', ')}}`];
}}"""

# An element that hides what overflows it, and holds words that do.
_CUT_OFF = f"""() => {{
  {_NAME}
  return [...document.body.querySelectorAll('*')].filter((el) => {{
    const style = getComputedStyle(el);
    const hides = (way) => ['hidden', 'clip'].includes(way);
    const cut = (hides(style.overflowY) && el.scrollHeight > el.clientHeight + 2)
      || (hides(style.overflowX) && el.scrollWidth > el.clientWidth + 2);
    return cut && !hidden(el) && el.textContent.trim() && !['SELECT', 'OPTION', 'svg'].includes(el.tagName);
  }}).map((el) => `words are cut off in ${{name(el)}}`);
}}"""

# Shadows and backgrounds vanish under forced colours; borders and outlines stay, transparent ones too.
_FORCED_COLOURS = f"""() => {{
  {_NAME}
  const drawn = (style, what) => style[what + 'Style'] !== 'none' && parseFloat(style[what + 'Width']) >= 1;
  const edged = (style) => ['borderTop', 'borderBottom', 'outline'].some((side) => drawn(style, side));
  const label = (el) => el.id && document.querySelector(`label[for="${{CSS.escape(el.id)}}"]`);
  const looks = (el) => [
    getComputedStyle(el),
    ...(label(el) ? [getComputedStyle(label(el), '::before')] : []),
    ...(el.type === 'file' ? [getComputedStyle(el, '::file-selector-button')] : []),
  ];
  const problems = [];
  const controls = 'button, [role=button], input:not([type=hidden]), select, textarea';
  for (const el of document.querySelectorAll(controls)) {{
    const underlined = getComputedStyle(el).textDecorationLine.includes('underline');
    if (!hidden(el) && !underlined && !looks(el).some(edged)) problems.push(`no edge on ${{name(el)}}`);
  }}
  const before = document.activeElement;
  for (const el of document.querySelectorAll(`a[href], summary, [tabindex="0"], ${{controls}}`)) {{
    if (hidden(el) || el.disabled) continue;
    el.focus({{ preventScroll: true, focusVisible: true }});
    if (document.activeElement === el && !looks(el).some((style) => drawn(style, 'outline'))) {{
      problems.push(`no outline on ${{name(el)}} in focus`);
    }}
  }}
  if (before && before.focus) before.focus({{ preventScroll: true }});
  return problems;
}}"""
