"""The acts of this context. Each is one transaction."""

from .bringing import LARGEST, check, confirm, discard, hand_in, take
from .correcting import (
    correct,
    correction_coordination_pass,
    correction_legality_pass,
    correction_secrecy_pass,
    drop_correction,
    propose_correction,
)
from .drafting import DRAFTERS, abandon, draft, draft_for, edit, submit
from .enclosing import Looked, look_through
from .later import (
    archive,
    consolidate,
    open_up,
    reassess,
    reclassify,
    remove,
    restore,
    withdraw,
)
from .reading import read_attachments
from .receiving import Fault, Received, receive
from .releasing import (
    ask_forced_release,
    file,
    forced_release,
    release,
    release_scheduled,
    schedule,
    unschedule,
)
from .reminding import remind
from .reviewing import (
    approve,
    coordination_pass,
    exempt,
    legality_pass,
    override,
    secrecy_pass,
    send_back,
)
from .validity import sweep

__all__ = [
    "DRAFTERS",
    "LARGEST",
    "Fault",
    "Looked",
    "Received",
    "abandon",
    "approve",
    "archive",
    "ask_forced_release",
    "check",
    "confirm",
    "consolidate",
    "coordination_pass",
    "correct",
    "correction_coordination_pass",
    "correction_legality_pass",
    "correction_secrecy_pass",
    "discard",
    "draft",
    "draft_for",
    "drop_correction",
    "edit",
    "exempt",
    "file",
    "forced_release",
    "hand_in",
    "legality_pass",
    "look_through",
    "open_up",
    "override",
    "propose_correction",
    "read_attachments",
    "reassess",
    "receive",
    "reclassify",
    "release",
    "release_scheduled",
    "remind",
    "remove",
    "restore",
    "schedule",
    "secrecy_pass",
    "send_back",
    "submit",
    "sweep",
    "take",
    "unschedule",
    "withdraw",
]
