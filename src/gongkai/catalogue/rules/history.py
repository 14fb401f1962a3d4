"""What the public is told of a change, in a sentence. Pure."""

from __future__ import annotations

from gongkai.catalogue.enums import ChangeKind, DisclosureClass, Validity


def sentence(kind: ChangeKind, *, note: str = "", before: str = "", after: str = "", other: str = "") -> str:
    """One line of the public history."""
    told = f"：{note}" if note else "。"
    if kind is ChangeKind.VALIDITY:
        was, now = (Validity(code).label for code in (before, after))
        by = f"，依据《{other}》" if other else ""
        return f"效力由“{was}”变更为“{now}”{by}。"
    if kind is ChangeKind.RECLASSIFIED:
        was, now = (DisclosureClass(code).label for code in (before, after))
        return f"公开属性由“{was}”调整为“{now}”{told}"
    if kind is ChangeKind.CONSOLIDATED and other:
        return f"合并到《{other}》{told}"
    return f"{kind.label}{told}"
