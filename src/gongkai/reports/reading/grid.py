"""Tables with merged cells laid out as tab-separated rows, every row as wide as the table."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

MOST_CELLS = 20_000


def expand(rows: Iterable[Sequence[tuple[str, int, int]]]) -> list[list[str]]:
    """Rows of (text, columns spanned, rows spanned) as a full grid; a merged cell keeps its text in its first place.

    Spans are cut at ``MOST_CELLS`` cells in all, so a table that claims to be huge stays small.
    """
    grid: list[list[str]] = []
    held: dict[int, int] = {}
    cells = 0
    for row in rows:
        line: list[str] = []
        queue = deque(row)
        last = _last_held(held)
        while queue or len(line) <= last:
            at = len(line)
            if held.get(at, 0) > 0:
                held[at] -= 1
                line.append("")
            elif queue:
                text, across, down = queue.popleft()
                across, down = _bounded(across, cells), _bounded(down, cells)
                line.extend([text, *[""] * (across - 1)])
                held.update(dict.fromkeys(range(at, at + across), down - 1))
            else:
                line.append("")
        grid.append(line)
        cells += len(line)
        if cells > MOST_CELLS:
            break
    return grid


def _last_held(held: dict[int, int]) -> int:
    return max((at for at, rows in held.items() if rows > 0), default=-1)


def _bounded(span: int, cells: int) -> int:
    return max(1, min(span, 100, MOST_CELLS - cells))


def as_text(grid: Sequence[Sequence[str]]) -> str:
    """The grid as lines of tab-separated cells; a single column stays plain lines."""
    width = max((len(row) for row in grid), default=0)
    lines = ["\t".join(_one_line(cell) for cell in [*row, *[""] * (width - len(row))]) for row in grid]
    return "\n".join(lines)


def _one_line(cell: str) -> str:
    pieces = [piece.strip() for piece in cell.replace("\t", " ").splitlines() if piece.strip()]
    out = ""
    for piece in pieces:
        glue = (
            " " if out and out[-1].isascii() and out[-1].isalnum() and piece[0].isascii() and piece[0].isalnum() else ""
        )
        out += glue + piece
    return out
