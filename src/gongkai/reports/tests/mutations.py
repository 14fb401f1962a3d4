"""Changes to the layout of a report that leave its figures as they are: what copying does to a text."""

from random import Random

NOISE = (
    "- 3 -",
    "— 12 —",
    "第 5 页 共 9 页",
    "3/9",
    "",
    "\t\t",
    "|",
    "热门搜索",
    "查看价格",
    "免费服务热线: 400-000-0000",
    "  • 13%",
    "某某园林有限公司",
    "首页 > 百科",
)
FIGURES = frozenset("0123456789-,.%")


def mutate(text: str, rng: Random) -> str:
    """One to four changes at random places: lines split, merged, doubled, lost; blanks lost; noise between.

    A bare figure put in and a line lost do not go together: at one place they are another figure, not another layout.
    """
    lines = text.split("\n")
    changes = rng.choices(CHANGES, k=rng.randrange(1, 5))
    if _lose in changes:
        changes = [change for change in changes if change is not _insert_a_figure]
    for change in changes:
        at = rng.randrange(len(lines))
        lines[at : at + 2] = change(lines[at : at + 2], rng)
        lines = lines or [""]
    return "\n".join(lines)


def _split(lines: list[str], rng: Random) -> list[str]:
    place = rng.randrange(len(lines[0]) + 1)
    return [lines[0][:place], lines[0][place:], *lines[1:]]


def _merge(lines: list[str], rng: Random) -> list[str]:
    return [rng.choice(("", " ", "\t")).join(lines)]


def _lose_a_blank(lines: list[str], _rng: Random) -> list[str]:
    blank = "\t\t" if "\t\t" in lines[0] else " "
    return [lines[0].replace(blank, blank[1:], 1), *lines[1:]]


def _insert(lines: list[str], rng: Random) -> list[str]:
    return [rng.choice(NOISE), *lines]


def _insert_a_figure(lines: list[str], rng: Random) -> list[str]:
    return [str(rng.randrange(1, 30)), *lines]


def _double(lines: list[str], _rng: Random) -> list[str]:
    return [lines[0], *lines]


def _lose(lines: list[str], _rng: Random) -> list[str]:
    return lines[1:]


def _tabs_to_spaces(lines: list[str], rng: Random) -> list[str]:
    return [lines[0].replace("\t", " " * rng.randrange(1, 5)), *lines[1:]]


def _strip(lines: list[str], _rng: Random) -> list[str]:
    return [lines[0].strip(), *lines[1:]]


def _lose_a_letter(lines: list[str], rng: Random) -> list[str]:
    letters = [at for at, letter in enumerate(lines[0]) if letter not in FIGURES]
    if not letters:
        return lines
    at = rng.choice(letters)
    return [lines[0][:at] + lines[0][at + 1 :], *lines[1:]]


CHANGES = (
    *(_split, _merge, _lose_a_blank, _insert, _insert_a_figure, _double, _lose, _tabs_to_spaces, _strip),
    _lose_a_letter,
)
