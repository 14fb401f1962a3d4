"""The words of the reports are those of the form in force and of the directory: said twice, held together here."""

import pytest

from gongkai.organisations.enums import ApplicantKind
from gongkai.reports.enums import GROUP_ROWS, KINDS, TABLE_TWO, Block, Column, Form, Group, Result, rows_of
from gongkai.statutes import report_form

YEARS = [(2019, Form.F2019), (2020, Form.F2019), (2021, Form.F2021), (2025, Form.F2021)]


def test_the_kinds_of_applicant_are_those_of_the_directory() -> None:
    assert [(k.value, k.label) for k in KINDS] == [(k.value, k.label) for k in ApplicantKind]


@pytest.mark.parametrize(("year", "form"), YEARS)
def test_tables_three_and_four_have_the_rows_and_columns_in_force(year: int, form: Form) -> None:
    due = report_form(year)
    assert due.name == form.value
    assert due.three is not None
    assert due.four is not None
    assert [row.name for row in due.three.rows] == [row.value for row in rows_of(form)]
    assert [column.name for column in due.three.columns] == [column.value for column in Column]
    assert {row.name for row in due.four.rows} == {block.value for block in Block}
    assert [column.name for column in due.four.columns] == [result.value for result in Result]


@pytest.mark.parametrize(("year", "form"), YEARS)
def test_table_two_has_the_rows_and_columns_in_force(year: int, form: Form) -> None:
    due = {row.name: [c.name for c in block.columns] for block in report_form(year).two for row in block.rows}
    assert due == {item.value: [m.value for m in measures] for item, measures in TABLE_TWO[form].items()}


@pytest.mark.parametrize(("year", "form"), YEARS)
def test_the_groups_of_results_are_those_in_force(year: int, form: Form) -> None:
    due = report_form(year)
    own = {group.value: tuple(r.value for r in GROUP_ROWS[group] if r in rows_of(form)) for group in Group}
    assert {group: tuple(due.rows_of(group)) for group in own} == own
