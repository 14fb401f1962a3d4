"""The outcomes an application may have, as typed values."""

from dataclasses import dataclass
from datetime import date

from gongkai.statutes.law import Law, law
from gongkai.statutes.values import Cite, cited


@dataclass(frozen=True, slots=True)
class Decision:
    """Art. 36: one outcome, its row in the report, its legal basis, and what its letter must contain."""

    code: str
    label: str
    group: str
    row: str
    cites: tuple[Cite, ...]
    letter: tuple[str, ...]
    confirmed: bool

    @property
    def basis(self) -> str:
        """All articles it stands on."""
        return cited(self.cites)


def decision(code: str, day: date, source: Law | None = None) -> Decision:
    """The outcome of a code, as the law stood on a day."""
    source = source or law()
    name = f"decision_{code.lower()}"
    value = source.in_force(name, day)
    table = value.table
    return Decision(
        code=table["code"],
        label=source.parameter(name).label,
        group=table["group"],
        row=table["row"],
        cites=value.cites,
        letter=table["letter"],
        confirmed=value.confirmed,
    )


def decisions(day: date, source: Law | None = None) -> tuple[Decision, ...]:
    """Every outcome open to an officer on a day, in the order of the report."""
    source = source or law()
    return tuple(decision(code, day, source) for code in source.in_force("decision_codes", day).items)
