"""The published reports of the seeds, read and checked, against truth tables made independently of both."""

import io
import os
from pathlib import Path
from typing import Any

import pytest

from gongkai.kernel.written import from_yaml
from gongkai.reports.enums import Relation
from gongkai.reports.rules.finding import Finding
from gongkai.reports.scoring import TRUTH, Score, print_score, score

ROOT = Path(__file__).resolve().parents[4]
SEEDS = Path(os.environ.get("GONGKAI_SEEDS", ROOT.parent / "shared" / "seeds"))
TABLES: dict[str, dict[str, Any]] = {
    path.stem: from_yaml(path.read_text(encoding="utf-8")) for path in sorted(TRUTH.glob("*.yaml"))
}

pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the source documents are not here (GONGKAI_SEEDS names their folder)"
)


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return {one.name: one for one in score(SEEDS)}


@pytest.mark.parametrize("name", TABLES)
def test_a_report_is_known_by_organ_year_and_form(scores: dict[str, Score], name: str) -> None:
    reading, table = scores[name].reading, TABLES[name]
    assert reading is not None
    assert (reading.organ, reading.year, reading.form.value) == (table["organ"], table["year"], table["form"])


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_read_and_right(scores: dict[str, Score], name: str) -> None:
    cells = [value for rows in TABLES[name]["tables"].values() for columns in rows.values() for value in columns]
    assert dict(scores[name].cells) == {"right": len(cells), "wrong": 0, "unread": 0}


@pytest.mark.parametrize("name", TABLES)
def test_every_mistake_is_found_and_no_other_is_reported(scores: dict[str, Score], name: str) -> None:
    one = scores[name]
    core = [expected for expected in TABLES[name]["expected_findings"] if expected["scope"] == "core"]
    assert one.missed == []
    assert [finding.text for finding in one.unexpected] == []
    assert [expected for expected in one.found if expected["scope"] == "core"] == core


@pytest.mark.parametrize("name", TABLES)
def test_mistakes_are_as_grave_as_the_truth_tables_say(scores: dict[str, Score], name: str) -> None:
    expected = sorted({(e["severity"]) for e in scores[name].found})
    assert sorted({str(f.severity) for f in scores[name].findings if not f.holds}) == expected


def held(findings: list[Finding], relation: Relation) -> dict[str, int]:
    """How many comparisons of a relation there are, and how many hold."""
    own = [f for f in findings if f.relation is relation]
    return {"holds": sum(f.holds for f in own), "of": len(own)}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("relation", [Relation.R1, Relation.R2, Relation.R3, Relation.R4, Relation.R5, Relation.R8])
def test_what_holds_is_counted(scores: dict[str, Score], name: str, relation: Relation) -> None:
    expected = TABLES[name]["expected_holds"].get(relation.value, {"holds": 0, "of": 0})
    counted = held(list(scores[name].findings), relation)
    assert counted == {"holds": expected["holds"], "of": expected["of"]}


@pytest.mark.parametrize("name", TABLES)
def test_claims_are_read_as_they_are_written(scores: dict[str, Score], name: str) -> None:
    """Of the claims in the truth table, those that the reader knows by the same name agree, and shares with them."""
    reading = scores[name].reading
    assert reading is not None
    for claim in TABLES[name]["claims"]:
        own = [c for c in reading.claims if c.kind == claim["name"]]
        if own and claim["value"] is not None:
            assert float(claim["value"]) in {float(c.value) for c in own if c.value is not None}, claim
        if "share" in claim and own:
            assert claim["share"] in {c.share for c in own}, claim


@pytest.mark.parametrize("name", TABLES)
def test_the_chief_claims_are_not_overlooked(scores: dict[str, Score], name: str) -> None:
    reading = scores[name].reading
    assert reading is not None
    chief = {"received", "answered", "carried_in", "carried_over", "reconsideration", "litigation"}
    chief |= {"granted_or_partial", "withheld", "unable", "not_processed", "other_handling"}
    written = {claim["name"] for claim in TABLES[name]["claims"]} & chief
    assert written <= {c.kind for c in reading.claims}


def test_the_score_is_printed_and_perfect() -> None:
    out = io.StringIO()
    assert print_score(SEEDS, out) == 0
    last = out.getvalue().splitlines()[-1]
    assert last == "单元格查准率 1.000　单元格查全率 1.000　问题查准率 1.000　问题查全率 1.000"


def test_a_folder_without_sources_is_said_to_be_one(tmp_path: Path) -> None:
    out = io.StringIO()
    assert print_score(tmp_path, out) == 1
    assert "没有找到" in out.getvalue()
