"""What this context hears of: a file that was found to be infected after it was kept."""

from __future__ import annotations

from gongkai.files.events import InfectedFileFound
from gongkai.kernel.bus import subscribe

from . import services


def infected(event: InfectedFileFound) -> None:
    """Tell those who look after the program."""
    services.notify_administrators(
        event="files.infected",
        key=f"file:{event.file_id}",
        context={"file": event.file_id, "signature": event.signature, "organ": event.organ},
    )


subscribe(InfectedFileFound, infected)
