"""The reference page of the words that files and interfaces use, written from the enumerations themselves.

`python -m gongkai.reports.tests.form_page` writes the page again.
"""

from collections.abc import Iterable
from pathlib import Path

from gongkai.kernel.labelled import Labelled
from gongkai.reports.command import CLEAN, FINDINGS, UNREADABLE
from gongkai.reports.enums import (
    TABLE_TWO,
    Block,
    Chapter,
    Column,
    Form,
    Item,
    Measure,
    Relation,
    Result,
    Row,
    Scope,
    Severity,
)
from gongkai.reports.rules.quantities import LABELS

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "report-form.md"
HEAD = """\
# The report form

The words that `gongkai report audit --json`, the database and the tables for download use for the national form of the
annual report on open-government work. Forms: 国办公开办函〔2019〕60号 (report years 2019 and 2020), 国办公开办函〔2021〕30号
(report years from 2021). A test holds this page against the program.
"""
STATUS = f"""\
## Exit status

`{CLEAN}` no error and no warning; `{FINDINGS}` errors or warnings; `{UNREADABLE}` a file could not be read.
"""
OBJECT = """\
## One report

`gongkai report audit --json FILE…` prints one object a line for each report found:

| name | holds |
|---|---|
| `organ`, `year`, `title` | as read; `year` is null when not found |
| `form`, `scope` | see below |
| `file` | the name of the file |
| `tables` | `two`, `three`, `four`: row, then column, then the figure; null where the author left a blank or it was not read |
| `relations` | every comparison made, those that hold too |
| `claims` | the figures stated in words |
| `chapters` | the chapters whose headings were found, in their order in the text |
| `unread` | what stands in the text, or should, and was not read: `what`, `text`, `source` |

A comparison: `relation`, `where`, `left`, `right` (numbers, or strings as printed, such as the share "47.68"), `difference`
(left less right; null when a side is no number), `holds`, `severity` (null when it holds), `text` (a sentence), `cause` (null
when the arithmetic points at none), `source`.

A claim: `kind`, `value`, `share` and `growth` (per cent, as printed), `approximate` (the word that makes it round), `scope`,
`parts` (the members of a list: `name`, `value`, `share`), `source`.

`source` is a place in the text of the file: `start` and `end`, counted in characters, the end not included.

## Places

| key of `where` | holds |
|---|---|
| `column`, `row`, `block` | a column or row of table three, a row of table two, a block of table four |
| `table`, `rows` | a table that is missing, or rows missing in it |
| `claim` | a kind of claim; `.share`, `.growth` and `.change` behind it name its share, its growth, its change in number |
| `part`, `place` | a member of a list; a place in the text |
| `chapter`, `site`, `statute`, `year` | a chapter, an address of a site, a statute, the report year |
| `from`, `to` | the two report years compared |
"""


def page() -> str:
    """The page as it must stand."""
    parts = [
        HEAD,
        STATUS,
        OBJECT,
        _table("Relations", Relation),
        _table("Severities", Severity),
        _table("Forms", Form),
        _table("Scopes", Scope),
        _table("Chapters", Chapter),
        _two(),
        _table("Columns of table three", Column),
        _rows(),
        _table("Blocks of table four", Block),
        _table("Columns of table four", Result),
        _claims(),
    ]
    return "\n".join(parts)


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f"| `{name}` | {label} |\n" for name, label in pairs)


def _table(title: str, words: Iterable[Labelled]) -> str:
    return f"## {title}\n\n| name | |\n|---|---|\n" + _lines((word.value, word.label) for word in words)


def _two() -> str:
    lines = "".join(
        f"| `{item.value}` | {item.label} | "
        + " | ".join(
            ", ".join(f"`{m}`" for m in TABLE_TWO[form].get(item, ())) or "–" for form in (Form.F2019, Form.F2021)
        )
        + " |\n"
        for item in Item
    )
    head = "## Table two\n\n| row | | columns, form 2019 | columns, form 2021 |\n|---|---|---|---|\n"
    return f"{head}{lines}\n| column | |\n|---|---|\n" + _lines((m.value, m.label) for m in Measure)


def _rows() -> str:
    only = {Row.OTHER_HANDLING: "2019"} | dict.fromkeys(
        (Row.OTHER_SUPPLEMENT_OVERDUE, Row.OTHER_FEE_OVERDUE, Row.OTHER_REMAINING), "2021"
    )
    lines = "".join(f"| `{row.value}` | {row.label} | {only.get(row, 'both')} |\n" for row in Row)
    return f"## Rows of table three\n\n| name | | form |\n|---|---|---|\n{lines}"


def _claims() -> str:
    intro = "## Claims\n\nBeside these, the rows of table three by their own names.\n\n| kind | |\n|---|---|\n"
    return intro + _lines(LABELS.items())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
