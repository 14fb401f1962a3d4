"""A person's copy of what was sent to them, and its erasure, by the command."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gongkai.accounts.models import User
from gongkai.audit.models import Entry
from gongkai.notifications import services
from gongkai.notifications.enums import State
from gongkai.notifications.models import Message, Outgoing
from gongkai.notifications.rules import Recipient

pytestmark = pytest.mark.django_db
WORDS = {"number": "1", "organ": "示例机关", "due_on": "2026-12-22"}


def tell(to: Recipient, event: str = "applications.registered") -> None:
    services.notify(event=event, key="application:1", to=to, context=WORDS)


def test_a_copy_holds_what_was_sent_and_only_to_this_person(tmp_path: Path) -> None:
    tell(Recipient(mail="one@example.com", phone="13812341234"))
    tell(Recipient(mail="two@example.com"))
    out = tmp_path / "copy.zip"
    call_command("personal_data", "export", person=["138 1234 1234", "ONE@example.com"], purpose="本人查阅", out=out)
    assert out.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as archive:
        rows = json.loads(archive.read("notices.json"))
    assert {(row["channel"], row["address"]) for row in rows} == {("mail", "one@example.com"), ("sms", "13812341234")}
    entry = Entry.objects.get(act="privacy.export")
    assert entry.purpose == "本人查阅"
    assert len(entry.object_id) == 64
    with pytest.raises(CommandError, match="不能写入"):
        call_command("personal_data", "export", person=["one@example.com"], purpose="再来", out=out)


def test_erasure_waits_for_what_is_on_its_way_and_leaves_the_fact(officer: User) -> None:
    tell(Recipient(mail="one@example.com"))
    with pytest.raises(CommandError, match=r"有 1 条通知正在发送.*第四十七条"):
        call_command("personal_data", "erase", person=["one@example.com"], purpose="本人申请")
    Outgoing.objects.update(state=State.SENT.value)
    call_command("personal_data", "erase", person=["one@example.com"], purpose="本人申请")
    notice = Outgoing.objects.get()
    assert (notice.address, notice.subject, notice.body) == ("（已删除）",) * 3
    assert notice.event == "applications.registered"
    tell(Recipient(user_id=officer.pk), "applications.assigned")
    Outgoing.objects.update(state=State.SENT.value)
    officer.left_on, officer.is_active = date(2026, 11, 1), False
    officer.save()
    call_command("personal_data", "erase", user=officer.username, purpose="离职")
    assert not Message.objects.exists()
    assert Entry.objects.filter(act="privacy.erase").count() == 2


@pytest.mark.parametrize("named", [{}, {"person": [" "]}, {"user": "nobody.here"}])
def test_somebody_must_be_named(named: dict[str, object]) -> None:
    with pytest.raises(CommandError, match=r"指明是谁|没有登录名"):
        call_command("personal_data", "export", purpose="x", **named)
