"""The later life of an item: corrected, withdrawn, joined, reclassified; what goes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.catalogue import services
from gongkai.catalogue.models import Item
from gongkai.catalogue.selectors import desk as desk_selectors
from gongkai.catalogue.selectors import figures, pages, watching
from gongkai.catalogue.selectors.rows import row_of
from gongkai.catalogue.services import validity
from gongkai.catalogue.tests.desk import PLAIN, Desk, refused
from gongkai.catalogue.tests.factories import TODAY, published, standing
from gongkai.workflow.rules import Refused

pytestmark = pytest.mark.django_db


def test_a_correction_is_released_by_another_with_its_note(desk: Desk) -> None:
    item = desk.released()
    row = row_of(Item.objects.select_related("organ").get(pk=item.pk))
    words = {"note": "更正日期。", "size": "minor", "today": TODAY, **desk.user(Role.OFFICER)}
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
    words = {"note": "修改期限。", "size": "major", "today": TODAY, **desk.user(Role.OFFICER)}

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
            today=TODAY,
            **desk.user(Role.OFFICER),
        )


def test_what_has_changed_has_the_clock_of_its_change_and_stands_on_the_sheet_of_its_quarter(desk: Desk) -> None:
    item, organs, changed = desk.released(), ["civil-affairs"], date(2026, 10, 12)
    row = row_of(Item.objects.select_related("organ").get(pk=item.pk)).as_object
    words = {"note": "更正。", "size": "minor", "today": TODAY, **desk.user(Role.OFFICER)}
    data = {**row, "body": "各单位：改在明日。"}
    with pytest.raises(Refused, match=r"变更之日（2026-11-21）晚于今天"):
        desk.do(services.propose_correction, item, Role.OFFICER, data=data, changed_on=date(2026, 11, 21), **words)
    desk.do(services.propose_correction, item, Role.OFFICER, data=data, changed_on=changed, **words)
    (one,) = [one for one in watching.clocks(organs, today=TODAY) if one.changed]
    assert (one.item.pk, one.clock.since, one.clock.due_on, one.clock.tone) == (
        item.pk,
        changed,
        date(2026, 11, 9),
        "red",
    )
    quarter = {"first": date(2026, 10, 1), "last": TODAY}
    assert [(line.item.pk, line.ended, line.late) for line in watching.sheet(organs, **quarter).lines] == [
        (item.pk, None, True)
    ]
    desk.passed(item, services.correction_secrecy_pass)
    desk.do(services.correct, item, Role.DISCLOSURE_OFFICE, today=TODAY, **desk.user(Role.DISCLOSURE_OFFICE))
    assert not [one for one in watching.clocks(organs, today=TODAY) if one.changed]
    assert [(line.item.pk, line.ended, line.late) for line in watching.sheet(organs, **quarter).lines] == [
        (item.pk, TODAY, True)
    ]


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
    words = {"note": "更正日期。", "size": "minor", "today": TODAY, **desk.user(Role.OFFICER)}
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
