"""What the pages at the desk show of a dispute."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongkai.disputes import selectors
from gongkai.disputes.enums import Cause, Kind, State
from gongkai.disputes.rules.bulletin import MONTHS, Bulletin, Line


def filters(kind: Kind | None, state: State | None, cause: Cause | None) -> list[tuple[str, str, list[Any]]]:
    """(name, label, [(value, label, chosen)]) of each list to choose from."""
    return [
        (name, label, [(item.value, item.label, item is chosen) for item in words])
        for name, label, words, chosen in (
            ("kind", _("案件类型"), Kind, kind),
            ("state", _("状态"), State, state),
            ("cause", _("争议原因"), Cause, cause),
        )
    ]


def facts(found: selectors.Dispute) -> list[tuple[str, Any]]:
    """What is known of it; what is not known yet is left out."""
    pairs = [
        (_("案件类型"), found.get_kind_display()),
        (_("复议机关或者法院"), found.authority),
        (_("案号"), found.number),
        (_("争议原因"), found.get_cause_display()),
        (_("申请或者起诉之日"), found.filed_on),
        (_("受理之日"), found.accepted_on),
        (_("审理程序"), found.get_procedure_display()),
        (_("收到副本之日"), found.copy_on),
        (_("答复（答辩）之日"), found.answered_on),
        (_("本机关的代理人"), found.representative),
        (_("决定或者判决之日"), found.result_on),
        (_("收到决定或者判决之日"), found.told_on),
        (_("责令重新答复的工作日数"), found.reply_within),
        (_("重新处理之日"), found.redone_on),
    ]
    return [(label, value.isoformat() if isinstance(value, date) else value) for label, value in pairs if value]


def tables(found: Bulletin) -> list[dict[str, Any]]:
    """The bulletin's figures as tables, each with its sum."""
    parts = (
        (_("按案件类型"), found.by_kind),
        (_("按争议原因"), found.by_cause),
        (_("按机关"), found.by_organ),
    )
    return [_table(caption, [*lines, found.total]) for caption, lines in parts]


def _table(caption: str, lines: Iterable[Line]) -> dict[str, Any]:
    head = [{"text": _("名称")}, *({"text": text, "number": True} for text in (_("新收"), _("审结"), _("其中纠正")))]
    rows = [
        [{"text": _(line.label)}, *({"text": n, "number": True} for n in (line.filed, line.concluded, line.corrected))]
        for line in lines
    ]
    return {"caption": caption, "head": head, "rows": rows}


def quarter_of(day: date) -> tuple[int, int]:
    """The last quarter that has ended on a day."""
    quarter = (day.month - 1) // MONTHS
    return (day.year, quarter) if quarter else (day.year - 1, 4)
