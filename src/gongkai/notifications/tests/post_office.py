"""A mail server in a process of its own: `python post_office.py FOLDER` prints its port and keeps what it accepts.

How it answers stands in the address: later@ (451), never@ (550), full@ (552 after the words), drop@ (hangs up after the
words without an answer), hangup@ (hangs up before them).
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


class Office:
    """Keeps letters as files, in the order they came."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("later@"):
            return "451 Try again later"
        if address.startswith("never@"):
            return "550 No such user 13812341234"
        if address.startswith("hangup@"):
            server.transport.close()  # type: ignore[union-attr]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        address = envelope.rcpt_tos[0]
        if address.startswith("full@"):
            return "552 Mailbox full"
        self.count += 1
        content: Any = envelope.content
        (self.folder / f"{self.count:05}.eml").write_bytes(content)
        if address.startswith("drop@"):
            server.transport.abort()  # type: ignore[union-attr]
        return "250 Accepted"


async def main() -> None:
    """Serve until killed."""
    office = Office(Path(sys.argv[1]))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(office, loop=loop), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
