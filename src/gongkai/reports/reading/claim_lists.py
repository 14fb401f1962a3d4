"""Lists in the prose whose members add up to a total: channels, leading organs, outcomes, 其中 … 其余 …"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Claim

_WAYS = "当面|现场|网上|网络|在线|互联网|信函|书信|来信|邮寄|邮件|电子邮件|传真|其他|其他方式|窗口|平台"
_CHANNELS_APART = re.compile(
    rf"(?P<names>(?:{_WAYS})(?:[、和及,](?:{_WAYS})){{1,9}})(?:等)?(?:方式|形式|渠道|途径)?[^。;\d]{{0,20}}?分别(?:为|是|有)?"
    r"(?P<counts>\d{1,9}件?(?:[、,和]\d{1,9}件?){1,9})"
    r"(?:[,。;]?[^。;\d]{0,12}?(?:比重|比例|占比|占)(?:[^。;\d]{0,6})(?P<shares>\d+(?:\.\d+)?%(?:[、,和]\d+(?:\.\d+)?%){1,9}))?"
)
_CHANNEL = (
    rf"(?P<name>{_WAYS})(?:提交|方式|渠道|途径)?(?:的)?(?:申请)?(?P<count>\d+)件"
    r"(?:[,(]占(?:比)?(?P<share>\d+(?:\.\d+)?)%\)?)?"
)
_ANY_CHANNEL = re.sub(r"\?P<\w+>", "", _CHANNEL)
_CHANNELS_TOGETHER = re.compile(
    r"(?:其中|从[^。;,]{0,10}?(?:形式|方式|渠道)[^。;,]{0,6}?|(?:方式|渠道|途径)(?:分别)?(?:为|是|有|包括))[,:]?(?:通过)?"
    rf"(?P<list>{_ANY_CHANNEL}(?:[、,;和]{{1,2}}(?:通过)?{_ANY_CHANNEL}){{1,9}})"
)
_CHANNELS_AFTER_COUNT = re.compile(
    rf"(?P<list>(?<!\d)\d{{1,9}}件为?(?:{_WAYS})申请(?:[、,;和]\d{{1,9}}件为?(?:{_WAYS})申请){{1,12}})"
)
_AFTER_COUNT = re.compile(rf"(?P<count>(?<!\d)\d{{1,9}})件为?(?P<name>{_WAYS})申请")
_CHANNEL_PART = re.compile(_CHANNEL)
_LEADING = re.compile(
    r"(?:列|居|位列|位居|排名)?前(?P<many>\d{1,2}|[三四五六七八九十])(?:位|名)(?:的)?(?:单位|部门)?(?:分别)?(?:是|为)[:]?"
    r"(?P<list>[^。;()]{1,20}\(\d+件\)(?:[、,和][^。;()]{1,20}\(\d+件\)){1,40})"
    r"(?:,[^。;\d]{0,6}占[^。;\d]{0,14}?(?P<share>\d+(?:\.\d+)?)%)?"
)
_LEADING_PART = re.compile(r"(?P<name>[^、,和()]{1,20})\((?P<count>\d+)件\)")
_OUTCOMES = {
    "属于已主动公开范围": "already_public",
    "同意公开": "granted",
    "同意部分公开": "partially_granted",
    "不同意公开": "withheld",
    "申请信息不存在": "non_existent",
    "不属于本行政机关公开": "not_competent",
    "告知作出更改补充": "supplement_told",
    "告知通过其他途径办理": "other_way",
    "申请内容不明确": "unclear",
    "重复申请": "repeated",
}
_OUTCOME = re.compile(
    rf"[“\"]?(?P<name>{'|'.join(sorted(_OUTCOMES, key=len, reverse=True))})[”\"]?(?:的)?(?:有|共)?(?P<count>\d+)件"
)
_OPEN_RATE = re.compile(r"实际公开比例(?:达到|达|为)(?P<share>\d+(?:\.\d+)?)%")
_AMONG = re.compile(
    r"(?P<about>近|约|超过|超|逾)?(?P<n>(?<!\d)\d{1,12})(?P<wan>万)?(?P<more>余|多)?(?P<unit>件|名|条|项|场|家|个|期|篇)"
    r"(?P<between>[^。;\d]{0,12}?)(?:,|\()?(?P<how>其中|含|包括)[,:]?(?P<rest>[^。;)]+)"
)
_PART = re.compile(
    r"(?P<name>[^\d,、。;()]{0,24}?)(?P<count>(?<!\d)\d{1,12})(?P<more>余|多)?(?P<unit>件|名|条|项|场|家|个|期|篇)(?P<after>[^\d,、。;()]{0,16})"
)


def list_claims(text: Mapped) -> Iterator[Claim]:
    """Every list found, with its members as ``parts``; ``value`` is the total where the list itself names it."""
    yield from _channels(text)
    yield from _channels_after_count(text)
    yield from _leading(text)
    yield from _outcomes(text)
    yield from _among(text)


def _channels(text: Mapped) -> Iterator[Claim]:
    for m in _CHANNELS_APART.finditer(text.text):
        names = re.split(r"[、和及,]", m["names"])
        counts = re.findall(r"\d+", m["counts"])
        shares = re.findall(r"\d+(?:\.\d+)?", m["shares"] or "")
        if len(names) != len(counts) or (shares and len(shares) != len(counts)):
            continue
        parts = tuple(
            (name, Decimal(count), shares[i] if shares else None)
            for i, (name, count) in enumerate(zip(names, counts, strict=True))
        )
        yield Claim("channels", None, text.span(*m.span()), parts=parts)
    for m in _CHANNELS_TOGETHER.finditer(text.text):
        parts = tuple((p["name"], Decimal(p["count"]), p["share"]) for p in _CHANNEL_PART.finditer(m["list"]))
        if len(parts) > 1:
            yield Claim("channels", None, text.span(*m.span()), parts=parts)


def _channels_after_count(text: Mapped) -> Iterator[Claim]:
    """“4件为网上申请、1件为信函申请”."""
    for m in _CHANNELS_AFTER_COUNT.finditer(text.text):
        parts = tuple((p["name"], Decimal(p["count"]), None) for p in _AFTER_COUNT.finditer(m["list"]))
        yield Claim("channels", None, text.span(*m.span()), parts=parts)


def _leading(text: Mapped) -> Iterator[Claim]:
    for m in _LEADING.finditer(text.text):
        parts = tuple((p["name"].strip(), Decimal(p["count"]), None) for p in _LEADING_PART.finditer(m["list"]))
        place = text.span(m.start("share"), m.end("share") + 1) if m["share"] else None
        yield Claim(
            "leading_organs",
            None,
            text.span(*m.span()),
            share=m["share"],
            share_span=place,
            parts=parts,
            exhaustive=False,
        )


def _outcomes(text: Mapped) -> Iterator[Claim]:
    found = list(_OUTCOME.finditer(text.text))
    names = [_OUTCOMES[m["name"]] for m in found]
    if len(set(names)) < 4 or len(names) != len(set(names)):
        return
    parts = tuple((name, Decimal(m["count"]), None) for name, m in zip(names, found, strict=True))
    rate = _OPEN_RATE.search(text.text)
    yield Claim(
        "outcomes",
        None,
        text.span(found[0].start(), found[-1].end()),
        share=rate["share"] if rate else None,
        share_span=text.span(rate.start("share"), rate.end("share") + 1) if rate else None,
        parts=parts,
    )


def _among(text: Mapped) -> Iterator[Claim]:
    for m in _AMONG.finditer(text.text):
        if m["wan"]:
            continue
        rest = re.sub(r"\([^()]*", "", m["rest"])
        found = [p for p in _PART.finditer(rest) if p["unit"] == m["unit"] and not p["more"]]
        if len(found) < 2:
            continue
        parts = tuple(((p["name"] or p["after"]).strip("“”,") or "其余", Decimal(p["count"]), None) for p in found)
        yield Claim(
            "list",
            Decimal(m["n"]),
            text.span(*m.span()),
            approximate=(m["about"] or "") + (m["more"] or ""),
            parts=parts,
            exhaustive="其余" in m["rest"] and m["how"] == "其中",
            detail=m["unit"],
        )
