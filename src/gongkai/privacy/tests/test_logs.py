"""Logs carry no personal data, and say which request they belong to."""

import io
import json
import logging

import pytest

from gongkai.privacy.logs import JsonFormatter, MaskingFilter, request_id


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> tuple[logging.Logger, io.StringIO]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(MaskingFilter())
    logger = logging.getLogger("gongkai.example")
    monkeypatch.setattr(logger, "handlers", [handler])
    return logger, out


def test_message_arguments_and_traceback_are_masked(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = written
    try:
        int("电话13812341234")
    except ValueError:
        logger.exception("cannot reach %s of %s", "a.person@example.com", {"id": "310109199001011234"})
    line = json.loads(out.getvalue())
    assert line["message"] == "cannot reach a***@example.com of {'id': '310***********1234'}"
    assert line["level"] == "ERROR"
    assert line["logger"] == "gongkai.example"
    assert "'电话138****1234'" in line["traceback"]
    assert "13812341234" not in out.getvalue()
    assert "request" not in line


def test_a_stack_that_was_asked_for_is_masked_too() -> None:
    entry = logging.LogRecord("gongkai.example", logging.WARNING, "", 1, "no place", (), None, sinfo="电话13812341234")
    assert MaskingFilter().filter(entry)
    assert entry.stack_info == "电话138****1234"


def test_arguments_that_do_not_fit_are_masked_too(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = written
    logger.warning("no place", "13812341234")  # noqa: PLE1205 - the mistake that is tested
    assert json.loads(out.getvalue())["message"] == "no place ('138****1234',)"


def test_a_line_stays_a_line_and_names_its_request(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = written
    token = request_id.set("a1b2c3d4")
    logger.info("first\nsecond")
    request_id.reset(token)
    assert out.getvalue().count("\n") == 1
    assert json.loads(out.getvalue())["request"] == "a1b2c3d4"
