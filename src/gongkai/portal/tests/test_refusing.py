"""Who reads the portal in English is refused in English, and in Chinese with the sentence of the act itself."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.translation import override

from gongkai.accounts.enums import Role
from gongkai.applications.tests import factories
from gongkai.portal.applications.refusing import SENTENCES, in_words
from gongkai.workflow.rules import KeyReused, NotNow, NotYours, Refused, Stale

from .test_status import held, post

CHINESE = re.compile(r"[\u4e00-\u9fff]")
KNOWN = [
    NotNow("“已办结”状态下不能“撤回”。"),
    Stale("变化"),
    KeyReused("用过"),
    NotYours("不是您的"),
    *map(Refused, SENTENCES),
]


@pytest.mark.parametrize("error", KNOWN, ids=lambda error: type(error).__name__)
def test_a_refusal_is_read_in_the_language_of_the_page(error: Refused) -> None:
    with override("en"):
        assert CHINESE.findall(in_words(error)) == []
    with override("zh-hans"):
        assert in_words(error) == str(error)


def test_a_sentence_that_nobody_translated_is_shown_as_the_answer_of_the_organ() -> None:
    with override("en"):
        told = in_words(Refused("请核对。"))
    assert told.endswith("请核对。")
    assert told != "请核对。"


@pytest.mark.django_db
def test_a_closed_case_that_is_taken_back_is_refused_in_english(client: Client) -> None:
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    row = held(factories.closed(officer, factories.holding(factories.person(), Role.SECTION_CHIEF)))
    client.cookies["django_language"] = "en"
    page = post(client, row, "withdraw/", sure="yes").content.decode()
    assert "cannot be done" in page
    assert "状态下不能" not in page
