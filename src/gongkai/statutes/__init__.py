"""The law as dated data: each number with its first day and its article; pure Python, without Django.

A legal number never stands in code. It stands in `data/*.yaml`, and code asks for it by name and by day:

    limit = in_force("reply_limit", received_on)
    limit.integer, limit.cite.text

`report_form(year)` and `decision(code, day)` read the larger tables as typed values.
"""

from gongkai.statutes.decisions import Decision, decision, decisions
from gongkai.statutes.errors import (
    BeforeTheLaw,
    LawError,
    MalformedLaw,
    NotASetting,
    UnknownParameter,
    WrongKind,
)
from gongkai.statutes.forms import ReportForm, report_form
from gongkai.statutes.law import Law, adopt, decide, in_force, law, read_overrides
from gongkai.statutes.values import Cite, Override, Parameter, Statute, Value, override

__all__ = [
    "BeforeTheLaw",
    "Cite",
    "Decision",
    "Law",
    "LawError",
    "MalformedLaw",
    "NotASetting",
    "Override",
    "Parameter",
    "ReportForm",
    "Statute",
    "UnknownParameter",
    "Value",
    "WrongKind",
    "adopt",
    "decide",
    "decision",
    "decisions",
    "in_force",
    "law",
    "override",
    "read_overrides",
    "report_form",
]
