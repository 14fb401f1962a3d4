"""What is wrong with a page that stands open: what axe finds, and what does not fit on the screen."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Each text's colours are read anew by axe from a few strings, which took a quarter of its time.
REMEMBER = """
(() => {
  const made = axe.commons.color.Color.prototype, read = made.parseString, known = new Map();
  made.parseString = function (text) {
    const found = known.get(text);
    if (found) return Object.assign(this, found);
    read.call(this, text);
    known.set(text, {r: this.r, g: this.g, b: this.b, alpha: this.alpha});
    return this;
  };
})()
"""
RUN = "([within, options]) => axe.run(within || document, options).then(found => found.violations)"


def faults(page: Page, *, contrast: bool = True, within: str = "") -> list[str]:
    """Every fault as its rule and place: WCAG 2.2 AA, the good practice axe knows, and no scrolling sideways.

    Contrast takes most of axe's time: where only words or width differ from a display that was looked at, it is left out.
    """
    options: dict[str, Any] = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    if not contrast:
        options["rules"] = {"color-contrast": {"enabled": False}}
    page.evaluate(_axe())
    found = [_told(fault) for fault in page.evaluate(RUN, [within, options])]
    return found + (["wider than the screen"] if page.evaluate(WIDER) else [])


def _told(fault: Mapping[str, Any]) -> str:
    return f"{fault['id']} at {[node['target'] for node in fault['nodes'][:3]]}"


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8") + ";" + REMEMBER
