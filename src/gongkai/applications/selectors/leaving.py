"""What would leave with a reply, and what still keeps it here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.applications.models import Application, Redaction, Screened
from gongkai.applications.rules import leaving as rules
from gongkai.applications.rules import reply
from gongkai.files import selectors as files
from gongkai.files.selectors import File
from gongkai.privacy.digests import blind
from gongkai.screening.rules.boxes import box_from_json, redaction_list
from gongkai.screening.rules.findings import Screening, from_json
from gongkai.screening.rules.gate import Gate, Override, gate

from .papers import GIVEN


@dataclass(frozen=True)
class Leaving:
    """One thing that would leave: the text of the reply (`file` is None) or a file. `gate` is None until it was screened."""

    name: str
    file: File | None
    screening: Screening | None
    gate: Gate | None

    @property
    def may_leave(self) -> bool:
        """Whether nothing keeps it here."""
        return self.gate is not None and self.gate.may_leave


def leaving(application: Application) -> list[Leaving]:
    """The text and every file given with the reply, each with the decision about it."""
    overrides = [
        Override(row.finding, row.sha256, row.by.name, row.why) for row in application.let_pass.select_related("by")
    ]
    known = {row.file: row for row in Screened.objects.filter(application=application)}
    found = [_told(rules.NAME, None, text, overrides)] if (text := _text(application)) else []
    for file in files.of_owner(GIVEN, application.pk):
        row = known.get(file.pk)
        screening = from_json(row.result) if row and row.sha256 == file.sha256 else None
        found.append(_told(file.name, file, screening, overrides))
    return found


def stays(application: Application) -> str:
    """Why the reply may not leave yet, in a sentence; empty when it may."""
    for one in leaving(application):
        if one.gate is None:
            return f"“{one.name}”还没有完成发出前的检查。请打开“发出前检查”，稍后再试。"
        if not one.may_leave:
            count = len(one.gate.open_findings)
            return f"“{one.name}”有 {count} 处个人信息或者隐藏内容没有处理。请遮盖、更换文件，或者逐处说明理由放行。"
    return ""


def redaction_text(application: Application, day: date) -> str:
    """Art. 37: what was blacked out in the files that are given, for the letter; empty where nothing was."""
    given = {file.pk for file in files.of_owner(GIVEN, application.pk)}
    rows = Redaction.objects.filter(application=application)
    boxes = [box_from_json(box) for row in rows if row.result in given for box in row.boxes]
    return rules.redaction_text(redaction_list(boxes, day))


def published_of(application: Application) -> list[str]:
    """Numbers and addresses that the organ publishes itself; they are nobody's secret."""
    organ = application.organ
    return [text for text in (organ.phone, organ.address) if text]


def _text(application: Application) -> Screening | None:
    kind = reply.kinds().get(application.contents.get("kind", ""))
    if kind is None:
        return None
    labels = {field.name: field.label for field in kind.fields} | {"public_interest": "公共利益"}
    key = bytes.fromhex(blind(f"text of {application.pk}"))
    return rules.screen_text(application.contents, labels, key=key, allowed=published_of(application))


def _told(name: str, file: File | None, screening: Screening | None, overrides: list[Override]) -> Leaving:
    return Leaving(name, file, screening, gate(screening, overrides) if screening else None)
