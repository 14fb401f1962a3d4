"""The answer in words: the verdict, what it means, and what anybody may be told of the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.seals.enums import Verdict
from gongkai.seals.rules import codes
from gongkai.seals.selectors import Answer

WORDS = (
    gettext_noop("真实"),
    gettext_noop("已被更正"),
    gettext_noop("印章已吊销"),
    gettext_noop("不符"),
    gettext_noop("查无此件"),
)
LOOKS = {Verdict.GENUINE: "ok", Verdict.REPLACED: "soon"}


@dataclass(frozen=True)
class Told:
    """What the page says."""

    word: str
    look: str  # of the chip
    inset: str  # of the box
    meaning: str
    facts: list[tuple[str, str, str]]  # label, value, language


def told(answer: Answer, sha256: str) -> Told:
    """The answer as the page shows it; `sha256` is that of the file that was sent, if one was."""
    verdict = answer.verdict
    good = verdict in LOOKS
    return Told(
        word=_(verdict.label),
        look=LOOKS.get(verdict, "late"),
        inset="" if verdict is Verdict.GENUINE else "amended" if good else "withdrawn",
        meaning=_meaning(answer, with_file=bool(sha256)),
        facts=[*_facts(answer), *([(_("您的文件的摘要"), sha256, "")] if sha256 else [])],
    )


def _meaning(answer: Answer, *, with_file: bool) -> str:
    if answer.verdict is Verdict.GENUINE and with_file:
        return _("您的文件与盖章时的文件一字不差。")
    sentences = {
        Verdict.GENUINE: _(
            "这个核验码属于下面这份文书。请核对文号、机关和日期；要确认内容没有改动，请选择 PDF 文件再核验一次。"
        ),
        Verdict.REPLACED: _("这份文书是真实的，但是发文机关后来作了更正，请以最新版本为准。"),
        Verdict.WITHDRAWN_KEY: _("盖这份文书时，印章密钥已经吊销。请向发文机关核实。"),
        Verdict.MISMATCH: _(
            "您的文件不是在本平台盖章的文件，或者与核验码不符，内容可能被改动过。请按本站公布的电话向发文机关核实。"
        ),
        Verdict.UNKNOWN: _("没有文书用这个核验码。请对照文书末页下方，看有没有填错。"),
    }
    return sentences[answer.verdict]


def _facts(answer: Answer) -> list[tuple[str, str, str]]:
    if answer.paper is None:
        return []
    found = _of_paper(answer.paper)
    later = answer.replaced_by
    if later is not None:
        found.append((_("最新版本"), _("第 %(n)d 版，%(day)s盖章") % {"n": later.version, "day": _day(later)}, ""))
    return found


def _of_paper(paper: Any) -> list[tuple[str, str, str]]:
    return [
        (_("发文机关"), paper.organ_name, "zh-CN"),
        (_("文号"), paper.number, "zh-CN"),
        (_("盖章日期"), _day(paper), ""),
        (_("文书版本"), _("第 %(n)d 版") % {"n": paper.version}, ""),
        (_("核验码"), codes.shown(paper.code), ""),
        (_("盖章时的摘要"), paper.sha256, ""),
    ]


def _day(paper: Any) -> str:
    return date_format(localtime(paper.sealed_at), "DATE_FORMAT")
