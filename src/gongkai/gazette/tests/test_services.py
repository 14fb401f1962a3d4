"""Articles at once, numbered issues later, sealed files, a ledger that balances."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import an_officer
from gongkai.audit.models import Entry as Link
from gongkai.audit.rules import SYSTEM
from gongkai.catalogue.events import Released
from gongkai.catalogue.models import Item
from gongkai.catalogue.tests.factories import published
from gongkai.gazette import printing, samples, selectors, services
from gongkai.gazette.enums import Movement
from gongkai.gazette.models import Article, Issue
from gongkai.gazette.rules.citing import Citation
from gongkai.gazette.rules.frozen import Frozen
from gongkai.kernel import bus
from gongkai.seals import selectors as seals
from gongkai.seals import services as sealing
from gongkai.seals.enums import SignerKind
from gongkai.workflow.rules import NotNow, NotYours, Refused, Stale

from .factories import TODAY, an_issue, articles, compiler

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quickly(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting a page takes a second, which only the tests of the files need pay."""
    if "tmp_path" not in request.fixturenames:
        monkeypatch.setattr(printing, "_pdf", lambda issue: f"%PDF {issue}".encode())


def released(item: Item) -> None:
    bus.publish(Released(item.pk, item.organ.code, item.kind, item.title, date(2025, 5, 8)))


def test_a_release_of_the_positive_list_is_an_article_at_once_and_once() -> None:
    item = published(organ="hongkou")
    released(item)
    released(item)
    assert [(row.item_id, row.column, row.released_on) for row in selectors.articles()] == [
        (item.pk, "government", date(2025, 5, 8))
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"level": "city"},
        {"title": "示例商圈招商推介方案"},
        {"language": "en"},
        {"kind": "penalty_result", "document_number": ""},
    ],
)
def test_papers_of_those_above_adverts_and_translations_make_no_article(values: dict[str, str]) -> None:
    released(published(organ="hongkou", **values))
    assert not Article.objects.exists()


def test_an_issue_is_numbered_frozen_and_read_by_its_citation() -> None:
    found = an_issue()
    assert (found.total, found.published_on, found.published) == (1, TODAY, True)
    assert [(row.place, row.issue_id) for row in selectors.arranged(found)] == [(1, found.pk), (2, found.pk)]
    before = selectors.printed(found)
    Item.objects.update(title="改过的标题")
    assert selectors.printed(Issue.objects.get()) == before
    cited = selectors.cited(Citation(2025, 2, 2))
    assert cited is not None
    assert (cited[0].pk, cited[1] and cited[1].place) == (found.pk, 2)
    assert selectors.cited(Citation(2025, 2, 3)) is None
    assert selectors.cited(Citation(2024, 2)) is None
    assert selectors.waiting().count() == 0


def test_each_act_leaves_its_link_in_the_chain() -> None:
    an_issue()
    acts = Link.objects.filter(act__startswith="gazette.").order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["gazette.open", "gazette.arrange", "gazette.publish"]


def test_a_published_issue_is_changed_by_nobody() -> None:
    by = compiler()
    found = an_issue(by)
    with pytest.raises(NotNow, match="已经出版，不能再改"):
        services.arrange(pk=found.pk, articles=[], version=found.version, by=by)
    with pytest.raises(NotNow):
        services.publish(pk=found.pk, version=found.version, by=by, today=TODAY)


def test_an_article_stands_in_one_issue_alone() -> None:
    by = compiler()
    an_issue(by)
    later = services.open_issue(year=2025, number=3, by=by)
    with pytest.raises(Refused, match="已经编入别的一期"):
        services.arrange(pk=later.pk, articles=[Article.objects.all()[0].pk], version=0, by=by)


def test_who_is_not_of_the_office_compiles_nothing_and_an_officer_publishes_nothing() -> None:
    with pytest.raises(NotYours):
        services.open_issue(year=2025, number=2, by=compiler(Role.DISCLOSURE_OFFICE, "civil-affairs"))
    officer = compiler(Role.OFFICER)
    found = services.open_issue(year=2025, number=2, by=officer)
    with pytest.raises(NotYours, match="请转交有此职责的人员"):
        services.publish(pk=found.pk, version=0, by=officer, today=TODAY)
    assert not Issue.objects.get().published


@pytest.mark.parametrize(("number", "why"), [(0, "没有第 0 期"), (5, "没有第 5 期")])
def test_a_year_has_four_issues(number: int, why: str) -> None:
    with pytest.raises(Refused, match=why):
        services.open_issue(year=2025, number=number, by=compiler())


def test_a_document_corrected_while_the_files_are_built_is_not_published_in_its_old_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def meanwhile(issue: Frozen) -> bytes:
        Item.objects.update(title="制作期间改过的标题")
        return b"%PDF"

    monkeypatch.setattr(printing, "_pdf", meanwhile)
    with pytest.raises(Stale, match="请再出版一次"):
        an_issue()
    assert not Issue.objects.get().published


def test_an_empty_issue_an_old_page_and_a_second_opening_are_refused() -> None:
    by = compiler()
    found = services.open_issue(year=2025, number=2, by=by)
    with pytest.raises(Refused, match="还没有文章"):
        services.publish(pk=found.pk, version=0, by=by, today=TODAY)
    with pytest.raises(Refused, match="已经建立"):
        services.open_issue(year=2025, number=2, by=by)
    waiting = articles()
    services.arrange(pk=found.pk, articles=waiting, version=0, by=by)
    with pytest.raises(Stale):
        services.arrange(pk=found.pk, articles=waiting[:1], version=0, by=by)


def test_a_missed_quarter_is_told_from_the_next_working_day() -> None:
    call_command("calendar", "import", verbosity=0)
    an_issue(number=1)
    assert selectors.missing(today=date(2025, 6, 30)) == []
    late = selectors.missing(today=date(2025, 7, 1))
    assert [(one.year, one.issue, one.late_from) for one in late] == [(2025, 2, date(2025, 7, 1))]
    # 1 to 8 October are a holiday: the third issue, due on 30 September, is late on the 9th.
    assert [one.issue for one in selectors.missing(today=date(2025, 10, 8))] == [2]
    assert [one.issue for one in selectors.missing(today=date(2025, 10, 9))] == [2, 3]


def test_the_ledger_balances_and_refuses_what_is_not_there() -> None:
    by = compiler()
    found = an_issue(by)
    library = services.add_point(name="区图书馆", address="示例路1号", by=by)

    def enter(kind: Movement, count: int, key: str, point: int | None = library.pk) -> None:
        services.enter(pk=found.pk, kind=kind, count=count, point=point, on=TODAY, note="", key=key, by=by)

    enter(Movement.PRINTED, 2500, "a", None)
    enter(Movement.SENT, 300, "b")
    enter(Movement.SENT, 300, "b")  # the same submission again
    enter(Movement.GIVEN, 120, "c")
    enter(Movement.RETURNED, 30, "d")
    with pytest.raises(Refused, match="库存只剩 2230 册"):
        enter(Movement.SENT, 2231, "e")
    stock = selectors.stock(found)
    assert (stock.printed, stock.sent, stock.left, stock.points[0].held) == (2500, 270, 2230, 150)
    assert stock.printed == stock.sent + stock.left


def sealed(folder: Path) -> Path:
    """A published issue with its sealed file."""
    found = an_issue()
    sealing.found_authority(name="示例签发机构", by=SYSTEM)
    sealing.make_key(organ_code="district-office", signer=SignerKind.FILE, by=SYSTEM)
    code = services.seal(pk=found.pk, by=SYSTEM)
    assert services.seal(pk=found.pk, by=SYSTEM) == code
    paper = seals.latest(object_kind=services.OBJECT, object_id=found.pk)
    assert paper is not None
    path = folder / "sealed.pdf"
    path.write_bytes(seals.content(paper))
    return path


def test_files_are_built_the_same_twice_and_told_from_changed_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sealed(tmp_path)
    call_command("gazette", "build", "2025-2", "--into", str(tmp_path / "one"))
    first = capsys.readouterr().out
    call_command("gazette", "build", "2025年第2期", "--into", str(tmp_path / "two"))
    assert capsys.readouterr().out == first
    assert first.count("as published") == len(printing.FORMS)
    for form in printing.FORMS:
        one, two = (tmp_path / name / f"2025-2.{form}" for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
        call_command("gazette", "verify", str(one))
        assert capsys.readouterr().out.startswith("真：与2025年第2期出版时的")
        two.write_bytes(one.read_bytes().replace(b"2025-06-27", b"2025-06-28", 1) + b" ")
        with pytest.raises(CommandError):
            call_command("gazette", "verify", str(two))
        assert capsys.readouterr().out.startswith("伪：")
    call_command("gazette", "verify", str(path))
    assert capsys.readouterr().out.startswith("真：")
    authority = seals.own_authority()
    assert authority is not None
    (tmp_path / "ca.pem").write_text(authority.certificate)
    call_command("gazette", "verify", str(path), "--ca", str(tmp_path / "ca.pem"))
    assert capsys.readouterr().out.startswith("真：")
    path.write_bytes(path.read_bytes().replace(b"/Type", b"/Tipe", 1))
    with pytest.raises(CommandError):
        call_command("gazette", "verify", str(path), "--ca", str(tmp_path / "ca.pem"))
    assert capsys.readouterr().out.startswith("伪：")


def test_released_before_there_was_a_gazette_is_taken_up_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    published(organ="hongkou")
    published(organ="hongkou", kind="penalty_result", document_number="")
    call_command("gazette", "queue")
    call_command("gazette", "queue")
    assert capsys.readouterr().out.count("属于正向清单的 1 份") == 2
    assert Article.objects.count() == 1


def test_the_sample_issues_are_published_once_and_never_in_production(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    an_officer(Role.DISCLOSURE_OFFICE, "district-office")
    User.objects.update(username=samples.COMPILER)
    for number, day in enumerate(("2025-02-03", "2025-05-06", "2025-05-07", "2024-01-05"), 1):
        published(organ="hongkou", published_on=day, signed_on=day, document_number=f"虹府规〔2025〕{number}号")
    call_command("gazette", "demo")
    assert [(str(one), one.articles.count()) for one in Issue.objects.all()] == [("2025年第2期", 2), ("2025年第1期", 1)]
    assert [selectors.stock(one).left for one in Issue.objects.all()] == [1400, 1400]
    assert selectors.waiting().count() == 1
    call_command("gazette", "demo")
    assert "出版示范公报 0 期" in capsys.readouterr().out
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="不能载入正式环境"):
        call_command("gazette", "demo")
