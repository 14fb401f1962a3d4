"""A law that does not hold together is refused when the program starts, with every problem."""

from pathlib import Path

import pytest

from gongkai.statutes import Law, MalformedLaw

STATUTES = """
statutes:
  act: {title: 某条例, number: 令第1号, since: 2019-05-15}
  notice: {title: 某通知, articles: false}
  old_act: {title: 某条例, since: 2008-05-01, until: 2019-05-14}
"""
GOOD = "limit: {label: 期限, unit: days, values: {2019-05-15: {value: 7, cite: act 30}}}"


def read(folder: Path, *parameters: str, statutes: str = STATUTES) -> Law:
    (folder / "statutes.yaml").write_text(statutes, encoding="utf-8")
    body = "\n".join(f"  {line}" for line in parameters)
    (folder / "topic.yaml").write_text(f"title: 专题\nparameters:\n{body}\n", encoding="utf-8")
    return Law.read(folder)


def test_a_law_that_holds_together_is_read(tmp_path: Path) -> None:
    assert list(read(tmp_path, GOOD).parameters) == ["limit"]


@pytest.mark.parametrize(
    ("parameter", "message"),
    [
        ("a: {unit: days, values: {2020-01-01: {value: 7, cite: act 30}}}", "a has no Chinese label"),
        ("a: {label: 甲, unit: moons, values: {2020-01-01: {value: 7, cite: act 30}}}", "unknown unit 'moons'"),
        ("a: {label: 甲, unit: days, values: {}}", "a has no values by first day"),
        ("a: {label: 甲, unit: days, values: {2020-01-01: {value: 7}}}", "on 2020-01-01 has no cite"),
        ("a: {label: 甲, unit: days, values: {2020-01-01: {value: 7, cite: act}}}", "cites act without an article"),
        ("a: {label: 甲, unit: days, values: {2020-01-01: {value: 7, cite: code 3}}}", "unknown statute code"),
        ("a: {label: 甲, unit: days, values: {2020-01-01: {value: 7, cite: act art. 3}}}", "write `statute article"),
        ("a: {label: 甲, unit: days, values: {2020-01-01: {value: seven, cite: act 3}}}", "not a value in days"),
        ("a: {label: 甲, unit: days, values: {2020-01-01: {value: true, cite: act 3}}}", "not a value in days"),
        ("a: {label: 甲, unit: month_day, values: {2020-01-01: {value: 31-01, cite: act 3}}}", "in month_day"),
        ("a: {label: 甲, unit: days, values: {2018-01-01: {value: 7, cite: act 3}}}", "ran from 2019-05-15 to now"),
        ("a: {label: 甲, unit: days, values: {2020-01-01: {value: 7, cite: old_act 3}}}", "to 2019-05-14"),
        ("a: {label: 甲, unit: days, values: {soon: {value: 7, cite: notice}}}", "'soon' where a day"),
        (
            "a: {label: 甲, unit: days, cite: notice, values: {2021-01-01: {value: 7}, 2020-01-01: {value: 8}}}",
            "days out of order",
        ),
        (
            "a: {label: 甲, unit: days, cite: notice, values: {2020-01-01: {value: 7}, 2020-01-01: {value: 8}}}",
            "topic.yaml, line 3: 2020-01-01 stands twice",
        ),
        (
            "a: {label: 甲, unit: days, colour: red, values: {2020-01-01: {value: 7, cite: notice}}}",
            "unknown keys colour",
        ),
        ("A-b: {label: 甲, unit: days, values: {2020-01-01: {value: 7, cite: notice}}}", "is not a name"),
        ("a: 7", "is not a table"),
    ],
)
def test_a_mistake_is_refused_and_named(tmp_path: Path, parameter: str, message: str) -> None:
    with pytest.raises(MalformedLaw) as caught:
        read(tmp_path, parameter)
    assert message in str(caught.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    wrong = "{label: 甲, unit: days, values: {2020-01-01: {value: 7}}}"
    with pytest.raises(MalformedLaw) as caught:
        read(tmp_path, f"a: {wrong}", f"b: {wrong}")
    assert len(caught.value.problems) == 2


def test_a_parameter_stands_in_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "another.yaml").write_text(f"parameters:\n  {GOOD}\n", encoding="utf-8")
    with pytest.raises(MalformedLaw, match=r"limit stands already in another\.yaml"):
        read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("statutes", "message"),
    [
        ("statutes: {act: {number: 令第1号}}", "act has no title"),
        ("statutes: {act: {title: 某条例, supersedes: older}}", "supersedes the unknown older"),
        ("statutes: {act: {title: 某条例, since: 2020-01-01, until: 2019-01-01}}", "before it begins"),
        ("statutes: {act: {title: 某条例, colour: red}}", "unknown keys colour"),
        ("statutes: {act: {title: 某条例, since: 2020}}", "act has no day such as 2019-05-15 in since"),
        ("statutes: {act: {title: [}", "not YAML"),
    ],
)
def test_a_mistaken_statute_is_refused(tmp_path: Path, statutes: str, message: str) -> None:
    with pytest.raises(MalformedLaw) as caught:
        read(tmp_path, statutes=statutes)
    assert message in str(caught.value)
