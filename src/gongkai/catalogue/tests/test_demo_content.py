"""The demo content: enough of it, of every kind and state, none like another, and true to the figures it repeats."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from gongkai.catalogue.demo import contents
from gongkai.catalogue.demo.composing import compose
from gongkai.kernel.written import from_yaml
from gongkai.organisations import seeds

DATA = Path(contents.__file__).parent.parent / "data"
SHINGLE = 8
LIKE = 0.8
WRITTEN, COMPOSED = contents.written(), contents.composed()
ALL = [*WRITTEN, *COMPOSED]
LOCAL = ("hongkou", "district-office")


def shingles(text: str) -> set[str]:
    bare = "".join(text.split())
    return {bare[at : at + SHINGLE] for at in range(len(bare) - SHINGLE + 1)}


def too_like(bodies: list[str]) -> list[tuple[int, int]]:
    """Pairs of which the shorter has more than four fifths of its eight-character runs from the other."""
    sets = [shingles(body) for body in bodies]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, found in enumerate(sets):
        for run in found:
            holders[run].append(at)
    shared = Counter(pair for found in holders.values() for pair in combinations(found, 2))
    return [(a, b) for (a, b), runs in shared.items() if runs > LIKE * min(len(sets[a]), len(sets[b]))]


def test_there_are_120_written_and_500_composed() -> None:
    assert len(WRITTEN) >= 120
    assert len(COMPOSED) >= 500


def test_no_two_titles_or_keys_are_the_same() -> None:
    for name in ("title", "key"):
        assert [value for value, times in Counter(row[name] for row in ALL).items() if times > 1] == []


def test_no_two_bodies_read_alike() -> None:
    assert [(ALL[a]["title"], ALL[b]["title"]) for a, b in too_like([row["body"] for row in ALL])] == []


def test_the_measure_of_likeness_finds_a_body_with_one_word_changed() -> None:
    body = WRITTEN[0]["body"]
    assert too_like([body, body.replace("2017", "2018"), WRITTEN[1]["body"]]) == [(0, 1)]


def test_a_written_body_has_300_to_1200_characters() -> None:
    lengths = {row["key"]: len(row["body"].replace("\n", "")) for row in WRITTEN}
    assert {key: length for key, length in lengths.items() if not 300 <= length <= 1200} == {}


def test_the_same_patterns_give_the_same_rows() -> None:
    declared = from_yaml(contents.PATTERNS.read_text(encoding="utf-8"))
    assert tuple(compose(declared)) == COMPOSED


def test_a_pattern_added_leaves_the_rows_of_the_others_as_they_were() -> None:
    declared = from_yaml(contents.PATTERNS.read_text(encoding="utf-8"))
    last = declared["patterns"][-1]
    more = declared | {
        "patterns": [*declared["patterns"], last | {"name": "more", "title": "另一种{title_number:1..999}{subject}"}]
    }
    assert tuple(compose(more))[: len(COMPOSED)] == COMPOSED


def test_a_slot_that_nothing_fills_is_named() -> None:
    declared = from_yaml(contents.PATTERNS.read_text(encoding="utf-8"))
    with pytest.raises(LookupError, match=re.escape("aid asks for {nowhere}")):
        compose(declared | {"patterns": [{**named(declared, "aid"), "title": "{nowhere}"}]})


def named(declared: dict[str, Any], name: str) -> dict[str, Any]:
    return dict(next(pattern for pattern in declared["patterns"] if pattern["name"] == name))


def test_no_slot_is_left_open() -> None:
    assert [row["title"] for row in ALL if {"{", "}"} & set(str([row["title"], row["body"], row["summary"]]))] == []


def test_every_organ_is_known_and_every_department_and_street_speaks() -> None:
    told = {organ.code: organ for organ in seeds.read_organs(seeds.HONGKOU)}
    declared = from_yaml(contents.PATTERNS.read_text(encoding="utf-8"))["organs"]
    ours = {code for code, organ in told.items() if organ.parent == "hongkou"}
    assert {code: row["name"] for code, row in declared.items()} == {code: told[code].short_name for code in ours}
    assert {row["issuing_organ"] for row in ALL} - set(told) == set()
    assert ours - {row["issuing_organ"] for row in COMPOSED} == set()


def test_years_states_and_levels_are_all_there() -> None:
    years = Counter(row["signed_on"][:4] for row in ALL)
    assert all(years[str(year)] >= 40 for year in range(2017, 2026))
    states = {row["state"] for row in ALL}
    assert states >= {
        "drafting",
        "submitted",
        "in_review",
        "scheduled",
        "published",
        "filed",
        "withdrawn",
        "archived",
        "removed",
    }
    assert {row.get("level", "district") for row in ALL} == {"city", "district", "subdistrict"}


def test_who_leaves_the_library_or_stays_closed_says_why() -> None:
    silent = [row["key"] for row in ALL if row["state"] in {"withdrawn", "removed"} and not row.get("reason")]
    silent += [row["key"] for row in ALL if row["state"] == "filed" and not row.get("class_reason")]
    assert silent == []


def test_days_stand_in_order() -> None:
    wrong = [
        row["key"]
        for row in ALL
        for days in [[row[name] for name in ("signed_on", "published_on") if row.get(name)]]
        if days != sorted(days)
    ]
    wrong += [row["key"] for row in ALL if row.get("expires_on") and row["expires_on"] < row["effective_on"]]
    wrong += [row["key"] for row in ALL if row["state"] == "published" and not row.get("published_on")]
    assert wrong == []


def test_every_relation_leads_to_a_row() -> None:
    known = {row["title"] for row in ALL} | {row["document_number"] for row in ALL if row.get("document_number")}
    targets = [link["target"] for row in ALL for link in row.get("relations", ())]
    targets += [row["translation_of"] for row in ALL if row.get("translation_of")]
    assert len(targets) > 60
    assert [target for target in targets if target not in known] == []


def test_document_numbers_are_their_own() -> None:
    numbers = Counter(row["document_number"] for row in ALL if row.get("document_number"))
    assert [number for number, times in numbers.items() if times > 1] == []


def test_several_are_translated_and_say_that_the_chinese_prevails() -> None:
    translated = [row for row in WRITTEN if row.get("language") == "en"]
    assert len(translated) >= 5
    assert all(
        row["translation_of"] and "The Chinese text prevails." in row["body"] + row["summary"] for row in translated
    )


def test_nobody_who_could_be_real_is_named() -> None:
    """No mobile number, no identity number, no surname before an office."""
    told = "\n".join(str(row) for row in ALL)
    digits = "".join(char if char.isdigit() else " " for char in told).split()
    assert [run for run in digits if len(run) == 18 or (len(run) == 11 and run.startswith("1"))] == []
    personnel = [row["title"] + row["body"] for row in ALL if row["kind"] == "personnel"]
    assert all("示例同志" in told for told in personnel)


# --- Table two of the annual report, counted over the district government's own normative documents ------------------


def normative() -> list[dict[str, Any]]:
    return [row for row in ALL if row["kind"] == "normative_document" and row["issuing_organ"] in LOCAL]


def ends_on(row: dict[str, Any]) -> date:
    """The first day on which it is no longer in force."""
    names = {row["title"], row.get("document_number")}
    ended = [
        date.fromisoformat(other["effective_on"])
        for other in ALL
        for link in other.get("relations", ())
        if link["kind"] in {"repeals", "replaces"} and link["target"] in names
    ]
    return min([date.fromisoformat(row["expires_on"]) + timedelta(days=1), *ended])


@pytest.mark.parametrize(("year", "issued"), [(2017, 4), (2018, 5), (2020, 7), (2023, 4)])
def test_normative_documents_issued_as_the_reports_count_them(year: int, issued: int) -> None:
    assert sum(row["published_on"].startswith(str(year)) for row in normative()) == issued


def test_of_2023_three_ended_and_ten_were_in_force() -> None:
    ended = [row["title"] for row in normative() if ends_on(row).year == 2023]
    last = date(2023, 12, 31)
    valid = [row for row in normative() if date.fromisoformat(row["effective_on"]) <= last < ends_on(row)]
    assert (len(ended), len(valid)) == (3, 10)
