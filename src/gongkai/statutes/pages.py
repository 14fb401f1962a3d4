"""The pages of docs/law, made from the data: `python -m gongkai.statutes.pages` writes them, `--check` compares."""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gongkai.statutes.law import Law
from gongkai.statutes.units import label_of
from gongkai.statutes.values import UNCONFIRMED, Cite, Parameter, Statute, Value, cited

FOLDER = Path(__file__).parents[3] / "docs" / "law"
HEAD = (
    "<!-- Made by `python -m gongkai.statutes.pages` from the data of gongkai.statutes: change that, not this page. -->"
)
QUANTITIES = {"working_days", "days", "months", "years", "hours", "seconds", "yuan", "percent", "points", "count",
              "times", "millimetres"}  # fmt: skip


def pages(source: Law) -> dict[str, str]:
    """Every page by file name."""
    made = {"README.md": _index(source), "statutes.md": _statutes(source), "settings.md": _settings(source)}
    for topic, title in source.topics.items():
        made[f"{topic}.md"] = _topic(source, topic, title)
    return {name: f"{HEAD}\n{text.rstrip()}\n" for name, text in sorted(made.items())}


def _index(source: Law) -> str:
    rows = [
        (f"[{title}]({topic}.md)", sum(parameter.topic == topic for parameter in source.parameters.values()))
        for topic, title in source.topics.items()
    ]
    return (
        "# 法律参数\n\n"
        "每个法定数字的条文、首日和取值。程序按日期取用,不写在代码里。\n\n"
        + _table(("专题", "参数数"), rows)
        + "\n- [法规与条文](statutes.md):每部法规的哪一条定了哪个参数\n"
        + "- [可设参数](settings.md):未经核实的,以及法律留给机关自定的\n"
    )


def _topic(source: Law, topic: str, title: str) -> str:
    chosen = [parameter for parameter in source.parameters.values() if parameter.topic == topic]
    rows = [row for parameter in chosen if not _large(parameter) for row in _rows(parameter)]
    text = f"# {title}\n\n" + _table(("参数", "名称", "自", "值", "依据", "核实"), rows) if rows else f"# {title}\n"
    return text + "".join(_section(parameter) for parameter in chosen if _large(parameter))


def _rows(parameter: Parameter) -> Iterable[Sequence[Any]]:
    for value in parameter.values:
        yield (
            f"`{parameter.name}`",
            parameter.label,
            value.since,
            _shown(value),
            _basis(value),
            _mark(parameter, value),
        )


def _section(parameter: Parameter) -> str:
    parts = [f"\n## `{parameter.name}` {parameter.label}\n"]
    for value in parameter.values:
        parts.append(f"\n自 {value.since},依据{_basis(value)},{_mark(parameter, value)}:\n\n")
        parts.append("\n".join(_bullets(value.value)) + "\n")
    return "".join(parts)


def _statutes(source: Law) -> str:
    parts = ["# 法规与条文\n"]
    for statute in source.statutes.values():
        parts.append(f"\n## {statute.text}\n\n`{statute.key}`{_days(statute)}\n\n")
        places = _places(source, statute)
        parts.append(_table(("条款", "参数"), places) if places else "尚无参数引用。\n")
    return "".join(parts)


def _places(source: Law, statute: Statute) -> list[tuple[str, str]]:
    found: dict[tuple[int, int, int], tuple[Cite, list[str]]] = {}
    for parameter in source.parameters.values():
        for cite in (cite for value in parameter.values for cite in value.cites if cite.statute == statute):
            order = (cite.article or 0, cite.paragraph or 0, cite.item or 0)
            names = found.setdefault(order, (cite, []))[1]
            link = f"[{parameter.label}]({parameter.topic}.md)"
            if link not in names:
                names.append(link)
    return [
        (cite.place or "全文", "、".join(names)) for _, (cite, names) in sorted(found.items(), key=lambda at: at[0])
    ]


def _days(statute: Statute) -> str:
    parts = [f",自 {statute.since} 起" if statute.since else ""]
    parts.append(f"至 {statute.until}" if statute.until else "")
    parts.append("" if statute.confirmed else ",文号或日期未经核实")
    return "".join(parts)


def _settings(source: Law) -> str:
    open_ones = [parameter for parameter in source.parameters.values() if parameter.setting]
    head = ("参数", "名称", "缺省值", "依据")
    return (
        "# 可设参数\n\n"
        "区级系统管理员和政府信息公开工作主管部门在工作台“设置一览”设定,自指定的日子起生效,不溯及以往。\n"
        "运维人员也可以在设定文件(`GONGKAI_LAW_FILE`)中写 `参数: {value: 值, reason: 谁在何时据何决定}`,"
        "可加 `since: 首日`;重新启动后生效,页面上的设定在它之上。\n"
        "其余参数由法律定死,不能设定。\n\n"
        "## 未经核实的\n\n"
        + _table(head, [_setting(parameter) for parameter in source.unconfirmed])
        + "\n## 留给机关自定的\n\n"
        + _table(head, [_setting(parameter) for parameter in open_ones])
    )


def _setting(parameter: Parameter) -> Sequence[Any]:
    value = parameter.values[-1]
    return (f"`{parameter.name}`", parameter.label, _shown(value), _basis(value))


def _large(parameter: Parameter) -> bool:
    return parameter.unit in {"list", "table"} and any(len(_plain(value.value)) > 120 for value in parameter.values)


def _mark(parameter: Parameter, value: Value) -> str:
    if parameter.setting:
        return "机关自定"
    return "已核实" if all(cite.confirmed for cite in value.cites) else "未经核实"


def _basis(value: Value) -> str:
    return cited(value.cites).replace(f" {UNCONFIRMED}", "")


def _shown(value: Value) -> str:
    text = _plain(value.value)
    return text + label_of(value.unit) if value.unit in QUANTITIES else text


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ";".join(f"{key}: {_plain(item)}" for key, item in value.items()) or "无"
    if isinstance(value, tuple):
        return " / ".join(_plain(item) for item in value) or "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    return "不限" if value is None else str(value)


def _bullets(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(item, tuple) and item and isinstance(item[0], Mapping):
                yield f"- {key}"
                yield from (f"  {bullet}" for bullet in _bullets(item))
            else:
                yield f"- {key}: {_plain(item)}"
    else:
        for number, item in enumerate(value, start=1):
            yield f"{number}. {_plain(item)}" if not _nested(item) else f"{number}. {item.get('label', '')}".rstrip()
            if _nested(item):
                yield from (f"   {bullet}" for bullet in _bullets(item))


def _nested(item: Any) -> bool:
    return isinstance(item, Mapping) and any(isinstance(part, tuple) for part in item.values())


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def stale(folder: Path, made: Mapping[str, str]) -> list[str]:
    """Names of pages that differ from what would be made, are missing, or are no longer made."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in {*kept, *made} if kept.get(name) != made.get(name))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or with --check say which are stale and fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a page is stale")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    made = pages(Law.read())
    names = stale(options.folder, made)
    if options.check:
        if names:
            sys.stderr.write(f"Stale: {', '.join(names)}. Run python -m gongkai.statutes.pages.\n")
        return 1 if names else 0
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        path = options.folder / name
        if name in made:
            path.write_text(made[name], encoding="utf-8")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
