"""The document library at the desk, by its pages."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import an_officer, an_organ
from gongkai.catalogue.models import Item
from gongkai.catalogue.tests.factories import a_draft, published
from gongkai.files.tests import honest
from gongkai.workbench.tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ORGAN = "civil-affairs"


class Person:
    """Somebody at the desk, signed in."""

    def __init__(self, role: Role, user: User | None = None) -> None:
        self.user = user or an_officer(role, ORGAN)
        self.client = Client()
        assert sign_in(self.client, self.user).status_code == 302

    def soup(self, address: str) -> BeautifulSoup:
        response = self.client.get(address)
        assert response.status_code == 200, address
        return BeautifulSoup(response.content, "lxml")

    def send(self, address: str, **values: Any) -> Any:
        """Fill in what the page asks for and send it."""
        form = self.soup(address).select_one("form.gk-form")
        assert form is not None
        data: dict[str, Any] = {
            str(box["name"]): str(box.get("value", "")) for box in form.select("input[type=hidden][name]")
        }
        data |= {str(box["name"]): box.get_text().lstrip("\n") for box in form.select("textarea[name]")}
        data |= {
            str(box["name"]): str(box.get("value", "")) for box in form.select("input[type=text], input[type=date]")
        }
        for box in form.select("select[name]"):
            chosen = box.select_one("option[selected]")
            data[str(box["name"])] = str(chosen["value"]) if chosen else ""
        return self.client.post(address, {**data, **values})


@pytest.fixture(autouse=True)
def _organ(db: None) -> None:
    an_organ(ORGAN)


def acts(page: BeautifulSoup) -> list[str]:
    return [str(link["href"]).rstrip("/").split("/")[-1] for link in page.select(".gk-acts a")]


def test_an_officer_drafts_and_is_told_what_the_program_found() -> None:
    officer = Person(Role.OFFICER)
    words = {
        "organ": ORGAN,
        "title": "关于北外摊示例活动的公告",
        "theme": "other",
        "genre": "notice",
        "body": "请致电13812345678。",
        "disclosure_class": "proactive",
        "attached": SimpleUploadedFile("示例.pdf", honest.pdf()),
    }
    response = officer.send(reverse("desk-library:new", args=["announcement"]), **words)
    item = Item.objects.get()
    assert response["Location"] == reverse("desk-library:item", args=[item.pk])
    page = officer.soup(reverse("desk-library:edit", args=[item.pk]))
    told = page.get_text()
    assert "手机号码 13*******78" in told
    assert "北外摊 → 北外滩" in told
    assert "去掉 示例.pdf" in told
    assert acts(officer.soup(reverse("desk-library:item", args=[item.pk]))) == ["edit", "submit", "abandon"]


def test_what_was_typed_is_there_again_when_it_is_refused() -> None:
    officer = Person(Role.OFFICER)
    words = {"organ": ORGAN, "title": "示例", "theme": "other", "genre": "notice", "body": "很长的正文。"}
    response = officer.send(
        reverse("desk-library:new", args=["announcement"]),
        **{**words, "document_number": "第四号", "relations": "吃掉 甲", "disclosure_class": "withheld"},
    )
    assert response.status_code == 422
    page = BeautifulSoup(response.content, "lxml")
    assert "很长的正文。" in page.select_one("textarea[name=body]").get_text()  # type: ignore[union-attr]
    assert "请先写" in page.get_text()
    again = officer.send(reverse("desk-library:new", args=["announcement"]), **{**words, "document_number": "第四号"})
    assert again.status_code == 422
    assert "虹府规〔2023〕4号" in again.content.decode()
    assert not Item.objects.exists()


def test_somebody_else_saved_meanwhile_and_nothing_of_either_is_lost() -> None:
    officer = Person(Role.OFFICER)
    item = a_draft(by=officer.user)
    address = reverse("desk-library:edit", args=[item.pk])
    assert officer.send(address, title="先保存的标题").status_code == 302
    late = officer.send(address, title="后保存的标题", version="0")
    assert late.status_code == 422
    assert "已有他人办理" in late.content.decode()
    assert "后保存的标题" in late.content.decode()
    item.refresh_from_db()
    assert (item.title, item.version) == ("先保存的标题", 1)


def test_each_sees_the_acts_of_the_own_role_and_the_way_ends_in_public(client: Client) -> None:
    people = {
        role: Person(role) for role in (Role.OFFICER, Role.SECTION_CHIEF, Role.SECRECY_REVIEWER, Role.DISCLOSURE_OFFICE)
    }
    item = a_draft(by=people[Role.OFFICER].user, kind="announcement", document_number="", body="各单位：示例。")
    page = reverse("desk-library:item", args=[item.pk])

    def do(role: Role, act: str, **values: Any) -> Any:
        return people[role].send(reverse("desk-library:act", args=[item.pk, act]), **values)

    def waits() -> set[Role]:
        return {role for role, one in people.items() if item.title in one.soup("/workbench/").get_text()}

    assert waits() == {Role.OFFICER}
    do(Role.OFFICER, "submit")
    assert waits() == {Role.SECTION_CHIEF}
    assert acts(people[Role.OFFICER].soup(page)) == []
    assert acts(people[Role.SECTION_CHIEF].soup(page)) == ["approve", "return"]
    do(Role.SECTION_CHIEF, "approve")
    response = do(Role.DISCLOSURE_OFFICE, "release")
    assert response.status_code == 422
    assert "保密审查还没有通过" in response.content.decode()
    assert waits() == {Role.SECRECY_REVIEWER}
    do(Role.SECRECY_REVIEWER, "secrecy_pass", opinion="同意。")
    assert waits() == {Role.DISCLOSURE_OFFICE}
    assert "同意。" in people[Role.DISCLOSURE_OFFICE].soup(page).get_text()
    assert do(Role.DISCLOSURE_OFFICE, "release").status_code == 302
    item.refresh_from_db()
    assert client.get(reverse("library:item", args=[item.slug])).status_code == 200


def test_the_list_shows_the_own_organs_items_by_state_and_number() -> None:
    officer = Person(Role.OFFICER)
    mine, other = a_draft(by=officer.user), published(organ="health")
    known = published(document_number="虹府规〔2031〕7号", signed_on="2025-01-01", published_on="2025-01-02")

    def titles(query: str) -> list[str]:
        return [link.get_text() for link in officer.soup(f"{reverse('desk-library:list')}{query}").select(".gk-list a")]

    assert set(titles("")) == {mine.title, known.title}
    assert titles("?state=drafting") == [mine.title]
    assert titles("?q=虹府规[2031]7号") == [known.title]
    assert officer.client.get(reverse("desk-library:item", args=[other.pk])).status_code == 404


def test_a_correction_waits_beside_the_public_text() -> None:
    officer, reviewer, chief = (Person(one) for one in (Role.OFFICER, Role.SECRECY_REVIEWER, Role.DISCLOSURE_OFFICE))
    item = published(organ=ORGAN, kind="announcement", document_number="", body="第一条　期限为五日。")
    words = {"body": "第一条　期限为十日。", "note": "更正期限。", "size": "minor", "relations": "实施 示例上位文件"}
    officer.send(reverse("desk-library:act", args=[item.pk, "propose_correction"]), **words)
    page = chief.soup(reverse("desk-library:item", args=[item.pk]))
    told = page.select_one("section[aria-labelledby=pending]")
    assert told is not None
    assert "修订的保密审查还没有通过" in told.get_text()
    assert [cell.get_text() for cell in told.select("tbody tr > *")] == ["关联", "", "实施：示例上位文件"]
    reviewer.send(reverse("desk-library:act", args=[item.pk, "correction_secrecy_pass"]), opinion="同意。")
    page = chief.soup(reverse("desk-library:item", args=[item.pk]))
    assert "修订的保密审查还没有通过" not in str(page.select_one("main"))
    assert ([one.get_text() for one in page.select("del")], [one.get_text() for one in page.select("ins")]) == (
        ["五"],
        ["十"],
    )
    chief.send(reverse("desk-library:act", args=[item.pk, "correct"]))
    item.refresh_from_db()
    assert item.body == "第一条　期限为十日。"


def test_a_correction_brings_a_file_and_takes_one_away_on_its_page() -> None:
    officer, reviewer, chief = (Person(one) for one in (Role.OFFICER, Role.SECRECY_REVIEWER, Role.DISCLOSURE_OFFICE))
    item = published(organ=ORGAN, kind="announcement", document_number="", body="各单位：示例。")
    (old,) = item.attachments.all()
    address = reverse("desk-library:act", args=[item.pk, "propose_correction"])
    words = {"note": "更换附表。", "size": "minor", "dropped": str(old.pk)}
    wrong = officer.send(address, **words, attached=SimpleUploadedFile("程序.exe", b"MZ"))
    errors = BeautifulSoup(wrong.content, "lxml").select_one("[role=alert]")
    assert wrong.status_code == 422
    assert errors is not None
    assert "exe" in errors.get_text()
    officer.send(address, **words, attached=SimpleUploadedFile("新附表.txt", "示例".encode()))
    told = reviewer.soup(reverse("desk-library:item", args=[item.pk])).select_one("section[aria-labelledby=pending]")
    assert told is not None
    assert [line.get_text() for line in told.select("li")][-2:] == ["新的附件：新附表.txt", f"去掉的附件：{old.name}"]
    public = reverse("library:item", args=[item.slug])
    assert "新附表" not in Client().get(public).content.decode()
    reviewer.send(reverse("desk-library:act", args=[item.pk, "correction_secrecy_pass"]), opinion="同意。")
    chief.send(reverse("desk-library:act", args=[item.pk, "correct"]))
    page = BeautifulSoup(Client().get(public).content, "lxml")
    assert [link.get_text() for link in page.select("main a") if "/attachments/" in str(link["href"])] == ["新附表.txt"]


def test_what_a_correction_lacks_is_named() -> None:
    officer, item = Person(Role.OFFICER), published(organ=ORGAN, kind="announcement", document_number="")
    answer = officer.send(reverse("desk-library:act", args=[item.pk, "propose_correction"]), title="", note="")
    told = BeautifulSoup(answer.content, "lxml").select("[role=alert] a")
    assert [one.get_text() for one in told] == ["请填写“标题”。", "请选择修订的大小。", "请填写“修订说明”。"]


def test_an_act_that_the_state_does_not_know_leads_back() -> None:
    officer = Person(Role.OFFICER)
    item = published(organ=ORGAN)
    response = officer.client.get(reverse("desk-library:act", args=[item.pk, "submit"]))
    assert response["Location"] == reverse("desk-library:item", args=[item.pk])
    assert officer.client.get(reverse("desk-library:edit", args=[item.pk])).status_code == 302


def test_a_list_of_what_must_be_looked_at_says_how_many_there_are_and_shows_every_one() -> None:
    officer, address = Person(Role.OFFICER), reverse("desk-library:watch")
    for n in range(53):
        published(title=f"示例失效文件第{n}件")
    Item.objects.update(validity="lapsed", validity_since="2024-01-01")
    whole = officer.soup(address)
    ended = whole.select_one("section[aria-labelledby=ended]")
    assert ended is not None
    assert "共 53 条" in ended.get_text()
    assert len(ended.select("li")) == 50
    shown = [officer.soup(f"{address}?list=ended&page={page}").select(".gk-list a") for page in (1, 2)]
    assert len({link["href"] for links in shown for link in links}) == 53
    assert officer.client.get(f"{address}?list=nothing&page=x").status_code == 200


def test_what_was_published_twice_is_paged_with_its_true_count_in_as_many_queries_however_many_there_are() -> None:
    officer, address = Person(Role.OFFICER), reverse("desk-library:watch") + "?list=twins"
    took = []
    for many in (3, 260):  # past the two hundred that were once shown
        for n in range(Item.objects.count() // 2, many):
            for _each in range(2):
                published(title=f"示例重复公告第{n:03}件", kind="announcement", document_number="")
        with CaptureQueriesContext(connection) as asked:
            first = officer.soup(address)
        took.append(len(asked))
        assert f"共 {many} 条" in first.get_text()
    assert took[0] == took[1]
    shown = [officer.soup(f"{address}&page={page}").select(".gk-list a") for page in range(1, 7)]
    assert [len(links) for links in shown] == [100, 100, 100, 100, 100, 20]
    assert len({link["href"] for links in shown for link in links}) == 520
    Item.objects.update(title="公告")
    page = officer.soup(address)
    assert [len(row.select("a")) for row in page.select(".gk-list li")] == [10]
    assert "共 520 条，这里列出最早的几条。" in page.get_text()
