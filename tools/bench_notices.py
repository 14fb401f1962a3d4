"""Notices a minute: writing them, and handing them to a mail server, beside a plain loop over smtplib.

`make bench` prints how many notices one worker writes (one transaction each, encrypted) and delivers (claimed, sent and
recorded one by one, so that none is ever sent twice), and what smtplib alone does with the same letters and server.
"""

import os
import smtplib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNT = 600
ROOT = Path(__file__).resolve().parents[1]
OFFICE = ROOT / "src" / "gongkai" / "notifications" / "tests" / "post_office.py"
WORDS = {"number": "〔2026〕17号", "organ": "示例机关", "due_on": "2026-12-22"}


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        letters = Path(folder) / "letters"
        letters.mkdir()
        office = subprocess.Popen([sys.executable, str(OFFICE), str(letters)], stdout=subprocess.PIPE, text=True)
        try:
            _measure(Path(folder), int(office.stdout.readline() if office.stdout else 0), letters)
        finally:
            office.kill()
            office.wait()
    return 0


def _measure(folder: Path, port: int, letters: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
        "GONGKAI_ENV": "demo",
        "GONGKAI_DATA_DIR": str(folder / "data"),
        "GONGKAI_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "GONGKAI_MAIL_FROM": "open@example.gov.cn",
    }
    import django  # noqa: PLC0415 - the settings are those above
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    print(f"{COUNT} notices, one worker, {os.environ.get('DATABASE_URL', '').partition(':')[0] or 'sqlite'}")
    _tell("written, one transaction each", _write())
    _tell("delivered, each claimed, sent and recorded", _deliver())
    print(f"{len(list(letters.glob('*.eml'))):>9,} letters arrived, of {COUNT}")
    _tell("the same letters by smtplib alone", _plain(port))


def _tell(what: str, seconds: float) -> None:
    print(f"{COUNT * 60 / seconds:>9,.0f} a minute  {what} ({seconds * 1000 / COUNT:.2f} ms each)")


def _write() -> float:
    from gongkai.notifications import services  # noqa: PLC0415 - as above
    from gongkai.notifications.rules import Recipient  # noqa: PLC0415 - as above

    to = Recipient(mail="citizen@example.com")
    start = time.perf_counter()
    for number in range(COUNT):
        services.notify(event="applications.registered", key=f"application:{number}", to=to, context=WORDS)
    return time.perf_counter() - start


def _deliver() -> float:
    from gongkai.notifications import services  # noqa: PLC0415 - as above

    start = time.perf_counter()
    services.deliver_due()
    return time.perf_counter() - start


def _plain(port: int) -> float:
    from gongkai.notifications.enums import Channel  # noqa: PLC0415 - as above
    from gongkai.notifications.providers.port import Letter  # noqa: PLC0415 - as above
    from gongkai.notifications.providers.smtp import Smtp  # noqa: PLC0415 - as above
    from gongkai.notifications.rules import fill  # noqa: PLC0415 - as above
    from gongkai.notifications.templates import template  # noqa: PLC0415 - as above

    way = Smtp(f"smtp://127.0.0.1:{port}", "open@example.gov.cn", "公开")
    text = fill(template("applications.registered").texts["zh-hans"][Channel.MAIL], WORDS)
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as line:
        for number in range(COUNT):
            message = way.message(Letter(str(number), "citizen@example.com", text.subject, text.body, "zh-hans"))
            line.sendmail("open@example.gov.cn", ["citizen@example.com"], message)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
