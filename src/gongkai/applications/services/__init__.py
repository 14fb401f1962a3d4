"""The acts of this context: submit, and every act of the flow. Each is one transaction."""

from .deciding import decide, deliver, send_back, sign
from .guessing import may_try, note_wrong_try
from .handling import ask_supplement, extend, lapse, register, supplement
from .intake import Draft, Receipt, read_contact, submit, withdraw
from .letters import LETTER_TYPES, keep_letters, letter_file

__all__ = [
    "LETTER_TYPES",
    "Draft",
    "Receipt",
    "ask_supplement",
    "decide",
    "deliver",
    "extend",
    "keep_letters",
    "lapse",
    "letter_file",
    "may_try",
    "note_wrong_try",
    "read_contact",
    "register",
    "send_back",
    "sign",
    "submit",
    "supplement",
    "withdraw",
]
