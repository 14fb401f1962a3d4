"""The forms of the report and the outcomes of an application, read from the law."""

from datetime import date

import pytest

from gongkai.statutes import BeforeTheLaw, decision, decisions, in_force, law, report_form

COLUMNS = [
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_organisation",
    "legal_service_organisation",
    "other",
    "total",
]


@pytest.mark.parametrize(
    ("year", "name", "rows", "two"),
    [
        (2017, "narrative", 0, 0),
        (2019, "2019", 23, 8),
        (2020, "2019", 23, 8),
        (2021, "2021", 25, 6),
        (2025, "2021", 25, 6),
    ],
)
def test_each_report_year_has_its_form(year: int, name: str, rows: int, two: int) -> None:
    form = report_form(year)
    assert form.name == name
    assert (len(form.three.rows) if form.three else 0) == rows
    assert sum(len(block.rows) for block in form.two) == two


def test_the_forms_differ_where_the_new_one_changed() -> None:
    old, new = report_form(2020), report_form(2023)
    assert old.three
    assert new.three
    assert old.four
    assert old.four.rows == (new.four and new.four.rows)
    assert [column.name for column in new.three.columns] == COLUMNS
    assert old.rows_of("other") == ("other_handling",)
    assert new.rows_of("other") == ("other_supplement_overdue", "other_fee_overdue", "other_remaining")
    assert [row.name for row in old.three.rows if not row.name.startswith("other_")] == [
        row.name for row in new.three.rows if not row.name.startswith("other_")
    ]
    assert set(old.relations) ^ set(new.relations) == {"R6", "R7"}


def test_a_year_without_a_regulation_has_no_form() -> None:
    with pytest.raises(BeforeTheLaw):
        report_form(2007)


def test_every_outcome_has_its_row_in_the_report() -> None:
    form = report_form(2024)
    assert form.three
    counted = {row.name for row in form.three.rows if row.group not in {"intake", "handled", "carried_over"}}
    assert {outcome.row for outcome in decisions(date(2024, 1, 1))} == counted


def test_every_outcome_has_its_remedy() -> None:
    remedies = in_force("remedy_by_result", date(2024, 1, 1)).table
    codes = [outcome.code for outcome in decisions(date(2024, 1, 1))]
    assert sorted([*remedies["choice"], *remedies["reconsideration_first"]]) == sorted(codes)


def test_outcomes_open_with_the_rules_that_made_them() -> None:
    assert "O2" not in {outcome.code for outcome in decisions(date(2020, 12, 31))}
    assert "O2" in {outcome.code for outcome in decisions(date(2021, 1, 1))}


def test_an_outcome_gives_its_basis_and_what_its_letter_must_contain() -> None:
    outcome = decision("N1", date(2024, 1, 1))
    assert outcome.basis == "《中华人民共和国政府信息公开条例》(国务院令第711号)第三十六条第(四)项、第三十六条第(五)项"
    assert "检索情况" in outcome.letter
    assert not decision("X5", date(2024, 1, 1)).confirmed


def test_every_outcome_parameter_is_listed() -> None:
    listed = {outcome.code for outcome in decisions(date(2024, 1, 1))}
    kept = {
        name.removeprefix("decision_").upper()
        for name in law().parameters
        if law().parameters[name].topic == "decisions"
    }
    assert kept - {"CODES"} == listed
