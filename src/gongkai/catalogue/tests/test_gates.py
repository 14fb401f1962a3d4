"""Nothing is released without its gates; a refusal names the rule and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty
from gongkai.audit.models import Entry
from gongkai.catalogue import selectors, services
from gongkai.catalogue.events import ItemChanged, Released
from gongkai.catalogue.models import Item
from gongkai.catalogue.rules import gates
from gongkai.catalogue.selectors import courses
from gongkai.catalogue.selectors import desk as desk_selectors
from gongkai.catalogue.selectors.rows import row_of
from gongkai.catalogue.services import releasing
from gongkai.catalogue.tests.desk import NOW, Desk, refused
from gongkai.catalogue.tests.factories import TODAY, new_key, standing
from gongkai.kernel import bus
from gongkai.workflow.rules import Busy, NotNow, NotYours, Refused, Stale

pytestmark = pytest.mark.django_db


def test_an_item_goes_through_its_gates_and_is_for_everybody(desk: Desk) -> None:
    heard: list[object] = []
    bus.subscribe(Released, heard.append)
    bus.subscribe(ItemChanged, heard.append)
    try:
        item = desk.released()
    finally:
        bus.unsubscribe(Released, heard.append)
        bus.unsubscribe(ItemChanged, heard.append)
    assert list(selectors.public()) == [item]
    assert (item.state, item.index_number, item.published_on) == ("published", "civil-affairs/2026-00001", TODAY)
    assert heard == [
        Released(item.pk, "civil-affairs", "announcement", item.title, TODAY),
        ItemChanged(item.pk, public=True),
    ]
    acts = list(Entry.objects.filter(object_kind="catalogue.item").order_by("seq").values_list("act", flat=True))
    assert acts == [f"items.{name}" for name in ("draft", "submit", "approve", "secrecy_pass", "release")]
    assert item.course.released_by == desk.people[Role.DISCLOSURE_OFFICE]


def test_without_secrecy_review_nothing_is_released(desk: Desk) -> None:
    refused(desk, desk.in_review(desk.drafted()), "保密审查还没有通过", "条例", "第十七条")


def test_a_normative_document_wants_legality_interpretation_and_coordination(desk: Desk) -> None:
    text = "第一条　各部门应当主动公开办理结果。"
    item = desk.passed(
        desk.in_review(desk.drafted(kind="normative_document", body=text, document_number="虹民规〔2026〕1号"))
    )
    refused(desk, item, "合法性审核还没有通过", "协调性审核还没有通过", "还没有关联解读", "国办发〔2016〕80号")
    desk.passed(item, services.legality_pass, Role.LEGAL_REVIEWER)
    desk.passed(item, services.coordination_pass, Role.COMPETENT_DEPARTMENT)
    refused(desk, item, "还没有关联解读")
    desk.do(
        services.exempt,
        item,
        Role.DISCLOSURE_OFFICE,
        reason="内容简短，不需解读。",
        **desk.user(Role.DISCLOSURE_OFFICE),
    )
    assert desk.release(item).state == "published"


def test_the_interpretation_is_released_with_its_document_or_neither_is(desk: Desk) -> None:
    item = desk.passed(
        desk.in_review(
            desk.drafted(kind="normative_document", document_number="虹民规〔2026〕2号", body="第一条　甲。")
        )
    )
    desk.passed(item, services.legality_pass, Role.LEGAL_REVIEWER)
    told = [{"kind": "interprets", "target": "虹民规[2026]2号"}]
    reading = desk.in_review(desk.drafted(kind="interpretation", relations=told, facts={"form": "文字"}))
    refused(desk, item, "须同步发布", "保密审查还没有通过")
    desk.passed(reading)
    desk.release(item)
    reading.refresh_from_db()
    assert (reading.state, reading.published_on, reading.course.released_at) == (
        "published",
        TODAY,
        item.course.released_at,
    )


POINTS = {"declare": "在本区注册。", "review": "专家评审。", "handle": "材料齐全。", "standard": "最高十万元。"}


def a_policy(desk: Desk, use: str = "申报类") -> Item:
    return desk.drafted(
        kind="normative_document", document_number="虹民规〔2026〕9号", body="第一条　甲。", facts={"use": use}
    )


def a_reading(desk: Desk, facts: dict[str, str]) -> Item:
    told = [{"kind": "interprets", "target": "虹民规〔2026〕9号"}]
    return desk.drafted(kind="interpretation", relations=told, facts=facts)


def submitted(desk: Desk, item: Item) -> Item:
    return desk.do(services.submit, item, Role.OFFICER, today=TODAY, **desk.user(Role.OFFICER))


def test_a_policy_to_be_applied_for_is_not_sent_on_without_the_points_of_its_interpretation(desk: Desk) -> None:
    item = a_policy(desk)
    with pytest.raises(Refused, match="申报条件、评审条件、办理条件、执行标准"):
        submitted(desk, item)
    a_reading(desk, {name: POINTS[name] for name in ("declare", "review")})
    with pytest.raises(Refused, match="须写明办理条件、执行标准"):
        submitted(desk, item)
    item.refresh_from_db()
    assert item.state == "drafting"
    reading = a_reading(desk, POINTS)
    assert submitted(desk, item).state == "submitted"
    chief = desk.user(Role.SECTION_CHIEF)
    desk.do(services.approve, item, Role.SECTION_CHIEF, **chief)
    desk.passed(item)
    desk.passed(item, services.legality_pass, Role.LEGAL_REVIEWER)
    refused(desk, item, "还没有关联解读", "须写明申报条件")  # it is not in review itself yet
    desk.passed(desk.in_review(reading))
    assert desk.release(item).public
    reading.refresh_from_db()
    assert reading.course.released_at == item.course.released_at


def test_a_signed_exemption_stands_for_the_points_until_the_draft_is_changed(desk: Desk) -> None:
    item, office = a_policy(desk, "办事类"), desk.user(Role.DISCLOSURE_OFFICE)
    desk.do(services.exempt, item, Role.DISCLOSURE_OFFICE, reason="办理条件在正文中写明。", **office)
    data = row_of(Item.objects.get(pk=item.pk)).as_object
    data["body"] = "第一条　乙。"
    desk.do(services.edit, item, Role.OFFICER, data=data, **desk.user(Role.OFFICER))
    with pytest.raises(Refused, match="办事类政策的解读须写明"):
        submitted(desk, item)
    desk.do(services.exempt, item, Role.DISCLOSURE_OFFICE, reason="办理条件在正文中写明。", **office)
    assert submitted(desk, item).state == "submitted"


@pytest.mark.parametrize("use", ["", "其他"])
def test_other_policies_are_sent_on_without_points(desk: Desk, use: str) -> None:
    assert submitted(desk, a_policy(desk, use)).state == "submitted"


def test_the_points_that_the_law_names_are_columns_of_an_interpretation() -> None:
    from gongkai.catalogue.rules import declared

    uses = next(one for one in declared.kinds()["normative_document"].fields if one.name == "use").choices
    labels = {one.label for one in declared.kinds()["interpretation"].fields}
    assert [use for use in uses if gates.points(use, TODAY)] == ["申报类", "办事类"]
    assert {label for use in uses for label in gates.points(use, TODAY)} <= labels
    assert gates.points("申报类", date(2024, 12, 31)) == ()


def test_a_draft_has_its_class_with_its_reason_before_it_is_sent_on(desk: Desk) -> None:
    item = desk.drafted(disclosure_class="")
    with pytest.raises(Refused, match=r"还没有确定公开属性.*国办发〔2016〕80号"):
        desk.do(services.submit, item, Role.OFFICER, today=TODAY, **desk.user(Role.OFFICER))
    with pytest.raises(Refused, match="须写明理由"):
        desk.drafted(disclosure_class="withheld")
    item.refresh_from_db()
    assert (item.state, item.disclosure_class) == ("drafting", "")


def test_what_is_not_proactive_is_registered_and_never_released(desk: Desk) -> None:
    item = desk.passed(desk.in_review(desk.drafted(disclosure_class="on_application", class_reason="内部管理信息。")))
    refused(desk, item, "不能发布", "依申请公开")
    done = desk.do(services.file, item, Role.DISCLOSURE_OFFICE, today=TODAY, **desk.user(Role.DISCLOSURE_OFFICE))
    assert (done.state, done.public, done.index_number, done.reassess_on) == (
        "filed",
        False,
        "civil-affairs/2026-00001",
        date(2027, 11, 20),
    )


def test_nobody_passes_or_releases_the_own_draft(desk: Desk) -> None:
    drafter = desk.people[Role.OFFICER]
    for role in (Role.SECTION_CHIEF, Role.SECRECY_REVIEWER, Role.DISCLOSURE_OFFICE):
        a_duty(drafter, role, "civil-affairs")
    others, own = dict(desk.people), dict.fromkeys(Role, drafter)
    item = desk.drafted()
    desk.do(services.submit, item, Role.OFFICER, today=TODAY, **desk.user(Role.OFFICER))
    desk.people = own
    with pytest.raises(Refused, match="起草和审核不得为同一人"):
        desk.do(services.approve, item, Role.SECTION_CHIEF, **desk.user(Role.SECTION_CHIEF))
    desk.people = others
    desk.do(services.approve, item, Role.SECTION_CHIEF, **desk.user(Role.SECTION_CHIEF))
    desk.people = own
    with pytest.raises(Refused, match="起草和保密审查不得为同一人"):
        desk.passed(item)
    desk.people = others
    desk.passed(item)
    desk.people = own
    refused(desk, item, "发布和起草不得为同一人", "第十七条")


def test_personal_data_keep_it_back_until_taken_out_or_let_pass_by_name(desk: Desk) -> None:
    item = desk.passed(desk.in_review(desk.drafted(body="请致电13812345678联系，地址：飞虹路518号。")))
    refused(desk, item, "1 处个人信息", "第十五条")
    found = courses.open_findings(item, courses.course_of(item))
    assert [(one.part, one.label, one.excerpt) for one in found] == [("正文", "手机号码", "13*******78")]
    words = {"findings": [one.key for one in found], **desk.user(Role.SECRECY_REVIEWER)}
    with pytest.raises(Refused, match="写明放行的理由"):
        desk.do(services.override, item, Role.SECRECY_REVIEWER, reason=" ", **words)
    with pytest.raises(Refused, match="请勾选"):
        desk.do(services.override, item, Role.SECRECY_REVIEWER, reason="公开电话。", **{**words, "findings": ["x"]})
    desk.do(services.override, item, Role.SECRECY_REVIEWER, reason="本机关公布的值班手机。", **words)
    assert desk.release(item).public


def test_a_review_is_good_for_what_was_reviewed_and_for_nothing_else(desk: Desk) -> None:
    item = desk.passed(desk.in_review(desk.drafted()))
    back = desk.do(services.send_back, item, Role.DISCLOSURE_OFFICE, remark="请改写第二段。")
    assert (back.state, back.course.remark) == ("drafting", "请改写第二段。")
    row = row_of(Item.objects.select_related("organ").get(pk=item.pk))
    changed = replace(row, body="各单位：活动改期。").as_object
    desk.do(services.edit, item, Role.OFFICER, data=changed, **desk.user(Role.OFFICER))
    desk.in_review(item)
    refused(desk, item, "保密审查还没有通过")
    assert desk.release(desk.passed(item)).public


def test_the_chief_sees_what_changed_since_the_last_version(desk: Desk) -> None:
    item = desk.drafted()
    desk.do(services.submit, item, Role.OFFICER, today=TODAY, **desk.user(Role.OFFICER))
    desk.do(services.send_back, item, Role.SECTION_CHIEF, remark="请改日期。")
    row = row_of(Item.objects.select_related("organ").get(pk=item.pk))
    data = replace(row, title="新的标题", body="各单位：请按时参加展示活动。").as_object
    desk.do(services.edit, item, Role.OFFICER, data=data, **desk.user(Role.OFFICER))
    item.refresh_from_db()
    found = courses.against_last(item)
    assert found is not None
    assert [(label, new) for label, _old, new in found.columns] == [("标题", "新的标题")]
    assert [change.kind for change in found.text] == ["changed"]


def test_an_act_on_a_page_that_is_old_is_refused(desk: Desk) -> None:
    item = desk.drafted()
    with pytest.raises(Stale):
        services.submit(
            pk=item.pk,
            by=standing(desk.people[Role.OFFICER]),
            version=7,
            key=new_key(),
            today=TODAY,
            **desk.user(Role.OFFICER),
        )


def test_a_submission_that_arrives_again_releases_once(desk: Desk) -> None:
    item = desk.passed(desk.in_review(desk.drafted()))
    item.refresh_from_db()
    words: dict[str, Any] = {
        "pk": item.pk,
        "by": standing(desk.people[Role.DISCLOSURE_OFFICE]),
        "version": item.version,
    }
    words |= {"key": new_key(), "now": NOW, **desk.user(Role.DISCLOSURE_OFFICE)}
    assert services.release(**words).version == services.release(**words).version
    assert selectors.Change.objects.filter(kind="released").count() == 1


def test_another_organ_may_do_nothing(desk: Desk) -> None:
    item = desk.passed(desk.in_review(desk.drafted()))
    stranger = Desk("health")
    with pytest.raises(NotYours):
        stranger.release(item)


def test_it_is_released_at_its_minute_and_the_schedule_is_empty_then(desk: Desk) -> None:
    item = desk.passed(desk.in_review(desk.drafted()))
    at = NOW + timedelta(hours=1)
    words = {"now": NOW, **desk.user(Role.DISCLOSURE_OFFICE)}
    with pytest.raises(Refused, match="已经过去"):
        desk.do(services.schedule, item, Role.DISCLOSURE_OFFICE, at=NOW, **words)
    desk.do(services.schedule, item, Role.DISCLOSURE_OFFICE, at=at, **words)
    assert services.release_scheduled(now=at - timedelta(seconds=1)) == 0
    assert not selectors.public().exists()
    assert [services.release_scheduled(now=at + timedelta(seconds=30)), services.release_scheduled(now=at)] == [1, 0]
    item = Item.objects.get()
    assert (item.state, item.course.scheduled_at, item.course.scheduled_by) == ("published", None, None)
    assert item.course.released_by == desk.people[Role.DISCLOSURE_OFFICE]


def test_what_has_lost_a_gate_is_not_released_at_its_minute_and_says_why(desk: Desk) -> None:
    item = desk.passed(desk.in_review(desk.drafted()))
    words = {"now": NOW, "at": NOW + timedelta(hours=1), **desk.user(Role.DISCLOSURE_OFFICE)}
    desk.do(services.schedule, item, Role.DISCLOSURE_OFFICE, **words)
    Item.objects.filter(pk=item.pk).update(body="致电13812345678。")
    assert services.release_scheduled(now=NOW + timedelta(hours=2)) == 0
    item.refresh_from_db()
    assert (item.state, item.public) == ("in_review", False)
    assert "个人信息" in item.course.remark


def test_one_that_cannot_be_released_keeps_none_of_the_others_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    at, real = NOW + timedelta(hours=1), releasing.release
    items = [desk.passed(desk.in_review(desk.drafted())) for _ in range(3)]
    for item in items:
        desk.do(services.schedule, item, Role.DISCLOSURE_OFFICE, at=at, now=NOW, **desk.user(Role.DISCLOSURE_OFFICE))
    faults = {items[0].pk: FileNotFoundError("示例"), items[1].pk: Busy("示例")}

    def release(*, pk: int, **words: Any) -> Item:
        if pk in faults:
            raise faults.pop(pk)
        return real(pk=pk, **words)

    monkeypatch.setattr(releasing, "release", release)
    assert services.release_scheduled(now=at) == 1
    assert [Item.objects.get(pk=item.pk).state for item in items] == ["scheduled", "scheduled", "published"]
    assert services.release_scheduled(now=at + timedelta(minutes=1)) == 2
    assert [row.levelname for row in caplog.records if row.name == releasing.__name__] == ["ERROR", "WARNING"]


def test_each_review_waits_on_the_first_page_of_who_does_it_until_it_passed_for_the_draft_as_it_is(desk: Desk) -> None:
    def waits_for(item: Item) -> set[Role]:
        return {role for role in Role if item in desk_selectors.tasks(standing(desk.people[role]))}

    rules = desk.in_review(
        desk.drafted(kind="normative_document", document_number="", body="各单位应当主动公开下列信息。")
    )
    assert waits_for(rules) == {Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER, Role.COMPETENT_DEPARTMENT}
    desk.passed(rules, services.coordination_pass, Role.COMPETENT_DEPARTMENT)
    desk.passed(rules, services.legality_pass, Role.LEGAL_REVIEWER)
    assert waits_for(rules) == {Role.SECRECY_REVIEWER}
    desk.passed(rules)
    assert waits_for(rules) == {Role.DISCLOSURE_OFFICE}
    asked = {"reason": "汛情紧急。", **desk.user(Role.DISCLOSURE_OFFICE)}
    desk.do(services.ask_forced_release, rules, Role.DISCLOSURE_OFFICE, **asked)
    assert waits_for(rules) == {Role.DISCLOSURE_OFFICE, Role.COMPETENT_DEPARTMENT}
    desk.do(services.send_back, rules, Role.DISCLOSURE_OFFICE, remark="请改。")
    data = row_of(Item.objects.select_related("organ").get(pk=rules.pk)).as_object
    data = {**data, "body": "各单位应当主动公开下列目录。"}
    desk.do(services.edit, rules, Role.OFFICER, data=data, **desk.user(Role.OFFICER))
    desk.in_review(rules)
    assert waits_for(rules) == {Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER, Role.COMPETENT_DEPARTMENT}


def test_a_forced_release_has_two_signatures_and_leaves_out_only_what_can_be_made_up_for(desk: Desk) -> None:
    item = desk.in_review(
        desk.drafted(kind="normative_document", document_number="虹民规〔2026〕3号", body="第一条　甲。")
    )
    now = {"now": NOW}

    def sign(role: Role) -> Item:
        return desk.do(services.forced_release, item, role, **now, **desk.user(role))

    with pytest.raises(Refused, match="还没有人提请"):
        sign(Role.COMPETENT_DEPARTMENT)
    ask = {"reason": "汛情紧急。", **desk.user(Role.DISCLOSURE_OFFICE)}
    desk.do(services.ask_forced_release, item, Role.DISCLOSURE_OFFICE, **ask)
    with pytest.raises(NotYours):
        sign(Role.DISCLOSURE_OFFICE)
    with pytest.raises(Refused, match="保密审查还没有通过"):
        sign(Role.COMPETENT_DEPARTMENT)
    desk.passed(item)
    assert sign(Role.COMPETENT_DEPARTMENT).public
    entry = Entry.objects.get(act="items.forced_release")
    assert '"left_out":["legality","interpretation"]' in entry.facts
    assert "汛情紧急" in entry.facts


def test_a_draft_without_the_day_it_was_made_has_no_clock_and_is_not_sent_on(desk: Desk) -> None:
    item = desk.drafted(signed_on=None)
    with pytest.raises(Refused, match="缺少“成文日期”。请补齐后再送审"):
        desk.do(services.submit, item, Role.OFFICER, today=TODAY, **desk.user(Role.OFFICER))


def test_only_an_interpretation_interprets(desk: Desk) -> None:
    item = desk.drafted(kind="normative_document", document_number="", title="示例规范性文件办法")
    told = [{"kind": "interprets", "target": item.title}]
    desk.in_review(desk.drafted(title="示例公告", relations=told))
    assert not courses.standing_of(item, on=TODAY).has_interpretation
    desk.in_review(desk.drafted(title="示例解读", kind="interpretation", relations=told))
    assert courses.standing_of(item, on=TODAY).has_interpretation


def test_what_the_flow_does_not_know_is_refused(desk: Desk) -> None:
    with pytest.raises(NotNow):
        desk.release(desk.drafted())


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("第三条　应当及时公开办理结果。", True),
        ("第三条　名单不予公开，但法律另有规定的除外。", False),
        ("本办法自公布之日起施行。", False),
        ("处理结果可以依法公布有关情况。", True),
    ],
)
def test_a_draft_that_lays_down_disclosure_rules_is_seen(text: str, rules: bool) -> None:
    assert gates.lays_down_rules("normative_document", text) is rules
    assert gates.lays_down_rules("announcement", text) is False
