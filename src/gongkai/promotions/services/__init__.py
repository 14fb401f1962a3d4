"""The acts of this context: promotion of an answer, the compilation of a year's cases. Each is one transaction."""

from .compiling import (
    COMPILERS,
    begin,
    enter,
    publish,
    send_back,
    submit,
    take_back,
    take_out,
)
from .promoting import PROPOSERS, accept, keep_persons_out, propose, refuse, take_down, withdraw

__all__ = [
    "COMPILERS",
    "PROPOSERS",
    "accept",
    "begin",
    "enter",
    "keep_persons_out",
    "propose",
    "publish",
    "refuse",
    "send_back",
    "submit",
    "take_back",
    "take_down",
    "take_out",
    "withdraw",
]
