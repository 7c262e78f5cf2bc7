"""A page without a mouse: Tab reaches every control, and shows where it is."""

from typing import Any

from playwright.sync_api import Page

# A control's look, with that of the label that draws a radio or checkbox, and of what is around it.
_LOOKS = """
  const drawn = (style) => ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'backgroundColor',
    'borderTopColor', 'borderTopWidth', 'color', 'textDecorationLine'].map((one) => style[one]).join(' ');
  const looks = (el) => {
    const label = el.id && document.querySelector(`label[for="${CSS.escape(el.id)}"]`);
    return drawn(getComputedStyle(el)) + (label ? drawn(getComputedStyle(label, '::before')) : '')
      + drawn(getComputedStyle(el.parentElement));
  };
"""
_CONTROLS = f"""() => {{
  {_LOOKS}
  const focusable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]';
  const seen = new Set();
  // Of a group of radios Tab reaches one: the one chosen, else the first.
  const isReached = (el) => {{
    if (el.type !== 'radio') return true;
    const group = [...document.getElementsByName(el.name)].filter((other) => other.form === el.form);
    return el === (group.find((other) => other.checked) || group[0]);
  }};
  const isThere = (el) => !el.disabled && el.tabIndex >= 0 && el.checkVisibility({{ visibilityProperty: true }});
  window.controls = [...document.querySelectorAll(focusable)].filter((el) => isThere(el) && isReached(el));
  window.looksBefore = window.controls.map(looks);
  return window.controls.map((el) => (el.textContent || el.name || el.value || el.id).trim().slice(0, 40));
}}"""
# Where a field has taken the focus by itself, Tab would go on from there. And Chromium drops keys until it has painted.
_FROM_THE_TOP = """async () => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  window.scrollTo(0, 0);
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
}"""
_FOCUSED = f"""() => {{
  {_LOOKS}
  const at = window.controls.indexOf(document.activeElement);
  return {{ at, shown: at < 0 || looks(document.activeElement) !== window.looksBefore[at],
    other: at < 0 ? document.activeElement.outerHTML.slice(0, 80) : '' }};
}}"""


def keyboard_problems(page: Page) -> list[str]:
    """What Tab does not reach from the top of the page, or reaches without showing it."""
    # Transitions would show the old look for a moment.
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(_FROM_THE_TOP)
    names: list[str] = page.evaluate(_CONTROLS)
    problems, reached = [], []
    for _ in names:
        page.keyboard.press("Tab")
        focused: dict[str, Any] = page.evaluate(_FOCUSED)
        if focused["at"] < 0:
            problems.append(f"Tab reaches something else: {focused['other']}")
            continue
        reached.append(focused["at"])
        if not focused["shown"]:
            problems.append(f"the focus is not seen on {names[focused['at']]!r}")
    missed = [names[index] for index in range(len(names)) if index not in reached]
    problems += [f"Tab does not reach {name!r}" for name in missed]
    return problems
