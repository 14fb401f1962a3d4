"""A correction: what it passes follows from what it changes, and its files come and go with it."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_organ
from gongkai.audit.models import Entry
from gongkai.catalogue import services
from gongkai.catalogue.models import Attachment, Item
from gongkai.catalogue.rules import gates
from gongkai.catalogue.selectors import OWNER, pages
from gongkai.catalogue.selectors import desk as desk_selectors
from gongkai.catalogue.selectors.rows import row_of
from gongkai.catalogue.tests.desk import NOW, Desk, refused
from gongkai.catalogue.tests.factories import TODAY, published, standing
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.files.selectors import DRAFT
from gongkai.workflow.rules import Refused

pytestmark = pytest.mark.django_db


def now(item: Item) -> dict[str, Any]:
    return row_of(Item.objects.select_related("organ").get(pk=item.pk)).as_object


def propose(desk: Desk, item: Item, *, size: str = "minor", data: dict[str, Any] | None = None, **words: Any) -> Item:
    told = {"note": "更正。", "size": size, "today": TODAY, "data": data or {}, **words}
    return desk.do(services.propose_correction, item, Role.OFFICER, **told, **desk.user(Role.OFFICER))


def correct(desk: Desk, item: Item) -> Item:
    words = {"today": TODAY, **desk.user(Role.DISCLOSURE_OFFICE)}
    return desk.do(services.correct, item, Role.DISCLOSURE_OFFICE, **words)


def upload(desk: Desk, name: str, text: str = "示例附件") -> Any:
    actor = standing(desk.people[Role.OFFICER]).actor
    return keeping.keep(stream=text.encode(), name=name, owner_kind=DRAFT, actor=actor, organ="civil-affairs")


def for_everybody(item: Item) -> list[str]:
    return sorted(file.name for file in files.of_owner(OWNER, item.pk) if file in files.visible_to(None))


@pytest.mark.parametrize(
    ("kind", "size", "changed", "body", "wanted"),
    [
        ("announcement", "minor", ["body"], "", ["secrecy"]),
        ("announcement", "major", ["body"], "", ["secrecy"]),
        ("normative_document", "minor", ["summary", "keywords"], "", ["secrecy"]),
        ("normative_document", "major", ["summary"], "", ["secrecy", "legality"]),
        ("normative_document", "minor", ["body"], "第一条　甲。", ["secrecy", "legality"]),
        ("normative_document", "minor", ["expires_on"], "", ["secrecy", "legality"]),
        ("normative_document", "minor", ["attachments"], "", ["secrecy", "legality"]),
        (
            *("normative_document", "minor", ["body"], "各单位应当主动公开下列目录。"),
            ["secrecy", "legality", "coordination"],
        ),
        ("normative_document", "minor", ["relations"], "各单位应当主动公开下列目录。", ["secrecy", "legality"]),
    ],
)
def test_what_a_correction_passes_follows_from_what_it_changes(
    kind: str, size: str, changed: list[str], body: str, wanted: list[str]
) -> None:
    pending = {"size": size, "changed": changed, "row": {"body": body}}
    assert [one.value for one in gates.reviews_of_correction(kind, pending)] == wanted
    assert [one.name for one in gates.uncorrected(kind, {**pending, "secrecy": {}})] == wanted[1:]


def test_the_words_of_a_rule_are_not_changed_without_those_who_know_the_law_whatever_it_is_called(desk: Desk) -> None:
    item = published(kind="normative_document", organ="civil-affairs")
    propose(desk, item, data={"body": "第一条　各单位应当主动公开办理结果目录。"})
    desk.passed(item, services.correction_secrecy_pass)

    def waits_for(role: Role) -> bool:
        return item in desk_selectors.tasks(standing(desk.people[role]))

    roles = (Role.LEGAL_REVIEWER, Role.COMPETENT_DEPARTMENT, Role.DISCLOSURE_OFFICE)
    assert [waits_for(role) for role in roles] == [True, True, False]
    with pytest.raises(Refused, match=r"合法性审核还没有通过.*协调性审核还没有通过"):
        correct(desk, item)
    desk.passed(item, services.correction_legality_pass, Role.LEGAL_REVIEWER)
    desk.passed(item, services.correction_coordination_pass, Role.COMPETENT_DEPARTMENT)
    assert [waits_for(role) for role in roles] == [False, False, True]
    assert correct(desk, item).body == "第一条　各单位应当主动公开办理结果目录。"


def test_files_come_and_go_with_a_correction_and_the_public_has_them_when_it_is_released(desk: Desk) -> None:
    item = desk.released(attachments=[])
    propose(desk, item, uploads=[upload(desk, "附表.txt")])
    assert (for_everybody(item), now(item)["attachments"], pages.attachments(item)) == ([], [], [])
    desk.passed(item, services.correction_secrecy_pass)
    done = correct(desk, item)
    assert for_everybody(item) == ["附表.txt"]
    assert [one.name for one, file in pages.attachments(done) if file] == ["附表.txt"]
    assert now(item)["attachments"] == [{"name": "附表.txt", "text": ""}]
    old = Attachment.objects.get(item=item)
    assert old.released is not None
    propose(desk, item, uploads=[upload(desk, "附表.txt", "新的附表")], dropped=[old.pk])
    assert [one.pk for one, _file in pages.attachments(item)] == [old.pk]
    desk.passed(item, services.correction_secrecy_pass)
    done = correct(desk, item)
    (new,) = Attachment.objects.filter(item=item)
    assert (new.name, new.pk != old.pk, for_everybody(item)) == ("附表.txt", True, ["附表.txt"])
    assert not files.visible_to(None).filter(pk=old.released).exists()
    assert Entry.objects.filter(act="files.retract").count() == 1
    propose(desk, item, dropped=[new.pk])
    desk.passed(item, services.correction_secrecy_pass)
    correct(desk, item)
    assert (for_everybody(item), now(item)["attachments"]) == ([], [])


def test_files_of_a_correction_that_is_not_made_go_with_it(desk: Desk) -> None:
    item = desk.released(attachments=[])
    propose(desk, item, uploads=[upload(desk, "甲.txt")])
    propose(desk, item, uploads=[upload(desk, "乙.txt")])
    assert [one.name for one in Attachment.objects.filter(item=item)] == ["乙.txt"]
    desk.do(services.drop_correction, item, Role.OFFICER)
    assert not Attachment.objects.filter(item=item).exists()
    with pytest.raises(Refused, match="内容没有变化"):
        propose(desk, item)
    with pytest.raises(Refused, match=r"附件“丙\.txt”中有手机号码"):
        propose(desk, item, uploads=[upload(desk, "丙.txt", "致电13812345678。")])
    assert not Attachment.objects.filter(item=item).exists()


@pytest.mark.parametrize("act", ["remove", "reclassify"])
def test_what_leaves_the_library_takes_its_files_out_of_everybodys_hands(desk: Desk, act: str) -> None:
    item = desk.released(attachments=[])
    propose(desk, item, uploads=[upload(desk, "附表.txt")])
    desk.passed(item, services.correction_secrecy_pass)
    correct(desk, item)
    propose(desk, item, uploads=[upload(desk, "再改.txt")])
    released = Attachment.objects.get(item=item, released__isnull=False).released
    assert released is not None
    words: dict[str, Any] = {"reason": "误发。", "today": TODAY}
    words |= {"disclosure_class": "withheld"} if act == "reclassify" else {}
    desk.do(getattr(services, act), item, Role.DISCLOSURE_OFFICE, **words)
    assert not files.visible_to(None).filter(pk=released).exists()
    assert [one.name for one in Attachment.objects.filter(item=item)] == ["附表.txt"]
    assert not Item.objects.get(pk=item.pk).course.pending
    if act == "reclassify":  # and has them again when it is for everybody again
        opened = {"reason": "情形变化。", "today": TODAY, **desk.user(Role.OFFICER)}
        desk.do(services.open_up, item, Role.DISCLOSURE_OFFICE, **opened)
        desk.release(desk.passed(item))
        assert for_everybody(item) == ["附表.txt"]


def test_nobody_ends_what_others_made(desk: Desk) -> None:
    theirs = published(kind="normative_document", organ="education", title="示例教育办法")
    item = desk.drafted(relations=[{"kind": "repeals", "target": theirs.title}])
    with pytest.raises(Refused, match=r"《示例教育办法》不是本机关制发的"):
        desk.do(services.submit, item, Role.OFFICER, today=TODAY, **desk.user(Role.OFFICER))
    words = {"data": {**now(item), "joint_organs": [theirs.organ.name]}, **desk.user(Role.OFFICER)}
    desk.do(services.edit, item, Role.OFFICER, **words)
    assert desk.release(desk.passed(desk.in_review(item))).public
    theirs.refresh_from_db()
    assert theirs.validity == "repealed"


def test_a_correction_ends_nothing_of_others_either(desk: Desk) -> None:
    theirs = published(kind="normative_document", organ="education", title="示例教育办法")
    item = desk.released()
    propose(desk, item, data={"relations": [{"kind": "repeals", "target": theirs.title}]})
    desk.passed(item, services.correction_secrecy_pass)
    with pytest.raises(Refused, match="不是本机关制发的"):
        correct(desk, item)
    theirs.refresh_from_db()
    assert (theirs.validity, now(item)["relations"]) == ("in_force", [])


def test_a_government_and_its_office_end_what_is_below_them_and_what_of_them_is_no_more(db: None) -> None:
    above, office = an_organ("hongkou"), an_organ("district-office", below="hongkou")
    office.name = f"{above.name}办公室"
    office.save()
    an_organ("civil-affairs", below="hongkou")
    theirs = published(kind="normative_document", organ="civil-affairs", title="示例民政办法")
    districts = published(kind="normative_document", organ="hongkou", title="示例区级办法")
    told = [{"kind": "repeals", "target": one.title} for one in (theirs, districts)]
    desk = Desk(office.code)
    assert desk.release(desk.passed(desk.in_review(desk.drafted(relations=told)))).public
    gone = an_organ("former-bureau", below="hongkou")
    gone.valid_until = TODAY
    gone.save()
    older = published(kind="normative_document", organ=gone.code, title="示例旧局办法")
    heir = Desk("civil-affairs")
    one = heir.drafted(relations=[{"kind": "repeals", "target": older.title}])
    assert heir.release(heir.passed(heir.in_review(one))).public


def test_a_forced_release_takes_the_interpretation_along_that_is_ready(desk: Desk) -> None:
    item = desk.in_review(
        desk.drafted(
            kind="normative_document", document_number="虹民规〔2026〕3号", title="示例办法", body="第一条　甲。"
        )
    )
    told = {"kind": "interpretation", "relations": [{"kind": "interprets", "target": item.title}]}
    ready = desk.passed(desk.in_review(desk.drafted(title="《示例办法》解读", **told)))
    unready = desk.in_review(desk.drafted(title="《示例办法》问答", **told))
    refused(desk, item, "保密审查还没有通过")
    desk.passed(item)
    ask = {"reason": "汛情紧急。", **desk.user(Role.DISCLOSURE_OFFICE)}
    desk.do(services.ask_forced_release, item, Role.DISCLOSURE_OFFICE, **ask)
    sign = {"now": NOW, **desk.user(Role.COMPETENT_DEPARTMENT)}
    desk.do(services.forced_release, item, Role.COMPETENT_DEPARTMENT, **sign)
    states = [Item.objects.get(pk=one.pk).state for one in (item, ready, unready)]
    assert states == ["published", "published", "in_review"]
