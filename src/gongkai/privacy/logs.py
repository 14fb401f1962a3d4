"""Logs without personal data: what looks like a number of a person or an e-mail address is masked on its way out.

It is the last net, not the rule. The rule is that code logs primary keys, never names, numbers or letters' words.
"""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

from .masking import mask_text

# The request being answered, set by the middleware; "" outside of one.
request_id: ContextVar[str] = ContextVar("request_id", default="")
_FORMATTER = logging.Formatter()


class MaskingFilter(logging.Filter):
    """Masks the message and the traceback, and writes the request's id beside them. Lets every record through."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # arguments that do not fit their message: logging would print both, unmasked
            message = f"{record.msg} {record.args!r}"
        record.msg, record.args = mask_text(message), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)
        record.exc_text = mask_text(record.exc_text) if record.exc_text else record.exc_text
        record.stack_info = mask_text(record.stack_info) if record.stack_info else record.stack_info
        record.request_id = request_id.get()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at (UTC), level, logger, message, request, and the traceback of an error."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON; only what is named here is written."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := getattr(record, "request_id", ""):
            line["request"] = request
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            line["traceback"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)
