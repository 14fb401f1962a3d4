"""What holds for every engine. A test file of an engine inherits `EngineContract` and gives the fixture `engine`."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from gongkai.search.engine import FINGERPRINT, Busy, Engine, NotReady
from gongkai.search.rules import FACETS, PUBLIC, Entry, Heard, Query, Sort, digest_of
from gongkai.search.rules.asking import understand
from gongkai.search.rules.folding import bare, fold
from gongkai.search.rules.spelling import heard_in

HAN = "区政府信息公开条例征收补偿规划办法的"
ORGANS = ("finance", "housing", "planning")


def entry(key: str, title: str, **told: object) -> Entry:
    return replace(Entry(id=f"test:{key}", kind="other", title=title, url=f"/{key}/"), **told)  # type: ignore[arg-type]


def random_entries(seed: int, count: int) -> list[Entry]:
    """Texts of few characters, so that every pair of them is common and neighbours are often near misses."""
    chance = random.Random(seed)

    def text(longest: int) -> str:
        signs = (chance.choice(HAN + "，。\n 2A") for _sign in range(chance.randint(2, longest)))
        return "".join(signs)

    return [
        entry(
            str(number),
            text(8).replace("\n", ""),
            body=text(60),
            kind=chance.choice(("normative_document", "other")),
            organ=chance.choice(ORGANS),
            theme=chance.choice(("finance", "other", "")),
            level=chance.choice(("city", "district")),
            validity=chance.choice(("in_force", "repealed", "")),
            date=f"{chance.randint(2017, 2020)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
            scope=chance.choice(((PUBLIC,), (PUBLIC,), ("organ:finance",))),
        )
        for number in range(count)
    ]


def asked(text: str, **told: object) -> Query:
    found = understand(text)
    return replace(
        Query(scopes=(PUBLIC,), clauses=found.clauses, near=found.near, exact=found.exact, limit=100),
        **told,  # type: ignore[arg-type]
    )


def ids(engine: Engine, query: Query) -> list[str]:
    return [hit.id.removeprefix("test:") for hit in engine.query(query).hits]


def build(engine: Engine, *entries: Entry) -> None:
    with engine.rebuilding() as writer:
        writer.write(entries)


def fail_while_rebuilding(engine: Engine) -> None:
    with engine.rebuilding() as writer:
        writer.write([entry("2", "征收细则")])
        raise KeyError


class EngineContract:
    """Inherited by the tests of each engine."""

    def test_without_an_index_nothing_can_be_asked(self, engine: Engine) -> None:
        assert engine.fingerprint == ""
        with pytest.raises(NotReady):
            engine.query(asked("征收"))
        with pytest.raises(NotReady), engine.writer():
            pass

    def test_what_was_written_is_found_at_once_and_replaced_not_doubled(self, engine: Engine) -> None:
        first = entry("1", "房屋征收补偿办法", body="第一条")
        build(engine, first)
        assert engine.fingerprint == FINGERPRINT
        with engine.writer() as writer:
            for title in ("道路养护办法", "道路保洁办法"):
                writer.write([replace(first, title=title)])
                writer.write([replace(first, title=title)])
                assert engine.query(asked("办法")).total == 1
        assert ids(engine, asked("保洁")) == ["1"]
        assert ids(engine, asked("征收")) == []
        assert list(engine.digests()) == [(first.id, digest_of(replace(first, title="道路保洁办法")))]

    def test_a_document_is_found_by_its_number_however_it_is_said_and_by_no_street(self, engine: Engine) -> None:
        build(
            engine,
            entry("1", "征收补偿办法", document_number="虹府规〔2023〕4号"),
            entry("2", "关于四号地块的公告", document_number="虹房管〔2022〕14号"),
            entry("3", "天宝路23-4弄房屋公示"),
        )
        said = (
            "虹府规23-4",
            "〔23〕4号",
            "〔二〇二三〕四号",
            "二零二三年第四号",
            "虹府规〔二〇二三〕四号",
            "虹府规2023-4",
        )
        assert [ids(engine, asked(one)) for one in said] == [["1"]] * len(said)
        assert set(ids(engine, asked("四号"))) == {"1", "2"}
        assert ids(engine, asked("第四号")) == ["1"]
        assert ids(engine, asked("天宝路23-4")) == ["3"]

    def test_what_is_gone_is_not_found(self, engine: Engine) -> None:
        build(engine, entry("1", "征收办法"), entry("2", "征收细则"))
        with engine.writer() as writer:
            writer.write([], gone=["test:1", "test:unknown"])
        assert ids(engine, asked("征收")) == ["2"]

    def test_a_new_index_takes_the_place_of_the_old_and_one_that_failed_does_not(self, engine: Engine) -> None:
        build(engine, entry("1", "征收办法"))
        with pytest.raises(KeyError):
            fail_while_rebuilding(engine)
        assert ids(engine, asked("征收")) == ["1"]
        with engine.writer() as old, engine.rebuilding() as new:
            new.write([entry("3", "征收细则")])
            old.write([entry("4", "征收通知")])
            assert sorted(ids(engine, asked("征收"))) == ["1", "4"]
        assert ids(engine, asked("征收")) == ["3"]

    def test_one_program_writes_at_a_time(self, engine: Engine, other: Engine) -> None:
        build(engine, entry("1", "征收办法"))
        with engine.writer():
            with pytest.raises(Busy), other.writer():
                pass
            with pytest.raises(Busy), other.rebuilding():
                pass
        with other.writer() as writer:
            writer.write([entry("2", "征收细则")])
        assert sorted(ids(engine, asked("征收"))) == ["1", "2"]

    def test_a_reader_finds_only_what_its_scopes_hold(self, engine: Engine) -> None:
        build(engine, entry("1", "征收办法"), entry("2", "征收内部意见", scope=("organ:finance",)))
        everybody, officer = (PUBLIC,), (PUBLIC, "organ:finance")
        assert ids(engine, asked("征收", scopes=everybody)) == ["1"]
        assert sorted(ids(engine, asked("征收", scopes=officer))) == ["1", "2"]
        found = {
            scopes: sorted(engine.names(Heard(sounds=("zheng", "shou")), scopes=scopes, limit=9))
            for scopes in (everybody, officer)
        }
        assert found == {everybody: ["征收办法"], officer: ["征收内部意见", "征收办法"]}

    @pytest.mark.parametrize("seed", range(3))
    def test_a_phrase_is_found_wherever_it_stands_and_nowhere_else(self, engine: Engine, seed: int) -> None:
        entries = [one for one in random_entries(seed, 150) if PUBLIC in one.scope]
        build(engine, *entries)
        chance = random.Random(seed)
        wrong = []
        for _query in range(60):
            phrase = "".join(chance.choice(HAN) for _sign in range(chance.randint(2, 4)))
            truth = sorted(one.id.removeprefix("test:") for one in entries if holds(one, phrase))
            found = sorted(ids(engine, asked(f"“{phrase}”", limit=200)))
            if found != truth:
                wrong.append((phrase, found, truth))
        assert wrong == []

    @pytest.mark.parametrize("seed", range(3))
    def test_facets_count_what_is_there(self, engine: Engine, seed: int) -> None:
        entries = [one for one in random_entries(seed, 150) if PUBLIC in one.scope]
        build(engine, *entries)
        filters = {"kind": ("other",), "organ": ORGANS[:2], "year": ("2018", "2019")}
        query = asked("“区政”", filters=filters, since="2018-03-01", until="2019-08-31", facets=FACETS)
        truth = [one for one in entries if holds(one, "区政") and fits(one, query)]
        found = engine.query(query)
        assert found.total == len(truth)
        assert {name: dict(values) for name, values in found.facets.items()} == {
            name: dict(Counter(getattr(one, name) for one in truth if getattr(one, name))) for name in FACETS
        }

    def test_by_day_in_both_directions_and_in_pages(self, engine: Engine) -> None:
        entries = random_entries(7, 60)
        build(engine, *entries)
        public = [one for one in entries if PUBLIC in one.scope]
        days = sorted((one.date for one in public), reverse=True)
        by_id = {one.id: one.date for one in public}
        newest = [hit.id for hit in engine.query(asked("", sort=Sort.NEWEST)).hits]
        oldest = [hit.id for hit in engine.query(asked("", sort=Sort.OLDEST)).hits]
        assert [by_id[told] for told in newest] == days
        assert oldest == newest[::-1]
        pages = [engine.query(asked("", sort=Sort.NEWEST, offset=offset, limit=7)).hits for offset in range(0, 70, 7)]
        assert [hit.id for page in pages for hit in page] == newest

    def test_a_number_is_found_in_any_spelling_and_the_paper_itself_before_those_that_cite_it(
        self, engine: Engine
    ) -> None:
        build(
            engine,
            entry("1", "征收办法", document_number="虹府规〔2023〕4号", index_number="AA-01-2023-0007"),
            entry("2", "征收解读", body="根据《征收办法》（虹府规〔2023〕4号），现予说明。" * 5),
            entry("3", "其他办法", document_number="虹府规〔2023〕40号", body="2023年第4次会议"),
        )
        spellings = (
            "虹府规〔2023〕4号",
            "虹府规[2023]4号",
            "虹府规（2023）4 号",
            "〔2023〕4号",
            "2023-4",
            "府规2023年4号",
        )
        assert {text: ids(engine, asked(text))[:2] for text in spellings} == {text: ["1", "2"] for text in spellings}
        assert ids(engine, asked("AA-01-2023-0007"))[0] == "1"

    def test_words_that_mean_the_same_and_traditional_writing(self, engine: Engine) -> None:
        build(engine, entry("1", "房屋动迁安置办法"), entry("2", "关于旧区改造的通知"), entry("3", "臺灣同胞投資條例"))
        found = {text: ids(engine, asked(text)) for text in ("征收", "舊區改造", "台湾", "臺灣", "旧改", "投资条例")}
        assert found == {
            "征收": ["1"],
            "舊區改造": ["2"],
            "台湾": ["3"],
            "臺灣": ["3"],
            "旧改": ["2"],
            "投资条例": ["3"],
        }

    def test_the_very_title_comes_first_and_what_no_longer_holds_comes_later(self, engine: Engine) -> None:
        build(
            engine,
            entry("1", "停车收费管理办法实施细则", body="停车收费管理办法" * 9),
            entry("2", "停车收费管理办法"),
            entry("3", "关于印发停车收费管理办法的通知", validity="repealed"),
            entry("4", "关于印发停车收费管理办法的通知", validity="in_force"),
        )
        found = ids(engine, asked("停车收费管理办法"))
        assert found[0] == "2"
        assert found.index("4") < found.index("3")

    def test_attachments_are_searched_also_across_their_lines(self, engine: Engine) -> None:
        build(engine, entry("1", "通知", attachments=("附件一", "公共租赁住房准入\n标准表")))
        assert ids(engine, asked("“准入标准”")) == ["1"]

    def test_most_of_the_words_will_do_where_it_is_asked_so(self, engine: Engine) -> None:
        build(engine, entry("1", "征收 补偿"), entry("2", "征收 规划"), entry("3", "道路"))
        query = asked("征收 补偿 办法")
        assert ids(engine, query) == []
        assert ids(engine, replace(query, least=2)) == ["1"]
        assert ids(engine, replace(query, least=1, without="test:1")) == ["2"]

    def test_words_of_titles_alone_will_do_where_it_is_asked_so(self, engine: Engine) -> None:
        build(engine, entry("1", "停车收费办法"), entry("2", "停车收费细则"), entry("3", "通知", body="停车收费办法"))
        query = asked("停车收费办法", titles=True, least=1)
        assert sorted(ids(engine, query)) == ["1", "2"]
        assert ids(engine, replace(query, without="test:1")) == ["2"]
        assert ids(engine, asked("月球", titles=True)) == []

    def test_a_word_of_a_title_counts_also_where_the_dictionary_cuts_the_title_otherwise(self, engine: Engine) -> None:
        build(engine, entry("1", "示例通报", body="群租。示例通报。"), entry("2", "示例己群租案", body="示例通报。"))
        assert ids(engine, asked("群租")) == ["2", "1"]

    def test_parts_of_a_synonym_that_nobody_typed_lift_nothing(self, engine: Engine) -> None:
        build(engine, entry("1", "示例通报", body="医保。医保。"), entry("2", "示例保障", body="医保。示例通报。"))
        assert ids(engine, asked("医保")) == ["1", "2"]

    def test_a_long_word_is_found_by_its_parts_where_most_of_the_words_will_do(self, engine: Engine) -> None:
        build(engine, entry("1", "生活垃圾分类办法"), entry("2", "建筑垃圾处置办法"), entry("3", "道路保洁办法"))
        query = asked("垃圾分类")
        assert ids(engine, query) == ["1"]
        assert ids(engine, replace(query, least=1)) == ["1", "2"]

    def test_a_name_is_found_by_how_it_sounds_and_by_first_letters(self, engine: Engine) -> None:
        build(engine, entry("1", "上海市虹口区人民政府", keywords=("虹口区政府",)), entry("2", "道路保洁办法"))
        heard = (heard_in("hongkouqu"), heard_in("hkqzf"), heard_in("dlbj"), heard_in("xxxx"))
        found = [engine.names(one, scopes=(PUBLIC,), limit=3) for one in heard]
        government = "上海市虹口区人民政府\n虹口区政府"
        assert found == [[government], [government], ["道路保洁办法"], []]

    @pytest.mark.parametrize(
        "text",
        [
            "(",
            "a:b",
            "title:*",
            "AND OR NOT",
            "[* TO *]",
            '"',
            "“”",
            "\\",
            "🙂",
            "\x00\x01",
            "征" * 5000,
            "+-&&||!(){}^~?:/",
        ],
    )
    def test_nothing_that_is_typed_is_an_operator(self, engine: Engine, text: str) -> None:
        build(engine, entry("1", "征收办法"))
        assert engine.query(asked(text, facets=FACETS, filters={"organ": (text[:50],)})).total == 0
        heard = Heard((text[:9],), (text[:2], text[1:3]), tuple(text[:9]))
        assert engine.names(heard, scopes=(PUBLIC,), limit=3) in ([], ["征收办法"])


def holds(one: Entry, phrase: str) -> bool:
    """By brute force: whether the phrase is the title or stands in it or in the text; a blank parts nothing, a line does."""
    return bare(one.title) == phrase or any(phrase in fold(text).replace(" ", "") for text in (one.title, one.body))


def fits(one: Entry, query: Query) -> bool:
    return all(getattr(one, name) in values for name, values in query.filters.items()) and (
        query.since <= one.date <= query.until
    )
