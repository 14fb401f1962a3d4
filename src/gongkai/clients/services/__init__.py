"""The acts of this context: clients are registered and ended, their requests counted, their submissions kept apart."""

from .counting import count_request, tidy
from .registering import caller_of, end, register, renew
from .sending import Answer, check_address, send_signed
from .submitting import act, read_letter, submit, supplement, withdraw
from .telling import deliver_told, drop_hook, resume_hook, set_hook, tell
from .uploading import hand_in, program, upload

__all__ = [
    "Answer",
    "act",
    "caller_of",
    "check_address",
    "count_request",
    "deliver_told",
    "drop_hook",
    "end",
    "hand_in",
    "program",
    "read_letter",
    "register",
    "renew",
    "resume_hook",
    "send_signed",
    "set_hook",
    "submit",
    "supplement",
    "tell",
    "tidy",
    "upload",
    "withdraw",
]
