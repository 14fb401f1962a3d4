"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class IssueState(Labelled):
    """一期公报的状态."""

    COMPILING = "compiling", "编辑中"
    PUBLISHED = "published", "已出版"


class Movement(Labelled):
    """台账：what happened to printed copies."""

    PRINTED = "printed", "印入"
    SENT = "sent", "发往发放点"
    RETURNED = "returned", "发放点退回"
    GIVEN = "given", "发放点发出"
