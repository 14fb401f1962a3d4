"""`gongkai keys`: the keys of personal data: which there are, a new one, sealing everything afresh, dropping one."""

from __future__ import annotations

import argparse
import os
import sys


def main(arguments: list[str]) -> int:
    """Run one act; 0 done, 1 refused or something does not open, 2 a setting is wrong."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(f"gongkai: 设置有误 / a setting is wrong: {error}", file=sys.stderr)
        return 2
    acts = {"status": status, "add": add, "rotate": rotate}
    return drop(options.key) if options.act == "drop" else acts[options.act]()


def status() -> int:
    """Show the ring and how many values need each key; 1 when a needed key is missing."""
    from gongkai.privacy import keys, rotation

    used = rotation.usage()
    ring = keys.ring()
    for key in ring.keys:
        role = "写入 writing" if key == ring.writing else "只读 reading" if used[key.id] else "可停用 may be dropped"
        print(f"{key.id}  {used[key.id]:>9,}  {role}")
    missing = {key_id: count for key_id, count in used.items() if key_id not in {key.id for key in ring.keys}}
    for key_id, count in missing.items():
        print(f"{key_id or '--------'}  {count:>9,}  缺少密钥，打不开 missing, cannot be opened", file=sys.stderr)
    return 1 if missing else 0


def add() -> int:
    """Put a new writing key into the demo's file; with keys in the environment, print one to put there."""
    from gongkai.audit.rules import SYSTEM
    from gongkai.audit.services import record
    from gongkai.privacy import keys, rotation

    try:
        key = rotation.add()
    except rotation.KeptElsewhere:
        print(keys.new_key().text)
        print(
            "密钥在环境变量 GONGKAI_FIELD_KEYS 中：先把上面这把加在末尾并重启各处，再移到最前并重启，然后运行 gongkai keys rotate。\n"
            "The ring stands in GONGKAI_FIELD_KEYS: add this key at its end and restart everywhere, then move it to the "
            "front and restart, then run gongkai keys rotate.",
            file=sys.stderr,
        )
        return 0
    record(act="privacy.add_key", actor=SYSTEM, object_kind="key", object_id=key.id)
    print(f"新密钥 {key.id} 已用于写入。运行 gongkai keys rotate 改用它加密已有数据。")
    return 0


def rotate() -> int:
    """Seal everything with the writing key; 1 when something does not open."""
    from gongkai.audit.rules import SYSTEM
    from gongkai.audit.services import record
    from gongkai.privacy import keys, rotation

    outcome = rotation.rotate(told=lambda place, done: print(f"{place}  {done:,}", flush=True))
    record(
        act="privacy.rotate",
        actor=SYSTEM,
        object_kind="key",
        object_id=keys.ring().writing.id,
        facts={"sealed": outcome.sealed, "unreadable": len(outcome.unreadable)},
    )
    print(f"已改用密钥 {keys.ring().writing.id} 加密 {outcome.sealed:,} 个值。")
    for place in outcome.unreadable:
        print(f"打不开 cannot be opened: {place}", file=sys.stderr)
    return 1 if outcome.unreadable else 0


def drop(key_id: str) -> int:
    """Take a key out of the ring, if nothing needs it."""
    from gongkai.audit.rules import SYSTEM
    from gongkai.audit.services import record
    from gongkai.privacy import keys, rotation

    try:
        rotation.drop(key_id=key_id)
    except keys.NoSuchKey:
        print(f"没有编号为 {key_id} 的密钥。运行 gongkai keys status 查看。", file=sys.stderr)
        return 1
    except rotation.KeyInUse as error:
        print(
            f"密钥 {key_id} 仍在使用（{error} 个值，或者用于写入），不能停用。先运行 gongkai keys rotate。",
            file=sys.stderr,
        )
        return 1
    except rotation.KeptElsewhere:
        print(f"密钥 {key_id} 已无数据使用，可以从 GONGKAI_FIELD_KEYS 中删去。")
        return 0
    record(act="privacy.drop_key", actor=SYSTEM, object_kind="key", object_id=key_id)
    print(f"密钥 {key_id} 已停用。")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gongkai keys", description="个人信息的密钥：查看、增加、更换、停用。The keys of personal data."
    )
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("status", help="各把密钥与用它加密的值数 keys, and how many values need each")
    acts.add_parser("add", help="增加一把用于写入的密钥 a new writing key")
    acts.add_parser(
        "rotate", help="用写入密钥重新加密全部数据，可随时中断、再次运行 seal everything with the writing key"
    )
    acts.add_parser("drop", help="停用一把不再需要的密钥 drop a key that nothing needs").add_argument("key")
    return parser
