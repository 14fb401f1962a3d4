"""What stands in attached files is found, and it is said in which of them; one that cannot be read stops no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.audit.rules import SYSTEM
from gongkai.catalogue import services
from gongkai.catalogue.models import Attachment, Item
from gongkai.catalogue.tests import factories
from gongkai.files import services as files
from gongkai.files.rules import Refused
from gongkai.files.tests import honest
from gongkai.organisations.tests import factories as directory
from gongkai.screening import services as screening
from gongkai.screening.tests import making
from gongkai.search import selectors
from gongkai.search.engine import Engine
from gongkai.search.rules.ask import Ask

pytestmark = pytest.mark.one_database


def attach(item: Item, name: str, content: bytes, *, released: bool = True) -> Attachment:
    file = files.keep(stream=content, name=name, owner_kind="catalogue-item", owner_id=item.pk, actor=SYSTEM)
    copy = files.release(file=file, owner_kind="catalogue-item", owner_id=item.pk, actor=SYSTEM) if released else None
    return Attachment.objects.create(item=item, name=name, file=file.pk, released=copy.pk if copy else None)


def why(words: str) -> list[tuple[str, ...]]:
    return [hit.why for hit in selectors.find(Ask(words)).results]


def test_the_words_of_attached_files_are_found_and_the_file_is_named(
    indexed: Callable[[], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    directory.hongkou()
    item = factories.published(title="示例通知", attachments=[])
    attach(item, "名单.pdf", making.pdf("<p>示例鲸鱼名单第一页</p><p style='page-break-before:always'>第二页珊瑚</p>"))
    attach(item, "说明.docx", honest.word(text="示例海豚说明"))
    attach(item, "表格.xlsx", honest.sheet())
    broken = attach(item, "坏的.pdf", honest.pdf(pages=2))
    attach(item, "未公开.docx", honest.word(text="示例章鱼草稿"), released=False)
    indexed()
    assert why("“鲸鱼名单”") == []
    read = screening.words_of

    def refusing(*, source: Path | screening.Stored, most: int) -> str:
        if source.name == "坏的.pdf":
            raise Refused("不能读")
        return read(source=source, most=most)

    monkeypatch.setattr(screening, "words_of", refusing)
    assert (services.read_attachments(), services.read_attachments()) == (4, 0)
    broken.refresh_from_db()
    assert (broken.words, broken.words_read) == ("", True)
    indexed()
    assert why("“鲸鱼名单”") == [("附件“名单.pdf”含“鲸鱼名单”",)]
    assert why("“珊瑚”") == [("附件“名单.pdf”含“珊瑚”",)]
    assert why("“海豚说明”") == [("附件“说明.docx”含“海豚说明”",)]
    assert why("“章鱼草稿”") == []
    assert Attachment.objects.get(name="表格.xlsx").words == "Sheet\n示例"


def test_no_more_words_are_read_than_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "长.txt"
    path.write_text("第一行示例\n第二行示例\n" * 50, encoding="utf-8")
    assert screening.words_of(source=path, most=9) == "第一行示例\n第二行"
