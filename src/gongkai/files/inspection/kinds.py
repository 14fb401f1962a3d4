"""Which kinds can be cleaned and shown, and what authors forget: facts that both sides of the bounded process use."""

from __future__ import annotations

from gongkai.files.enums import Kind

CLEANABLE = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.JPEG, Kind.PNG, Kind.TEXT, Kind.CSV})
SHOWN = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG})
REMAINS_SHOWN = {"comments": "批注", "changes": "修订", "hidden_sheets": "隐藏的工作表"}
