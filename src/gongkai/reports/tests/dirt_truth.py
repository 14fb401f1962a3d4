"""Known reports to be made dirty: random figures that keep every relation of their form."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from gongkai.statutes import ReportForm, report_form

Table = dict[str, dict[str, int]]
KINDS_OF_APPLICANT = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_organisation",
    "legal_service_organisation",
    "other",
)
SIZES = (60, 8, 2, 2, 3, 2)
ORGANS = (
    "上海市临江区人民政府",
    "上海市临江区教育局",
    "上海市临江区住房保障和房屋管理局",
    "上海市临江区人民政府江湾街道办事处",
    "上海市望海区市场监督管理局",
    "上海市望海区行政服务中心",
)
GROUPS = ("granted_or_partial", "withheld", "unable", "not_processed", "other_handling")
RESULTS = ("upheld", "corrected", "other_result", "pending")


@dataclass(frozen=True)
class Claim:
    """A figure of the running text, with its share of what was answered where the text gives one."""

    name: str
    value: int
    share: Decimal | None = None


@dataclass(frozen=True)
class Truth:
    """What a report says, before anything has happened to it."""

    organ: str
    year: int
    form: str
    two: Table
    three: Table
    four: Table
    claims: tuple[Claim, ...] = field(default=())

    @property
    def title(self) -> str:
        """The title as printed."""
        return f"{self.organ}{self.year}年政府信息公开工作年度报告"

    @property
    def shape(self) -> ReportForm:
        """The form of its year."""
        return report_form(self.year)

    def claim(self, name: str) -> Claim:
        """The claim of a name."""
        return next(claim for claim in self.claims if claim.name == name)

    def cells(self) -> dict[tuple[str, str, str], int]:
        """Every cell by table, row and column: what a reader is measured against."""
        tables = {"two": self.two, "three": self.three, "four": self.four}
        return {
            (table, row, column): figure
            for table, rows in tables.items()
            for row, columns in rows.items()
            for column, figure in columns.items()
        }


def make_report(rng: Random, *, form: str = "", organ: str = "") -> Truth:
    """A report of the 2019 or the 2021 form that breaks no relation."""
    form = form or rng.choice(("2019", "2021"))
    year = rng.choice((2019, 2020)) if form == "2019" else rng.choice((2021, 2022, 2023, 2024))
    shape = report_form(year)
    two, three, four = _two(shape, rng), _three(shape, rng), _four(rng)
    return Truth(organ or rng.choice(ORGANS), year, form, two, three, four, _claims(shape, three, four))


def _two(shape: ReportForm, rng: Random) -> Table:
    table: Table = {}
    for block in shape.two:
        for row in block.rows:
            table[row.name] = {column.name: _figure(row.name, column.name, rng) for column in block.columns}
    return table


def _figure(row: str, column: str, rng: Random) -> int:
    if row == "rules":
        return 0
    if column == "change":
        return rng.choice((-1, 1)) * rng.randrange(0, 60)
    largest = {"decisions": 2_000_000, "amount_yuan": 900_000_000, "amount_ten_thousand_yuan": 90_000}.get(column, 400)
    return rng.choice((0, rng.randrange(1, 40), rng.randrange(1, largest)))


def _three(shape: ReportForm, rng: Random) -> Table:
    if not shape.three:
        raise ValueError(shape.name)
    names = [row.name for row in shape.three.rows]
    outcomes = [row.name for row in shape.three.rows if row.group not in {"intake", "handled", "carried_over"}]
    table: Table = {name: {} for name in names}
    for kind, size in zip(KINDS_OF_APPLICANT, SIZES, strict=True):
        received, carried_in = rng.randrange(0, size * 20), rng.randrange(0, size)
        carried_over = rng.randrange(0, min(size, received + carried_in) + 1)
        handled = received + carried_in - carried_over
        for name, figure in zip(outcomes, _split(handled, len(outcomes), rng), strict=True):
            table[name][kind] = figure
        table["new_received"][kind], table["carried_in"][kind] = received, carried_in
        table["handled_total"][kind], table["carried_over"][kind] = handled, carried_over
    for row in table.values():
        row["total"] = sum(row.values())
    return table


def _split(whole: int, parts: int, rng: Random) -> list[int]:
    """Share a whole out over few of many parts, as real reports do: most cells are nought."""
    shares = [0] * parts
    favourites = rng.sample(range(parts), k=min(parts, 6))
    while whole:
        part = rng.randrange(1, whole + 1)
        shares[rng.choice(favourites)] += part
        whole -= part
    return shares


def _four(rng: Random) -> Table:
    table: Table = {}
    for block in ("administrative_reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        table[block] = {result: rng.choice((0, rng.randrange(0, 9), rng.randrange(0, 90))) for result in RESULTS}
        table[block]["total"] = sum(table[block].values())
    return table


def _claims(shape: ReportForm, three: Table, four: Table) -> tuple[Claim, ...]:
    answered = three["handled_total"]["total"]
    sums = {
        "granted_or_partial": _sum(three, ("granted", "partially_granted")),
        "withheld": _sum(three, shape.rows_of("withheld")),
        "unable": _sum(three, shape.rows_of("unable")),
        "not_processed": _sum(three, shape.rows_of("not_processed")),
        "other_handling": _sum(three, shape.rows_of("other")),
    }
    suits = [four[block] for block in ("litigation_direct", "litigation_after_reconsideration")]
    return (
        Claim("received", three["new_received"]["total"]),
        Claim("answered", answered),
        Claim("carried_in", three["carried_in"]["total"]),
        Claim("carried_over", three["carried_over"]["total"]),
        *(Claim(name, figure, share(figure, answered)) for name, figure in sums.items()),
        Claim("reconsideration", four["administrative_reconsideration"]["total"]),
        Claim("reconsideration_corrected", four["administrative_reconsideration"]["corrected"]),
        Claim("litigation", sum(suit["total"] for suit in suits)),
        Claim("litigation_corrected", sum(suit["corrected"] for suit in suits)),
    )


def _sum(three: Table, rows: Sequence[str]) -> int:
    return sum(three[row]["total"] for row in rows)


def share(part: int, whole: int) -> Decimal | None:
    """Per cent with two decimals, half up; nothing of nothing."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else None
