"""The public pages of the document library."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from gongkai.catalogue.models import Item
from gongkai.catalogue.selectors import listing
from gongkai.catalogue.tests.factories import a_row, published, received

pytestmark = pytest.mark.usefixtures("hongkou")


def soup(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "lxml")


def mixed() -> None:
    """Twelve items of three organs, kinds, years and themes."""
    kinds, organs = ("plan", "personnel", "announcement"), ("finance", "health", "education")
    received(
        *(
            a_row(
                kind=kinds[n % 3],
                issuing_organ=organs[n // 4],
                theme=("finance", "health_sport")[n % 2],
                published_on=f"202{3 + n % 3}-06-0{1 + n % 9}",
                tags=["digital"] if n % 4 == 0 else [],
            )
            for n in range(12)
        )
    )


def counted(page: BeautifulSoup) -> dict[tuple[str, str], int]:
    """Every option of every facet with the number that stands beside it."""
    return {
        (str(box["name"]), str(box["value"])): int(box.find_next("span").get_text())  # type: ignore[union-attr]
        for box in page.select(".gk-facets input[type=checkbox]")
    }


def test_facets_combine_and_their_counts_are_those_of_the_database(client: Client) -> None:
    mixed()
    address = f"{reverse('library:list')}?kind=plan&organ=finance&organ=health&theme=finance"
    page = soup(client, address)
    found = Item.objects.filter(kind="plan", organ__code__in=("finance", "health"), theme="finance")
    assert str(page.select_one("#found").get_text()) == f"共 {found.count()} 条"  # type: ignore[union-attr]
    assert len(page.select(".gk-hit")) == found.count() > 0
    both = Item.objects.filter(organ__code__in=("finance", "health"), theme="finance")
    counts = counted(page)
    for kind in ("plan", "personnel", "announcement"):
        assert counts["kind", kind] == both.filter(kind=kind).count()
    for organ in ("finance", "health", "education"):
        assert (
            counts.get(("organ", organ), 0)
            == Item.objects.filter(kind="plan", theme="finance", organ__code=organ).count()
        )
    chosen = {(str(box["name"]), str(box["value"])) for box in page.select(".gk-facets input[checked]")}
    assert chosen == {("kind", "plan"), ("organ", "finance"), ("organ", "health"), ("theme", "finance")}


@pytest.mark.parametrize(
    "chosen",
    [
        {"kind": ("plan",), "year": ("2023",)},
        {"kind": ("plan", "personnel"), "organ": ("finance", "nowhere"), "validity": ("in_force", "not_applicable")},
        {"organ": ("finance", "health"), "theme": ("finance",), "level": ("district",), "tag": ("open_government",)},
    ],
)
def test_the_counts_of_several_facets_are_those_of_each_with_the_others(chosen: dict[str, tuple[str, ...]]) -> None:
    mixed()
    items = list(Item.objects.select_related("organ").prefetch_related("tags"))

    def values(item: Item, name: str) -> set[str]:
        if name == "tag":
            return {tag.code for tag in item.tags.all()}
        return {item.organ.code if name == "organ" else str(getattr(item, name))}

    for name, options in listing.options(listing.asked(chosen)).items():
        fit = [
            item
            for item in items
            if all(values(item, other).intersection(chosen.get(other, ())) for other in chosen if other != name)
        ]
        counts = Counter(value for item in fit for value in values(item, name))
        assert {one.value: one.count for one in options} == dict.fromkeys(chosen.get(name, ()), 0) | counts, name


@pytest.mark.one_database
@pytest.mark.parametrize("words", ["虹府规[2031]7号", "〔2031〕7号", "2031-7", "civil-affairs/2031-00001", "独一无二"])
def test_an_item_is_found_by_its_number_in_any_spelling_and_by_its_title(client: Client, words: str) -> None:
    published()
    days = {"signed_on": "2031-01-01", "published_on": "2026-01-01", "effective_on": "2031-02-01"}
    item = published(document_number="虹府规〔2031〕7号", title="独一无二的办法", **{**days, "signed_on": "2025-12-01"})
    Item.objects.filter(pk=item.pk).update(index_number="civil-affairs/2031-00001")
    page = soup(client, f"{reverse('library:list')}?q={words}")
    assert [hit.get_text() for hit in page.select(".gk-hit h3")] == ["独一无二的办法"]


@pytest.mark.one_database
def test_the_list_is_paged_and_costs_the_same_however_much_there_is(
    client: Client, django_assert_num_queries: Any
) -> None:
    address = f"{reverse('library:list')}?kind=normative_document"
    received(a_row())
    with django_assert_num_queries(11):
        client.get(address)
    received(*(a_row() for _ in range(22)))
    with django_assert_num_queries(11):
        page = soup(client, address)
    assert len(page.select(".gk-hit")) == 20
    following = page.select_one(".gk-pages a[href*='page=2']")
    assert following is not None
    assert parse_qs(urlsplit(str(following["href"])).query) == {"kind": ["normative_document"], "page": ["2"]}


@pytest.mark.one_database
def test_the_counts_of_the_whole_library_follow_every_change(client: Client) -> None:
    def counts() -> dict[tuple[str, str], int]:
        return counted(soup(client, reverse("library:list")))

    first, _second = published(kind="plan"), published(kind="plan")
    assert (counts()["kind", "plan"], counts()["kind", "plan"]) == (2, 2)
    Item.objects.filter(pk=first.pk).update(state="removed", public=False)
    assert counts()["kind", "plan"] == 1
    published(kind="announcement", document_number="")
    assert (counts()["kind", "plan"], counts()["kind", "announcement"]) == (1, 1)


@pytest.mark.one_database
def test_an_empty_list_says_what_to_do(client: Client) -> None:
    page = soup(client, f"{reverse('library:list')}?q=没有这样的文件&year=abc&page=999")
    assert page.select(".gk-hit") == []
    assert [link.get_text() for link in page.select(".gk-empty a")] == ["去掉全部条件", "依法申请公开", "问一问"]


def test_an_item_shows_its_metadata_text_relations_and_history(client: Client) -> None:
    old = published(
        title="虹口区示例旧办法",
        document_number="虹府规〔2020〕9号",
        signed_on="2022-01-02",
        published_on="2022-01-03",
        effective_on="2022-02-01",
    )
    item = published(relations=[{"kind": "repeals", "target": "虹府规（2020）9号"}])
    interpretation = published(
        kind="interpretation", document_number="", relations=[{"kind": "interprets", "target": item.index_number}]
    )
    page = soup(client, reverse("library:item", args=[item.slug]))
    facts = {row.dt.get_text(): row.dd.get_text() for row in page.select(".gk-dhead .gk-facts div")}  # type: ignore[union-attr]
    assert facts == {
        "索引号": item.index_number,
        "主题分类": "民政、扶贫、救灾",
        "发文机关": "上海市虹口区民政局",
        "发文字号": item.document_number,
        "成文日期": "2023年5月4日",
        "发布日期": "2023年5月8日",
        "施行日期": "2023年6月1日",
        "有效期至": "2028年5月31日（文件未写明，按规定的有效期）",
        "体裁": "办法",
        "公开属性": "主动公开",
    }
    assert [tag["id"] for tag in page.select(".gk-body > [id]")] == ["p1", "p2", "p3", "p4", "p5", "p6"]
    assert [tag.get_text() for tag in page.select(".gk-sign")] == ["上海市虹口区示例机关", "2023年5月4日"]
    rail = page.select_one(".gk-rail").get_text()  # type: ignore[union-attr]
    assert "废止 虹口区示例旧办法" in rail
    assert interpretation.title in rail
    repealed = soup(client, reverse("library:item", args=[old.slug]))
    assert repealed.select_one(".gk-badge").get_text() == "已废止"  # type: ignore[union-attr]
    assert item.title in repealed.select_one(".gk-inset").get_text()  # type: ignore[union-attr]
    history = soup(client, reverse("library:history", args=[old.slug]))
    assert [line.get_text() for line in history.select("[aria-labelledby=changes] p")] == [
        f"效力由“现行有效”变更为“已废止”，依据《{item.title}》。",
        "公开发布。",
    ]


@pytest.mark.one_database
def test_a_revision_shows_what_it_changed(client: Client) -> None:
    row = a_row(title="虹口区示例办法", body="第一条　期限为五日。")
    received(row)
    received({**row, "title": "虹口区示例办法（修订）", "body": "第一条　期限为十日。"})
    slug = Item.objects.get().slug
    page = soup(client, reverse("library:revision", args=[slug, 2]))
    assert [cell.get_text() for cell in page.select(".gk-table tbody th, .gk-table tbody td")] == [
        "标题",
        "虹口区示例办法",
        "虹口区示例办法（修订）",
    ]
    assert ([tag.get_text() for tag in page.select("del")], [tag.get_text() for tag in page.select("ins")]) == (
        ["五"],
        ["十"],
    )
    assert soup(client, reverse("library:revision", args=[slug, 1])).select("ins, del") == []
    assert client.get(reverse("library:revision", args=[slug, 3])).status_code == 404


@pytest.mark.one_database
def test_an_attachment_is_read_as_a_page(client: Client) -> None:
    item = published()
    page = soup(client, reverse("library:attachment", args=[item.slug, item.attachments.get().pk]))
    assert [cell.get_text() for cell in page.select("th, td")] == ["项目", "内容", "名称", "示例"]


@pytest.mark.one_database
@pytest.mark.parametrize("state", ["withdrawn", "archived"])
def test_what_was_withdrawn_or_archived_stays_and_says_so(client: Client, state: str) -> None:
    item = published(state=state, reason="内容已经过时。")
    page = soup(client, reverse("library:item", args=[item.slug]))
    assert "内容已经过时。" in page.select_one(".gk-inset").get_text()  # type: ignore[union-attr]
    assert page.select(".gk-body p")


@pytest.mark.one_database
def test_what_was_removed_says_why_and_shows_nothing_of_its_text(client: Client) -> None:
    item = published(state="removed", reason="误发。", body="不再公开的正文。")
    page = soup(client, reverse("library:item", args=[item.slug]), status=410)
    assert "误发。" in page.get_text()
    assert "不再公开的正文" not in page.get_text()
    assert client.get(reverse("library:json", args=[item.slug])).status_code == 404
    assert client.get(reverse("library:attachment", args=[item.slug, item.attachments.get().pk])).status_code == 404


@pytest.mark.one_database
def test_what_was_joined_to_another_leads_there_and_so_does_the_number_of_a_row(client: Client) -> None:
    there = published()
    item = published(state="consolidated", reason="并入。", redirect_to=there.index_number)
    for address in (reverse("library:item", args=[item.slug]), f"/library/{there.pk}/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, reverse("library:item", args=[there.slug]))


@pytest.mark.one_database
def test_a_draft_is_not_there_in_any_form(client: Client) -> None:
    item = published()
    Item.objects.filter(pk=item.pk).update(state="drafting", public=False)
    for name in ("item", "json", "history"):
        assert client.get(reverse(f"library:{name}", args=[item.slug])).status_code == 404
    assert soup(client, reverse("library:list")).select(".gk-hit") == []


@pytest.mark.one_database
def test_every_entry_of_the_law_shows_its_items_and_says_so_when_it_has_none(client: Client) -> None:
    item = published(kind="budget", facts={"year": 2025})
    page = soup(client, reverse("portal:item", args=["20-7"]))
    assert [hit.get_text() for hit in page.select(".gk-hit h3")] == [item.title]
    more = page.select_one(".gk-more a")
    assert more is not None
    assert parse_qs(urlsplit(str(more["href"])).query)["kind"] == ["budget", "final_account"]
    assert "暂无内容" in soup(client, reverse("portal:item", args=["20-8"])).get_text()
    contents = soup(client, reverse("portal:contents"))
    rows = [(row.select_one("a"), row.select_one(".gk-chip")) for row in contents.select(".gk-items li")]
    states = {str(link["href"]).split("/")[-2]: chip.get_text() for link, chip in rows if link and chip}
    assert (states["20-7"], states["20-8"], len(states)) == ("已有内容", "暂无", 22)
    assert listing.counts_by_entry()["20-7"] == 1


def test_the_map_for_programs_holds_every_item(client: Client) -> None:
    item = published()
    published(state="removed", reason="误发。")
    assert "/sitemap-library-1.xml" in client.get("/sitemap.xml").content.decode()
    found = BeautifulSoup(client.get("/sitemap-library-1.xml").getvalue(), "xml")
    places = [urlsplit(loc.get_text()).path for loc in found.select("loc")]
    assert places == [reverse("library:item", args=[item.slug]), reverse("library:history", args=[item.slug])]
    assert client.get("/sitemap-library-2.xml").status_code == 404


def test_a_policy_and_its_interpretation_lead_to_each_other_and_the_points_are_text(client: Client) -> None:
    policy = published(facts={"use": "申报类"})
    facts = {"form": "文字", "declare": "在本区注册。\n信用良好。", "questions": "问：何时申报？\n答：每年三月。"}
    told = [{"kind": "interprets", "target": policy.document_number}]
    reading = published(kind="interpretation", document_number="", relations=told, facts=facts)
    there = BeautifulSoup(client.get(f"/library/{policy.slug}/").content, "lxml")
    back = BeautifulSoup(client.get(f"/library/{reading.slug}/").content, "lxml")
    assert [link["href"] for link in there.select(".gk-inset a")] == [f"/library/{reading.slug}/"]
    assert [link["href"] for link in back.select(".gk-inset a")] == [f"/library/{policy.slug}/"]
    points = back.select_one("section.gk-body")
    assert points is not None
    assert [part.get_text() for part in points.select("h2, p")] == [
        *("申报条件", "在本区注册。", "信用良好。"),
        *("常见问题", "问：何时申报？", "答：每年三月。"),
    ]
    assert "申报条件" not in " ".join(part.get_text() for part in back.select(".gk-facts dt"))
    assert "申报类" in " ".join(part.get_text() for part in there.select(".gk-facts dd"))
