"""The evidence of one case as one file that proves itself offline: packed the same way each time, and verified. Pure.

What holds what: the manifest holds the digest of every file; the last entry of the audit chain about the case, its export,
holds the digest of that list; each entry's digest covers the one before it; and the heads say where the chain stood. A
changed byte is found without the house; that the house's own chain still holds these links is for `gongkai audit` to say.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.audit.rules import Actor, Link, seal

FORMAT = "gongkai-evidence-1"
MANIFEST, AUDIT = "manifest.json", "audit.json"
EXPORT = "applications.export_evidence"
KEPT_AS = "file"  # how the audit chain names a file
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can tell: the same content has the same bytes
LARGEST = 2_000_000_000  # bytes of all that is unpacked


class Unreadable(Exception):
    """Not an evidence file at all; the text is for the person who has it."""


@dataclass(frozen=True)
class Held:
    """One file of the package: its content, and the key under which the house keeps it, if it does."""

    content: bytes
    key: str = ""

    @property
    def sha256(self) -> str:
        """The digest of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Verified:
    """What was found: how many files and links were looked at, every fault in a sentence, and the head to compare."""

    number: str
    files: int
    links: int
    heads: Mapping[str, Sequence[Any]]
    faults: tuple[str, ...]


def canonical(value: object) -> bytes:
    """A value as the one JSON text of it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8")


def listed(files: Mapping[str, Held]) -> list[dict[str, Any]]:
    """The files by name, each with its size, its digest and its key."""
    return [
        {
            "name": name,
            "size": len(held.content),
            "sha256": held.sha256,
            **({"file": held.key} if held.key else {}),
        }
        for name, held in sorted(files.items())
    ]


def contents_digest(number: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The digest of a list of files, which the export's entry in the audit chain holds."""
    return hashlib.sha256(canonical({"number": number, "files": list(rows)})).hexdigest()


def link_object(link: Link, digest: str) -> dict[str, Any]:
    """A link of the audit chain as plain values, from which its digest can be counted again."""
    return {
        "chain": link.chain,
        "seq": link.seq,
        "at": link.at.isoformat(timespec="microseconds"),
        "actor_kind": str(link.actor.kind),
        "actor": link.actor.id,
        "acting_for": link.actor.acting_for,
        "act": link.act,
        "organ": link.organ,
        "object_kind": link.object_kind,
        "object_id": link.object_id,
        "purpose": link.purpose,
        "facts": link.facts,
        "previous": link.previous,
        "digest": digest,
    }


def pack(
    number: str,
    files: Mapping[str, Held],
    *,
    links: Iterable[tuple[Link, str]],
    beside: Iterable[tuple[str, int, str, str]],
    heads: Mapping[str, tuple[int, str]],
) -> bytes:
    """The package. `beside` are (chain, number, digest before it, digest) of the links after those about the case."""
    manifest = {"format": FORMAT, "number": number, "files": listed(files)}
    audit = {
        "entries": [link_object(link, digest) for link, digest in links],
        "beside": [
            {"chain": chain, "seq": seq, "previous": previous, "digest": digest}
            for chain, seq, previous, digest in beside
        ],
        "heads": {chain: list(head) for chain, head in sorted(heads.items())},
    }
    parts = {MANIFEST: canonical(manifest), AUDIT: canonical(audit)}
    parts |= {name: held.content for name, held in sorted(files.items())}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.external_attr = 0o644 << 16
            package.writestr(info, content)
    return out.getvalue()


def verify(data: bytes) -> Verified:
    """Look a package over, from its files to the heads. Raises `Unreadable`."""
    parts, doubled = _unpacked(data)
    try:
        manifest, audit = json.loads(parts.pop(MANIFEST)), json.loads(parts.pop(AUDIT))
        if manifest["format"] != FORMAT:
            raise Unreadable(f"证据包的格式是 {manifest['format']}，这个程序只认 {FORMAT}。请换用相应的版本。")
        rows, entries = list(manifest["files"]), list(audit["entries"])
        faults = [f"{name} 在包内重复出现。" for name in doubled]
        faults += _file_faults(rows, parts)
        faults += _link_faults(entries, audit["beside"], audit["heads"])
        faults += _export_faults(manifest["number"], rows, entries)
        return Verified(str(manifest["number"]), len(rows), len(entries), dict(audit["heads"]), tuple(faults))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Unreadable(f"不是完整的证据包：{type(error).__name__} {error}。请重新取得原件。") from error


def _unpacked(data: bytes) -> tuple[dict[str, bytes], list[str]]:
    """Every part by name, and the names that stand in it more than once."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [info.filename for info in package.infolist()]
            if sum(info.file_size for info in package.infolist()) > LARGEST:
                raise Unreadable("证据包展开后过大，没有读取。请核对是否选错了文件。")
            parts = {name: package.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise Unreadable(f"不是证据包，或者已经损坏：{error}。请重新取得原件。") from error
    return parts, sorted({name for name in names if names.count(name) > 1})


def _file_faults(rows: Sequence[Mapping[str, Any]], parts: Mapping[str, bytes]) -> Iterator[str]:
    for row in rows:
        content = parts.get(row["name"])
        if content is None:
            yield f"{row['name']} 不在包内。"
        elif (len(content), hashlib.sha256(content).hexdigest()) != (row["size"], row["sha256"]):
            yield f"{row['name']} 与清单所记的摘要不符，内容已被改动。"
    for name in sorted(set(parts) - {row["name"] for row in rows}):
        yield f"{name} 不在清单内，是后来加入的。"


def _link(row: Mapping[str, Any]) -> Link:
    actor = Actor(row["actor_kind"], row["actor"], row["acting_for"])
    words = {name: row[name] for name in ("act", "organ", "object_kind", "object_id", "purpose", "facts", "previous")}
    return Link(chain=row["chain"], seq=row["seq"], at=datetime.fromisoformat(row["at"]), actor=actor, **words)


def _link_faults(
    entries: Sequence[Mapping[str, Any]], beside: Sequence[Mapping[str, Any]], heads: Mapping[str, Any]
) -> Iterator[str]:
    """Each entry by itself, each with the one after it, and the last with the head."""
    before = {(row["chain"], row["seq"]): row["previous"] for row in (*beside, *entries)}
    last: dict[str, int] = {}
    for row in entries:
        where = f"留痕第 {row['seq']} 行（{row['act']}）"
        if seal(_link(row)) != row["digest"]:
            yield f"{where}的内容与摘要不符，已被改动。"
        if row["seq"] <= last.get(row["chain"], 0):
            yield f"{where}的次序不对。"
        last[row["chain"]] = row["seq"]
        seq, digest = heads.get(row["chain"], (0, ""))
        if row["seq"] == seq:
            if row["digest"] != digest:
                yield f"{where}与链首的摘要不符。"
        elif before.get((row["chain"], row["seq"] + 1)) != row["digest"]:
            yield f"{where}与后一行不相连。"


def _export_faults(
    number: str, rows: Sequence[Mapping[str, Any]], entries: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """The export itself is the last entry and holds the digest of the list; files are those the house kept."""
    last = entries[-1] if entries else None
    if last is None or last["act"] != EXPORT:
        yield "最后一行留痕不是本次导出。"
    elif json.loads(last["facts"]).get("contents") != contents_digest(number, rows):
        yield "清单与导出时留痕所记的不符，清单已被改动。"
    known: dict[str, set[str]] = {}
    for entry in entries:
        if entry["object_kind"] == KEPT_AS and (digest := json.loads(entry["facts"]).get("sha256")):
            known.setdefault(entry["object_id"], set()).add(digest)
    for row in rows:
        if row.get("file") in known and row["sha256"] not in known[row["file"]]:
            yield f"{row['name']} 不是当时保存的那一份。"
