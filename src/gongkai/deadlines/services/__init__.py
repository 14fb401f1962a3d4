"""Acts of this context, by noun: the calendar, clocks."""

from gongkai.deadlines.services.calendar import apply_notice, propose_notice, seed, withdraw_notice
from gongkai.deadlines.services.clocks import start_clock, stop_clock, sweep

__all__ = ["apply_notice", "propose_notice", "seed", "start_clock", "stop_clock", "sweep", "withdraw_notice"]
