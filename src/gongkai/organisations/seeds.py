"""Read organs from a YAML file. The shape is shown by data/hongkou.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.kernel.written import from_yaml

from .enums import OrganKind
from .services import NewOrgan

HONGKOU = Path(__file__).parent / "data" / "hongkou.yaml"
_TUPLES = ("former_names", "aliases")


def read_organs(path: Path) -> list[NewOrgan]:
    """The organs of the file in its order; the order in the file is the official order."""
    content = from_yaml(path.read_text(encoding="utf-8"))
    rows = content.get("organs") if isinstance(content, dict) else None
    if not isinstance(rows, list):
        raise ValidationError(_("文件里没有 organs 列表：%(path)s") % {"path": path.name})
    return [_read(row, position) for position, row in enumerate(rows, start=1)]


def _read(row: dict[str, Any], position: int) -> NewOrgan:
    known = set(NewOrgan.__dataclass_fields__)
    unknown = sorted(set(row) - known)
    missing = [key for key in ("code", "name", "short_name", "kind") if not row.get(key)]
    if unknown or missing:
        raise ValidationError(
            _("第 %(n)d 个机关：缺少 %(missing)s，不认识 %(unknown)s。")
            % {"n": position, "missing": missing, "unknown": unknown}
        )
    try:
        kind = OrganKind(row["kind"])
    except ValueError as error:
        raise ValidationError(
            _("第 %(n)d 个机关：没有“%(kind)s”这一类别。") % {"n": position, "kind": row["kind"]}
        ) from error
    values: dict[str, Any] = {key: tuple(row[key]) if key in _TUPLES else row[key] for key in row}
    values.setdefault("order", position * 10)
    values["kind"] = kind
    return NewOrgan(**values)
