"""The acts of this context: ask the model for a proposal, which decides and changes nothing; and forget it in time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications.selectors import Application
from gongkai.audit import services as audit
from gongkai.workflow.rules import Refused

from . import endpoint, selectors
from .enums import Ending
from .models import Asked
from .permissions import may_ask
from .rules import answering, asking
from .rules.model import LanguageModel

OBJECT = "applications.application"
WINDOW, MOST = timedelta(minutes=10), 10  # questions of one person
AT_ONCE = 3  # questions of the whole house: each holds a place of the web server while it waits
SENTENCES: dict[Ending, Promise] = {
    Ending.UNREACHABLE: gettext_lazy("连接不上语言模型，没有得到建议。案件没有变化；请稍后再试，或者自行起草。"),
    Ending.SLOW: gettext_lazy("语言模型没有在规定的时间内回答。案件没有变化；请稍后再试，或者自行起草。"),
    Ending.DENIED: gettext_lazy("语言模型不接受本系统的密钥。请告诉管理员核对 GONGKAI_ASSISTANT_KEY；目前请自行起草。"),
    Ending.BUSY: gettext_lazy("语言模型正忙，暂不接受请求。请过几分钟再试，或者自行起草。"),
    Ending.BROKEN: gettext_lazy("语言模型出了故障，没有得到建议。请稍后再试，或者自行起草。"),
    Ending.TURNED_DOWN: gettext_lazy(
        "语言模型不接受这个请求。请告诉管理员核对 GONGKAI_ASSISTANT_URL 和 GONGKAI_ASSISTANT_MODEL；目前请自行起草。"
    ),
    Ending.REDIRECTED: gettext_lazy(
        "语言模型要求转到别的地址，没有照办。请告诉管理员核对 GONGKAI_ASSISTANT_URL；目前请自行起草。"
    ),
    Ending.TOO_LARGE: gettext_lazy("语言模型的回答太大，没有采用。请再试一次，或者自行起草。"),
    Ending.NONSENSE: gettext_lazy(
        "回答不符合约定的接口，没有采用。请告诉管理员核对 GONGKAI_ASSISTANT_URL；目前请自行起草。"
    ),
    Ending.WRONG_SHAPE: gettext_lazy("语言模型的回答不合要求，没有采用。请再试一次，或者自行起草。"),
}


def suggest(*, application: Application, by: Standing, today: date) -> Asked:
    """Ask for a proposal on a case; what leaves is masked and kept. Raises `Refused` with what to do next.

    The question and its answer are two transactions, and none is open while the model thinks.
    """
    model = selectors.language_model()
    if model is None:
        raise Refused(_("本系统没有接入语言模型。请参照相似的申请自行起草。"))
    if not may_ask(by, application.organ.code, application.state):
        raise Refused(_("起草建议由本机关的承办人在拟定答复之前提出。"))
    _let_alone()
    asked = selectors.outgoing(by, application, today)
    body = asking.body(asked, model=model.name, tokens=model.tokens)
    row = _sent(application, by, model, asked, body)
    try:
        answer = endpoint.ask(model, body)
        row.asked_tokens, row.answer_tokens = answer.asked_tokens, answer.answer_tokens
        told = answering.read(answer.content, today)
    except endpoint.Failed as error:
        _ended(row, by, error.ending)
        raise Refused(str(SENTENCES[error.ending])) from error
    except answering.WrongShape as error:
        _ended(row, by, Ending.WRONG_SHAPE)
        raise Refused(str(SENTENCES[Ending.WRONG_SHAPE])) from error
    return _ended(row, by, Ending.ANSWERED, answer=json.dumps(told, ensure_ascii=False))


def forget_old(*, now: datetime) -> int:
    """Swept nightly: what was asked longer ago than the setting says is gone; that it was, stands in the record."""
    oldest = now - timedelta(days=int(settings.ASSISTANT_DAYS))
    return Asked.objects.filter(at__lt=oldest).delete()[0]


def forget_case(application_id: int, clean: Callable[[str], str]) -> int:
    """The people of a case are forgotten: masked words about their request go as well."""
    return Asked.objects.filter(application_id=application_id).delete()[0]


def _let_alone() -> None:
    """Refuse while the model rests after failures."""
    until = selectors.open_until()
    if until is not None and timezone.now() < until:
        at = timezone.localtime(until).strftime("%H:%M")
        raise Refused(_("语言模型接连出错，%(at)s 以前不再询问。请先自行起草。") % {"at": at})


@transaction.atomic
def _sent(
    application: Application, by: Standing, model: LanguageModel, asked: list[asking.Message], body: bytes
) -> Asked:
    """Write down what is about to leave. The chain's lock, which `_record` takes, puts those who ask in a line."""
    row = Asked.objects.create(
        application=application,
        by_id=by.user_id,
        at=timezone.now(),
        model=model.name,
        digest=hashlib.sha256(body).hexdigest(),
        sent="\n\n".join(message["content"] for message in asked),
    )
    _record(row, by, "assistant.ask", digest=row.digest, model=row.model)
    own = Asked.objects.filter(by_id=by.user_id, at__gt=row.at - WINDOW).count()
    if own > MOST:
        raise Refused(_("十分钟内最多请求 %(most)d 次起草建议。请稍后再试，已得到的建议仍在本页。") % {"most": MOST})
    since = row.at - timedelta(seconds=2 * model.seconds)
    if Asked.objects.filter(ending=Ending.ASKING.value, at__gt=since).count() > AT_ONCE:
        raise Refused(_("已有 %(most)d 件申请在等语言模型回答。请过一分钟再试。") % {"most": AT_ONCE})
    return row


@transaction.atomic
def _ended(row: Asked, by: Standing, ending: Ending, *, answer: str = "") -> Asked:
    row.ending, row.ended_at, row.answer = ending.value, timezone.now(), answer
    row.save(update_fields=["ending", "ended_at", "answer", "asked_tokens", "answer_tokens"])
    tokens = {"asked_tokens": row.asked_tokens, "answer_tokens": row.answer_tokens}
    _record(row, by, "assistant.answered", ending=row.ending, digest=row.digest, **tokens)
    return row


def _record(row: Asked, by: Standing, act: str, **facts: object) -> None:
    organ = row.application.organ.code
    audit.record(
        act=act,
        actor=by.actor_as([Role.OFFICER.value], organ),
        organ=organ,
        object_kind=OBJECT,
        object_id=row.application.pk,
        facts=facts,
    )
