"""The table of a flow: what it allows, and what is found wrong in a bad one."""

from pathlib import Path

import pytest

from gongkai.workflow import rules
from gongkai.workflow.rules import MalformedFlow, NotNow, NotYours

GOOD = """
name: sample
label: 示例流程
initial: draft
states:
  draft: {label: 草稿}
  sent: {label: 已送审}
  done: {label: 已办结, final: true}
acts:
  - {act: send, label: 送审, from: [draft], to: sent, by: [officer]}
  - {act: finish, label: 办结, from: [sent], to: done, by: [section_chief], cite: disclosure_regulation 45}
  - {act: return, label: 退回, from: [sent], to: draft, by: [section_chief, officer]}
"""
ROLES = ("officer", "section_chief")


def read(text: str, folder: Path) -> rules.Flow:
    path = folder / "flow.yaml"
    path.write_text(text, encoding="utf-8")
    return rules.read_flow(path)


def test_a_good_flow_has_no_faults(tmp_path: Path) -> None:
    assert rules.faults(read(GOOD, tmp_path), roles=ROLES) == []


def test_buttons_are_the_rows_of_state_and_role(tmp_path: Path) -> None:
    flow = read(GOOD, tmp_path)
    assert [rule.act for rule in flow.open_to("sent", {"section_chief"})] == ["finish", "return"]
    assert [rule.act for rule in flow.open_to("sent", {"officer"})] == ["return"]
    assert flow.open_to("done", set(ROLES)) == ()


def test_an_act_the_state_does_not_know_says_the_state(tmp_path: Path) -> None:
    with pytest.raises(NotNow, match="“草稿”状态下不能“办结”"):
        read(GOOD, tmp_path).step("draft", "finish", {"section_chief"})


def test_an_act_of_another_role_says_whose_it_is(tmp_path: Path) -> None:
    with pytest.raises(NotYours, match="“办结”须由科室负责人办理"):
        read(GOOD, tmp_path).step("sent", "finish", {"officer"})


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("initial: draft", "initial: born"), "the initial state born is not among the states"),
        (("from: [draft], to: sent", "from: [draft], to: lost"), "send from draft: no state lost"),
        (("by: [officer]}", "by: []}"), "send from draft: no role may do it"),
        (("by: [officer]}", "by: [clerk]}"), "send from draft: no role clerk"),
        (("disclosure_regulation 45", "disclosure_regulation"), None),
        (("disclosure_regulation 45", "no_statute 45"), "finish from sent: no article no_statute 45"),
        (
            ("acts:", "acts:\n  - {act: send, label: 送审, from: [draft], to: done, by: [officer]}"),
            "send from draft stands twice",
        ),
        (
            ("acts:", "acts:\n  - {act: send, label: 提交, from: [sent], to: done, by: [officer]}"),
            "send has two labels",
        ),
        (("  done:", "  lost: {label: 无处可来, final: true}\n  done:"), "nothing leads to lost"),
        (("  done: {label: 已办结, final: true}", "  done: {label: 已办结}"), "nothing leads on from done"),
        (("  sent: {label: 已送审}", "  sent: {label: 已送审, final: true}"), "sent is final, and yet"),
    ],
)
def test_each_fault_is_named(change: tuple[str, str], fault: str | None, tmp_path: Path) -> None:
    found = rules.faults(read(GOOD.replace(*change), tmp_path), roles=ROLES)
    assert [fault in line for line in found][:1] == [True] if fault else found == []


@pytest.mark.parametrize("text", ["", "name: [", "name: a\nlabel: b\ninitial: c\nstates: {}\nacts: [{}]", "[1]"])
def test_a_file_that_is_no_flow_is_named(text: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedFlow, match=r"flow\.yaml"):
        read(text, tmp_path)


def test_the_picture_has_every_row(tmp_path: Path) -> None:
    flow = read(GOOD, tmp_path)
    picture = rules.picture(flow)
    assert all(f"    {rule.source} --> {rule.target}: {rule.label}" in picture for rule in flow.rules)
    assert "    done --> [*]" in picture
