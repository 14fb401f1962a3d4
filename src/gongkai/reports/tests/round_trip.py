"""From known figures to messy text and back: what share of the cells comes home, and whether any comes home changed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from gongkai.reports.reading.files import document_of, read_document
from gongkai.reports.reading.model import Reading, State, Unreadable
from gongkai.reports.tests.dirt import KINDS, LAYOUTS, lossy, make_report, render
from gongkai.reports.tests.dirt_truth import Truth


@dataclass
class Tally:
    """Cells and claims of a number of round trips."""

    cells: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def recovered(self) -> float:
        """The share of the cells that came home."""
        return self.cells["right"] / max(1, self.cells.total())

    def add(self, truth: Truth, readings: Sequence[Reading]) -> None:
        """Count one report."""
        own = [r for r in readings if r.year == truth.year and r.organ == truth.organ]
        reading = own[0] if own else None
        for (table, row, column), value in truth.cells().items():
            figure = getattr(reading, table, {}).get(row, {}).get(column)
            if figure is None or figure.state is State.UNREAD:
                self.cells["unread"] += 1
            elif (figure.value or 0) == value:
                self.cells["right"] += 1
            else:
                self.cells["wrong"] += 1
                self.wrong.append(f"{table} {row} {column}: {value} read as {figure.value}")
        for claim in truth.claims:
            found = [c for c in reading.claims if c.kind == claim.name] if reading else []
            right = [c for c in found if c.value == claim.value and (not claim.share or c.share == str(claim.share))]
            self.claims["right" if right else "unread"] += 1
            self.claims["wrong"] += sum(1 for c in found if c.value != claim.value)
            self.wrong += [f"{claim.name}: {claim.value} read as {c.value}" for c in found if c.value != claim.value]


def travel(layout: str, dirts: Sequence[str], seeds: Iterable[int]) -> Tally:
    """Make reports, make them dirty, read them."""
    tally = Tally()
    for seed in seeds:
        truth = make_report(Random(seed))
        dirty = render(truth, layout, dirts, Random(seed + 1))
        tally.add(truth, read_bytes(dirty if isinstance(dirty, bytes) else dirty.encode()))
    return tally


def read_bytes(data: bytes) -> list[Reading]:
    """The reports in a file's bytes; none when it is refused."""
    try:
        return read_document(document_of("report", data))
    except Unreadable:
        return []


def table(seeds: Sequence[int]) -> list[str]:
    """For each kind of dirt and each layout the share of cells recovered; a star where the dirt destroys its figures."""
    lines = ["种类　" + "　".join(LAYOUTS)]
    for name, kind in KINDS.items():
        shares = []
        for layout in LAYOUTS:
            if layout not in kind.layouts:
                shares.append("—")
                continue
            tally = travel(layout, [name], seeds)
            star = "*" if lossy([name], layout) else ""
            wrong = f"!{tally.cells['wrong'] + tally.claims['wrong']}" if tally.wrong else ""
            shares.append(f"{100 * tally.recovered:.1f}{star}{wrong}")
        lines.append(f"{kind.label}　{'　'.join(shares)}")
    return lines


if __name__ == "__main__":
    print("\n".join(table(range(5))))  # noqa: T201 - a command prints
