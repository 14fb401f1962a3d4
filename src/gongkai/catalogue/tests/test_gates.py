"""Nothing is released without its gates; a refusal names the rule and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, an_officer, an_organ
from gongkai.audit.models import Entry
from gongkai.catalogue import selectors, services
from gongkai.catalogue.events import ItemChanged, Released
from gongkai.catalogue.models import Course, Item
from gongkai.catalogue.rules import gates
from gongkai.catalogue.selectors import courses, figures, pages
from gongkai.catalogue.selectors import desk as desk_selectors
from gongkai.catalogue.selectors.rows import row_of
from gongkai.catalogue.services import releasing, validity
from gongkai.catalogue.tests.factories import TODAY, a_draft, new_key, published, standing
from gongkai.kernel import bus
from gongkai.workflow.rules import Busy, NotNow, NotYours, Refused, Stale

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PLAIN: dict[str, Any] = {"kind": "announcement", "document_number": "", "body": "各单位：请按时参加示例活动。"}


class Desk:
    """The people of one organ, and every act in few words."""

    def __init__(self, organ: str = "civil-affairs") -> None:
        an_organ(organ)
        self.people = {role: an_officer(role, organ) for role in Role}

    def do(self, act: Any, item: Item, role: Role, **words: Any) -> Item:
        item.refresh_from_db()
        who = self.people[role]
        made: Item = act(pk=item.pk, by=standing(who), version=item.version, key=new_key(), **words)
        return made

    def user(self, role: Role) -> dict[str, int]:
        return {"user_id": self.people[role].pk}

    def drafted(self, **values: Any) -> Item:
        return a_draft(by=self.people[Role.OFFICER], **{**PLAIN, **values})

    def in_review(self, item: Item) -> Item:
        self.do(services.submit, item, Role.OFFICER, today=TODAY, **self.user(Role.OFFICER))
        return self.do(services.approve, item, Role.SECTION_CHIEF, **self.user(Role.SECTION_CHIEF))

    def passed(self, item: Item, review: Any = services.secrecy_pass, role: Role = Role.SECRECY_REVIEWER) -> Item:
        return self.do(review, item, role, opinion="同意。", today=TODAY, **self.user(role))

    def release(self, item: Item, role: Role = Role.DISCLOSURE_OFFICE, now: datetime = NOW) -> Item:
        return self.do(services.release, item, role, now=now, **self.user(role))

    def released(self, **values: Any) -> Item:
        return self.release(self.passed(self.in_review(self.drafted(**values))))


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


def state_of_all() -> list[dict[str, Any]]:
    """Everything that a refusal may not change."""
    rows = [model_to_dict(row) for model in (Item, Course) for row in model.objects.order_by("pk")]
    return [*rows, {"audit": Entry.objects.count(), "changes": selectors.Change.objects.count()}]


def refused(desk: Desk, item: Item, *why: str, role: Role = Role.DISCLOSURE_OFFICE) -> None:
    before = state_of_all()
    with pytest.raises(Refused) as told:
        desk.release(item, role)
    assert [part for part in why if part not in str(told.value)] == []
    assert state_of_all() == before


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


def test_a_correction_is_released_by_another_with_its_note(desk: Desk) -> None:
    item = desk.released()
    row = row_of(Item.objects.select_related("organ").get(pk=item.pk))
    words = {"note": "更正日期。", "size": "minor", **desk.user(Role.OFFICER)}
    data = replace(row, body="各单位：请按时参加第二次示例活动。").as_object
    desk.do(services.propose_correction, item, Role.OFFICER, data=data, **words)
    item.refresh_from_db()
    assert item.body == PLAIN["body"]
    with pytest.raises(Refused, match=r"修订的保密审查还没有通过.*第十七条"):
        desk.do(services.correct, item, Role.DISCLOSURE_OFFICE, today=TODAY, **desk.user(Role.DISCLOSURE_OFFICE))
    desk.passed(item, services.correction_secrecy_pass)
    done = desk.do(services.correct, item, Role.DISCLOSURE_OFFICE, today=TODAY, **desk.user(Role.DISCLOSURE_OFFICE))
    assert (done.body, done.changes.all()[0].text) == (data["body"], "修订：更正日期。")
    assert [(one.number, one.size) for one in done.revisions.filter(public=True)] == [(2, "major"), (3, "minor")]
    with pytest.raises(Refused, match="没有等待发布的修订"):
        desk.do(services.correct, item, Role.DISCLOSURE_OFFICE, today=TODAY, **desk.user(Role.DISCLOSURE_OFFICE))
    bad = {**data, "body": "致电13812345678。"}
    with pytest.raises(Refused, match="手机号码"):
        desk.do(services.propose_correction, item, Role.OFFICER, data=bad, **words)


def test_a_correction_is_reviewed_as_what_it_is_and_again_when_it_is_proposed_anew(desk: Desk) -> None:
    item = published(kind="normative_document", organ="civil-affairs")
    data = {**row_of(Item.objects.select_related("organ").get(pk=item.pk)).as_object, "body": "第一条　期限为十日。"}
    words = {"note": "修改期限。", "size": "major", **desk.user(Role.OFFICER)}

    def tasks(role: Role) -> bool:
        return item in desk_selectors.tasks(standing(desk.people[role]))

    def refused_for(why: str) -> None:
        with pytest.raises(Refused, match=why):
            desk.do(services.correct, item, Role.DISCLOSURE_OFFICE, today=TODAY, **desk.user(Role.DISCLOSURE_OFFICE))

    desk.do(services.propose_correction, item, Role.OFFICER, data=data, **words)
    assert [tasks(role) for role in (Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER)] == [True, True]
    desk.passed(item, services.correction_secrecy_pass)
    refused_for("修订的合法性审核还没有通过")
    desk.do(services.propose_correction, item, Role.OFFICER, data={**data, "body": "第一条　期限为九日。"}, **words)
    refused_for("修订的保密审查还没有通过")
    desk.passed(item, services.correction_secrecy_pass)
    desk.passed(item, services.correction_legality_pass, Role.LEGAL_REVIEWER)
    assert [tasks(role) for role in (Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER, Role.DISCLOSURE_OFFICE)] == [
        *(False, False, True)
    ]
    done = desk.do(services.correct, item, Role.DISCLOSURE_OFFICE, today=TODAY, **desk.user(Role.DISCLOSURE_OFFICE))
    assert done.body == "第一条　期限为九日。"


def test_personal_data_in_the_columns_of_a_kind_keep_a_correction_back_too(desk: Desk) -> None:
    item = desk.released(kind="penalty_result")
    row = row_of(Item.objects.select_related("organ").get(pk=item.pk)).as_object
    with pytest.raises(Refused, match=r"专用栏目.*手机号码"):
        desk.do(
            services.propose_correction,
            item,
            Role.OFFICER,
            data={**row, "facts": {"party": "示例公司，电话13812345678"}},
            note="补充。",
            size="minor",
            **desk.user(Role.OFFICER),
        )


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


@pytest.mark.parametrize(
    ("act", "state", "public"),
    [("withdraw", "withdrawn", True), ("archive", "archived", True), ("remove", "removed", False)],
)
def test_every_way_out_wants_its_reason_and_tells_it(desk: Desk, act: str, state: str, public: bool) -> None:
    item, do = desk.released(), getattr(services, act)
    with pytest.raises(Refused, match="的理由"):
        desk.do(do, item, Role.DISCLOSURE_OFFICE, reason="", today=TODAY)
    done = desk.do(do, item, Role.DISCLOSURE_OFFICE, reason="内容过时。", today=TODAY)
    assert (done.state, done.public, done.reason) == (state, public, "内容过时。")
    assert "内容过时。" in done.changes.all()[0].text


def test_what_is_joined_to_another_leads_there(desk: Desk) -> None:
    item, there = desk.released(), published()
    for wrong, why in (("", "请填写合并到哪一条"), ("x/2020-00001", "没有索引号"), (item.index_number, "没有索引号")):
        with pytest.raises(Refused, match=why):
            desk.do(services.consolidate, item, Role.DISCLOSURE_OFFICE, reason="并入。", today=TODAY, redirect_to=wrong)
    words = {"reason": "并入。", "today": TODAY, "redirect_to": there.index_number}
    done = desk.do(services.consolidate, item, Role.DISCLOSURE_OFFICE, **words)
    assert (done.redirect_to, done.public) == (there, False)


def test_the_class_may_change_later_both_ways_and_is_told(desk: Desk) -> None:
    item = desk.released()
    words = {"reason": "情势变化。", "today": TODAY}
    done = desk.do(services.reclassify, item, Role.DISCLOSURE_OFFICE, disclosure_class="withheld", **words)
    assert (done.state, done.public, done.class_reason) == ("filed", False, "情势变化。")
    kept = desk.do(services.reassess, item, Role.DISCLOSURE_OFFICE, reason="仍涉及安全。", today=date(2027, 11, 1))
    assert kept.reassess_on == date(2028, 11, 1)
    other = an_officer(Role.DISCLOSURE_OFFICE, "civil-affairs")
    opened = desk.do(services.open_up, item, Role.DISCLOSURE_OFFICE, **words, **desk.user(Role.DISCLOSURE_OFFICE))
    assert (opened.state, opened.public) == ("in_review", False)
    refused(desk, opened, "不得为同一人")
    desk.people[Role.DISCLOSURE_OFFICE] = other
    assert desk.release(desk.passed(item)).public
    assert [change.text for change in item.changes.filter(kind="reclassified").order_by("pk")] == [
        "公开属性由“主动公开”调整为“不予公开”：情势变化。",
        "公开属性由“不予公开”调整为“主动公开”：情势变化。",
    ]


def test_a_repeal_takes_effect_in_the_transaction_of_its_release_and_ends_with_its_removal(desk: Desk) -> None:
    old = published(
        document_number="虹府规〔2025〕9号",
        signed_on="2025-01-02",
        published_on="2025-01-03",
        effective_on="2025-02-01",
    )
    item = desk.drafted(relations=[{"kind": "repeals", "target": "虹府规[2025]9号"}], effective_on="2026-11-20")
    item = desk.passed(desk.in_review(item))
    old.refresh_from_db()
    assert old.validity == "in_force"
    desk.release(item)
    old.refresh_from_db()
    assert (old.validity, old.validity_since) == ("repealed", TODAY)
    desk.do(services.remove, item, Role.DISCLOSURE_OFFICE, reason="误发。", today=TODAY)
    old.refresh_from_db()
    assert old.validity == "in_force"


def test_a_repeal_holds_though_the_document_that_repealed_is_not_for_everybody_any_more(desk: Desk) -> None:
    old = published(kind="normative_document", document_number="虹府规〔2025〕9号", published_on="2025-01-03",
                    signed_on="2025-01-02", effective_on="2025-02-01")  # fmt: skip
    words = {"relations": [{"kind": "repeals", "target": old.document_number}], "effective_on": "2026-11-20"}
    item = desk.released(**words)
    reason = {"disclosure_class": "withheld", "reason": "情势变化。", "today": TODAY}
    desk.do(services.reclassify, item, Role.DISCLOSURE_OFFICE, **reason)
    validity.derive({old.pk}, today=TODAY)
    old.refresh_from_db()
    assert old.validity == "repealed"
    assert figures.year_of("normative_document", [old.organ.code], 2026, today=TODAY) == figures.YearOf(
        issued=(), ended=(old.pk,), valid=()
    )


def test_a_translation_goes_with_its_text_and_is_no_document_of_its_own(desk: Desk) -> None:
    text = published(kind="normative_document", document_number="虹府规〔2026〕9号", published_on="2026-01-03",
                     signed_on="2026-01-02", effective_on="2026-02-01")  # fmt: skip
    other = published(kind="normative_document", document_number="", published_on="2026-01-03", language="en",
                      signed_on="2026-01-02", effective_on="2026-02-01", translation_of=text.index_number)  # fmt: skip
    organs, kind = [text.organ.code], "normative_document"
    assert figures.year_of(kind, organs, 2026, today=TODAY).issued == (text.pk,)
    assert pages.behind(other) is None
    desk.released(relations=[{"kind": "repeals", "target": text.document_number}], effective_on="2026-11-20")
    for one in (text, other):
        one.refresh_from_db()
        assert (one.validity, one.validity_since) == ("repealed", TODAY)
    assert figures.year_of(kind, organs, 2026, today=TODAY) == figures.YearOf((text.pk,), (text.pk,), ())


def test_a_translation_whose_text_was_corrected_since_says_so(desk: Desk) -> None:
    text = desk.released()
    other = published(kind="announcement", document_number="", language="en", translation_of=text.index_number)
    row = row_of(Item.objects.select_related("organ").get(pk=text.pk)).as_object
    words = {"note": "更正日期。", "size": "minor", **desk.user(Role.OFFICER)}
    desk.do(services.propose_correction, text, Role.OFFICER, data={**row, "body": "各单位：改在明日。"}, **words)
    desk.passed(text, services.correction_secrecy_pass)
    assert pages.behind(other) is None
    desk.do(services.correct, text, Role.DISCLOSURE_OFFICE, today=TODAY, **desk.user(Role.DISCLOSURE_OFFICE))
    assert pages.behind(other) == (text, TODAY)
    page = Client().get(f"/library/{other.slug}/").content.decode()
    assert "译文可能过时" in page
    assert f"/library/{text.slug}/" in page


def test_what_is_not_for_everybody_any_more_says_why_at_its_address(desk: Desk) -> None:
    item = desk.released()
    reason = {"disclosure_class": "on_application", "reason": "情势变化。", "today": TODAY}
    done = desk.do(services.reclassify, item, Role.DISCLOSURE_OFFICE, **reason)
    answer = Client().get(f"/library/{done.slug}/")
    assert answer.status_code == 410
    for told in ("不再主动公开", "情势变化。", "/disclosure/apply/"):
        assert told in answer.content.decode()
    assert done.body not in answer.content.decode()
    hidden = desk.drafted(disclosure_class="withheld", class_reason="示例。")
    filed = desk.do(services.file, desk.passed(desk.in_review(hidden)), Role.DISCLOSURE_OFFICE, today=TODAY,
                    **desk.user(Role.DISCLOSURE_OFFICE))  # fmt: skip
    assert Client().get(f"/library/{filed.slug}/").status_code == 404


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
