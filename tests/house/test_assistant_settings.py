"""What the environment says about a language model, and what is answered when it will not do."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.assistant.rules.model import LanguageModel
from gongkai.config.assisting import read_assistant

MODEL = {
    "GONGKAI_ASSISTANT_URL": "https://model.example.gov.cn/v1/",
    "GONGKAI_ASSISTANT_MODEL": "sample-model",
    "GONGKAI_ASSISTANT_KEY": "sk-sample",
}


def test_no_model_is_asked_unless_one_is_named() -> None:
    assert read_assistant({}, production=True) is None
    assert read_assistant({"GONGKAI_ASSISTANT_MODEL": "sample-model"}, production=True) is None
    found = read_assistant(MODEL, production=True)
    assert found == LanguageModel("https://model.example.gov.cn/v1", "sample-model", "sk-sample", 30, 2000)
    assert "sk-sample" not in repr(found)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"GONGKAI_ASSISTANT_URL": "http://model.example.gov.cn/v1"}, "GONGKAI_ASSISTANT_URL"),
        ({"GONGKAI_ASSISTANT_URL": "model.example.gov.cn"}, "GONGKAI_ASSISTANT_URL"),
        ({"GONGKAI_ASSISTANT_URL": "ftp://model.example.gov.cn"}, "GONGKAI_ASSISTANT_URL"),
        ({"GONGKAI_ASSISTANT_URL": "https://user:word@model.example.gov.cn"}, "GONGKAI_ASSISTANT_URL"),
        ({"GONGKAI_ASSISTANT_URL": "https://model.example.gov.cn/v1?x=1"}, "GONGKAI_ASSISTANT_URL"),
        ({"GONGKAI_ASSISTANT_URL": "https://model.example.gov.cn/v1#x"}, "GONGKAI_ASSISTANT_URL"),
        ({"GONGKAI_ASSISTANT_URL": "https://model.example.gov.cn:port/"}, "GONGKAI_ASSISTANT_URL"),
        ({"GONGKAI_ASSISTANT_URL": "https://模型.example/v1"}, "GONGKAI_ASSISTANT_URL"),
        ({"GONGKAI_ASSISTANT_URL": "https://model.example/v 1"}, "GONGKAI_ASSISTANT_URL"),
        ({"GONGKAI_ASSISTANT_MODEL": ""}, "GONGKAI_ASSISTANT_MODEL"),
        ({"GONGKAI_ASSISTANT_MODEL": "m" * 101}, "GONGKAI_ASSISTANT_MODEL"),
        ({"GONGKAI_ASSISTANT_KEY": "sk sample"}, "GONGKAI_ASSISTANT_KEY"),
        ({"GONGKAI_ASSISTANT_KEY": "sk\r\nX-Evil: 1"}, "GONGKAI_ASSISTANT_KEY"),
        ({"GONGKAI_ASSISTANT_SECONDS": "0"}, "GONGKAI_ASSISTANT_SECONDS"),
        ({"GONGKAI_ASSISTANT_TOKENS": "many"}, "GONGKAI_ASSISTANT_TOKENS"),
    ],
)
def test_a_value_that_will_not_do_is_named_and_a_key_is_not_shown(changes: dict[str, str], named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=named) as fault:
        read_assistant(MODEL | changes, production=True)
    assert "sk" not in str(fault.value).split()


def test_a_model_on_this_very_machine_may_speak_plainly() -> None:
    here = MODEL | {"GONGKAI_ASSISTANT_URL": "http://127.0.0.1:11434/v1"}
    found = read_assistant(here, production=True)
    assert found is not None
    assert found.url == "http://127.0.0.1:11434/v1"
    inside = MODEL | {"GONGKAI_ASSISTANT_URL": "http://model.internal/v1"}
    assert read_assistant(inside, production=False) is not None
