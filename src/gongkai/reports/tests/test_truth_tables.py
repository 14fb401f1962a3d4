"""The truth tables of the seeds agree with themselves: their arithmetic is done again here, from their own cells."""

from pathlib import Path
from typing import Any

import pytest

from gongkai.kernel.written import from_yaml
from gongkai.statutes import report_form

FOLDER = Path(__file__).parent / "cases" / "seeds"
REPORTS: dict[str, dict[str, Any]] = {
    path.stem: from_yaml(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
}
WITH_TABLES = [name for name, report in REPORTS.items() if "three" in report["tables"]]
INTAKE = ("new_received", "carried_in", "handled_total", "carried_over")


def broken(name: str, relation: str) -> set[str]:
    """Where a report is said to break a relation."""
    found = [finding for finding in REPORTS[name]["expected_findings"] if finding["relation"] == relation]
    return {finding["where"].removeprefix("table three: ") for finding in found}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_the_form_of_its_year(name: str) -> None:
    assert report_form(REPORTS[name]["year"]).name == REPORTS[name]["form"]


@pytest.mark.parametrize("name", WITH_TABLES)
def test_table_three_has_the_rows_and_columns_of_its_form(name: str) -> None:
    form = report_form(REPORTS[name]["year"])
    assert form.three
    table = REPORTS[name]["tables"]["three"]
    assert list(table) == [row.name for row in form.three.rows]
    assert all(list(row) == [column.name for column in form.three.columns] for row in table.values())


@pytest.mark.parametrize("name", WITH_TABLES)
def test_columns_break_relations_only_where_it_is_said(name: str) -> None:
    table = REPORTS[name]["tables"]["three"]
    unequal, unsummed = set(), set()
    for column in table["new_received"]:
        new, carried_in, handled, carried_over = (table[row][column] for row in INTAKE)
        if new + carried_in != handled + carried_over:
            unequal.add(column)
        if sum(table[row][column] for row in table if row not in INTAKE) != handled:
            unsummed.add(column)
    assert (unequal, unsummed) == (broken(name, "R1"), broken(name, "R2"))
    assert REPORTS[name]["expected_holds"]["R1"]["holds"] == 7 - len(unequal)


@pytest.mark.parametrize("name", WITH_TABLES)
def test_rows_break_relations_only_where_it_is_said(name: str) -> None:
    table = REPORTS[name]["tables"]["three"]
    wrong = {row for row, cells in table.items() if sum(cells.values()) != 2 * cells["total"]}
    assert wrong == broken(name, "R3")
    assert REPORTS[name]["expected_holds"]["R3"]["holds"] == len(table) - len(wrong)


@pytest.mark.parametrize("name", [name for name, report in REPORTS.items() if "four" in report["tables"]])
def test_blocks_break_relations_only_where_it_is_said(name: str) -> None:
    blocks = REPORTS[name]["tables"]["four"]
    assert {block for block, cells in blocks.items() if sum(cells.values()) != 2 * cells["total"]} == broken(name, "R4")


@pytest.mark.parametrize("name", REPORTS)
def test_a_finding_states_its_own_difference(name: str) -> None:
    for finding in REPORTS[name]["expected_findings"]:
        assert finding["severity"] in {"error", "warning", "information"}
        assert finding["scope"] in {"core", "beyond"}
        if isinstance(finding["left"], int) and finding["difference"] is not None:
            assert finding["difference"] == finding["left"] - finding["right"]
