"""How a reader wants pages shown. Kept in two cookies, so it works without JavaScript and on every address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.kernel.labelled import Labelled

MODE_COOKIE = "gongkai_mode"
THEME_COOKIE = "gongkai_theme"
COOKIE_AGE = 365 * 24 * 60 * 60


class Mode(Labelled):
    """版式."""

    STANDARD = "standard", "标准版"
    ELDER = "elder", "长者版"


class Theme(Labelled):
    """明暗."""

    LIGHT = "light", "浅色"
    DARK = "dark", "深色"


@dataclass(frozen=True)
class Display:
    """The reader's two choices."""

    mode: Mode = Mode.STANDARD
    theme: Theme = Theme.LIGHT


def read_display(cookies: Mapping[str, str]) -> Display:
    """The choices in the cookies; anything unknown counts as no choice."""
    mode, theme = cookies.get(MODE_COOKIE, ""), cookies.get(THEME_COOKIE, "")
    return Display(
        mode=Mode(mode) if mode in set(Mode) else Mode.STANDARD,
        theme=Theme(theme) if theme in set(Theme) else Theme.LIGHT,
    )
