"""The acts of this context: clients are registered and ended, their requests counted, their submissions kept apart."""

from .counting import count_request, tidy
from .registering import caller_of, end, register, renew
from .submitting import act, submit, supplement, withdraw

__all__ = [
    "act",
    "caller_of",
    "count_request",
    "end",
    "register",
    "renew",
    "submit",
    "supplement",
    "tidy",
    "withdraw",
]
