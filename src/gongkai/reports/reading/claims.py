"""The figures that a report states in words: what was received, answered, granted, contested, charged.

A pattern finds a quantity only where the words name it; what is not named is not guessed. Patterns run over the
prose without its white space, so a sentence broken by a page end is whole again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from gongkai.reports.enums import Scope
from gongkai.reports.reading import claim_patterns as words
from gongkai.reports.reading.claim_lists import list_claims
from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Claim

_WHOLE = re.compile(r"全区|全市|全县|全省|各级|全系统")
_NEAR = 500
_CONTEXT = 60


def find_claims(prose: Mapped, year: int | None = None) -> tuple[Claim, ...]:
    """All claims in the prose of one report, in the order in which they stand there.

    What is said of other years than ``year`` is no claim about the report's own.
    """
    text = prose.compact()
    found = [
        *_applications(text, year),
        *_remedies(text),
        *_proactive(text),
        *_items(text),
        *_fees(text),
        *list_claims(text),
    ]
    found.sort(key=lambda c: c.span.start if c.span else 0)
    return tuple(found)


def _claim(kind: str, m: re.Match[str], text: Mapped, **more: object) -> Claim:
    groups = m.groupdict()
    value = Decimal(m["n"].replace(",", "")) * (10_000 if groups.get("wan") else 1)
    share = groups.get("share")
    return Claim(
        kind,
        value,
        text.span(m.start(), m.end()),
        share=share,
        share_span=text.span(m.start("share"), m.end("share") + 1) if share else None,
        approximate=(groups.get("about") or "") + (groups.get("more") or ""),
        scope=_scope(text.text, m.start()),
        **more,  # type: ignore[arg-type]  # the remaining fields of a claim, by name
    )


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind("。", 0, at), text.rfind("!", 0, at)) + 1


def _scope(text: str, at: int) -> Scope | None:
    before = text[max(_sentence_start(text, at), at - _CONTEXT) : at]
    if re.search(r"本级", before):
        return Scope.ORGAN
    return Scope.WHOLE if _WHOLE.search(before) else None


def _growth(m: re.Match[str], text: Mapped) -> dict[str, object]:
    tail = words.GROWTH.match(text.text, m.end())
    return _growth_of(tail, text) if tail else {}


def _growth_of(tail: re.Match[str], text: Mapped) -> dict[str, object]:
    falls = tail["way"] in ("下降", "减少", "降低", "回落")
    return {
        "growth": ("-" if falls else "") + tail["growth"],
        "growth_span": text.span(tail.start("growth"), tail.end("growth") + 1),
        "growth_base": int(tail["base"]) if tail["base"] else None,
    }


def _of_another_year(text: str, at: int, year: int | None) -> bool:
    """Whether the words before a figure, within its clause, name years, and not the report's own."""
    clause = re.split(r"[,。;:]", text[max(0, at - _CONTEXT) : at])[-1]
    named = re.findall(r"(20\d\d)年", clause)
    return year is not None and bool(named) and str(year) not in named


def _applications(text: Mapped, year: int | None) -> Iterator[Claim]:
    anchors: list[int] = []
    for m in words.NONE_RECEIVED.finditer(text.text):
        yield Claim("received", Decimal(0), text.span(*m.span()))
    for m in words.RECEIVED.finditer(text.text):
        if _of_another_year(text.text, m.start(), year):
            continue
        anchors.append(m.start())
        carried = words.CARRIED_IN.search(text.text[m.end() : m.end() + 30])
        detail = "including_carried_in" if carried and text.text[m.end() : m.end() + 1] in ("(", "含") else ""
        yield _claim("received", m, text, detail=detail, **_growth(m, text))
    for m in words.ANSWERED.finditer(text.text):
        sentence = text.text[_sentence_start(text.text, m.start()) : m.end()]
        if re.search(r"信息公开(?:的)?申请|依申请公开", sentence) and not re.search(
            r"提案|建议|留言|来信|来电", sentence
        ):
            anchors.append(m.start())
            yield _claim("answered", m, text, **_growth(m, text))
    for kind, pattern in (*words.GROUPS, *((row.value, p) for row, p in words.LEAVES)):
        for m in pattern.finditer(text.text):
            if any(0 < m.start() - anchor < _NEAR for anchor in anchors):
                yield _claim(kind, m, text)
    yield from _carried(text, anchors)


def _carried(text: Mapped, anchors: list[int]) -> Iterator[Claim]:
    for m in words.CARRIED_IN.finditer(text.text):
        if any(0 < m.start() - anchor < _NEAR for anchor in anchors):
            yield _claim("carried_in", m, text)
    for pattern in words.CARRIED_OVER:
        for m in pattern.finditer(text.text):
            if any(0 < m.start() - anchor < _NEAR for anchor in anchors):
                yield _claim("carried_over", m, text)


def _remedies(text: Mapped) -> Iterator[Claim]:
    mentions: list[tuple[int, str]] = []
    for kind, pattern in (("reconsideration", words.RECONSIDERED), ("litigation", words.LITIGATED)):
        for m in pattern.finditer(text.text):
            if "信息公开" in text.text[_sentence_start(text.text, m.start()) : m.end()]:
                mentions.append((m.start(), kind))
                yield _claim(kind, m, text)
    for m in words.NO_REMEDY.finditer(text.text):
        if "信息公开" not in text.text[_sentence_start(text.text, m.start()) : m.end()]:
            continue
        for kind, word in (("reconsideration", "复议"), ("litigation", "诉讼")):
            if word in m["what"]:
                yield Claim(kind, Decimal(0), text.span(*m.span()))
    mentions.sort()
    yield from _corrected(text, mentions)


def _corrected(text: Mapped, mentions: list[tuple[int, str]]) -> Iterator[Claim]:
    for pattern in words.CORRECTED:
        for m in pattern.finditer(text.text):
            before = [kind for at, kind in mentions if 0 < m.start() - at < _NEAR // 4]
            if before:
                yield _claim(f"{before[-1]}_corrected", m, text)
    for m in words.NONE_CORRECTED.finditer(text.text):
        start = _sentence_start(text.text, m.start())
        told = [c.end() for p in words.CORRECTED for c in p.finditer(text.text, start, m.start())]
        said = text.text[max([start, *told]) : m.end()]
        if "败诉" in m.group() or ("诉讼" in said and "复议" not in said):
            yield Claim("litigation_corrected", Decimal(0), text.span(*m.span()))
        elif "诉讼" in said:
            yield Claim("remedies_corrected", Decimal(0), text.span(*m.span()))
        elif "复议" in said:
            yield Claim("reconsideration_corrected", Decimal(0), text.span(*m.span()))


def _proactive(text: Mapped) -> Iterator[Claim]:
    for kind, pattern in words.PROACTIVE:
        for m in pattern.finditer(text.text):
            more = _growth(m, text)
            rate = words.RATE.match(text.text[m.end() : m.end() + _CONTEXT])
            if rate:
                start, end = m.end() + rate.start("share"), m.end() + rate.end("share")
                more |= {"share": rate["share"], "share_span": text.span(start, end + 1)}
                after = words.GROWTH.match(text.text, end + 1)
                if after and "growth" not in more:
                    more |= _growth_of(after, text) | {"detail": "growth_after_rate"}
            yield replace(_claim(kind, m, text), **more)  # type: ignore[arg-type]  # fields of a claim
    for m in words.MADE_AND_OPENED.finditer(text.text):
        parts = (("made", Decimal(m["made"]), None),)
        yield _claim("disclosure_rate", m, text, parts=parts)


_ITEM_KINDS = {
    "行政许可": "licences",
    "其他对外管理服务事项": "other_external_services",
    "行政处罚": "penalties",
    "行政强制": "coercive_measures",
    "收费项目": "administrative_charges",
}


def _items(text: Mapped) -> Iterator[Claim]:
    for m in words.DOCUMENTS.finditer(text.text):
        before = re.split(r"[,、;。(]", text.text[max(0, m.start() - 16) : m.start()])[-1]
        if words.DOCUMENTS_NARROWER.search(before):
            continue
        yield _claim("normative_documents", m, text)
        total = words.DOCUMENTS_TOTAL.match(text.text[m.end() : m.end() + 20])
        if total:
            start = m.end() + total.start()
            yield Claim("normative_documents_total", Decimal(total["n"]), text.span(start, m.end() + total.end()))
    for m in words.DOCUMENTS_IN_FORCE.finditer(text.text):
        yield _claim("normative_documents_in_force", m, text)
    for m in words.RULES.finditer(text.text):
        yield _claim("rules", m, text)
    for m in words.ITEMS.finditer(text.text):
        change = Decimal(m["change"]) * (-1 if m["way"] == "减少" else 1)
        parts = (("change", change, None),)
        yield Claim(f"{_ITEM_KINDS[m['item']]}_items", Decimal(m["n"]), text.span(*m.span()), parts=parts)
    for m in words.PROCUREMENT.finditer(text.text):
        yield _claim("central_procurement_items", m, text)


def _fees(text: Mapped) -> Iterator[Claim]:
    for m in words.FEE.finditer(text.text):
        if re.search(r"信息公开|信息处理费", text.text[_sentence_start(text.text, m.start()) : m.end()]):
            yield _claim("processing_fee", m, text)
    for m in words.NO_FEE.finditer(text.text):
        if re.search(r"信息公开[^。]{0,12}(?:处理费|收费)|处理费", m.group()):
            yield Claim("processing_fee", Decimal(0), text.span(*m.span()))
