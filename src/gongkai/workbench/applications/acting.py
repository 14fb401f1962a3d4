"""How each act of the flow is asked for and done: its form, and the service behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gongkai.applications import services
from gongkai.applications.forms import (
    ActForm,
    DeliverForm,
    ExtendForm,
    ReasonForm,
    RegisterForm,
    SupplementedForm,
    SupplementForm,
)
from gongkai.applications.rules import reply
from gongkai.applications.selectors import Application
from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import receipt_of
from gongkai.statutes import in_force

Data = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """The form that an act asks for, what stands in it at first, and what is done with it."""

    form: Callable[[Application, str, Data | None, Data], forms.Form]
    do: Callable[[Application, Data, Data], Any]
    initial: Callable[[Application, date], Data]


class DecideForm(ActForm):
    """拟定答复：one text for each thing that the chosen kind of reply must contain."""

    def __init__(self, *args: Any, kind: reply.Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in kind.fields:
            self.fields[field.name] = forms.CharField(
                label=field.label,
                help_text=field.hint,
                max_length=reply.LONGEST,
                widget=forms.Textarea(attrs={"rows": 5}),
                error_messages={"required": gettext_lazy("请填写：这一种答复书应当载明。")},
            )


def _plain(form: type[ActForm]) -> Callable[[Application, str, Data | None, Data], forms.Form]:
    return lambda application, kind, data, initial: form(data, initial=initial)


def _register(application: Application, kind: str, data: Data | None, initial: Data) -> forms.Form:
    form = RegisterForm(data, initial=initial, channel=Channel(application.channel))
    if "day" in form.fields:
        form.fields["day"].help_text = receipt_of(Channel(application.channel), initial["today"]).text
    return form


def _decide(application: Application, kind: str, data: Data | None, initial: Data) -> forms.Form:
    return DecideForm(data, initial={**initial, **application.contents}, kind=reply.kinds()[kind])


def _nothing(application: Application, today: date) -> Data:
    return {}


ACTS: dict[str, Act] = {
    "register": Act(
        _register,
        lambda row, who, data: services.register(
            **who, day=data.get("day"), today=data["today"], handler_id=data["user_id"]
        ),
        lambda row, today: {"day": today},
    ),
    "ask_supplement": Act(
        _plain(SupplementForm),
        lambda row, who, data: services.ask_supplement(
            **who, today=data["today"], wanted=data["wanted"], working_days=data["working_days"]
        ),
        lambda row, today: {"working_days": in_force("supplement_term", today).integer},
    ),
    "supplement": Act(
        _plain(SupplementedForm),
        lambda row, who, data: services.supplement(**who, today=data["today"], text=data["text"]),
        _nothing,
    ),
    "lapse": Act(_plain(ActForm), lambda row, who, data: services.lapse(**who, today=data["today"]), _nothing),
    "extend": Act(
        _plain(ExtendForm),
        lambda row, who, data: services.extend(
            **who, today=data["today"], working_days=data["working_days"], reason=data["reason"]
        ),
        lambda row, today: {"working_days": in_force("reply_extension_limit", today).integer},
    ),
    "decide": Act(
        _decide,
        lambda row, who, data: services.decide(
            **who, kind=data["kind"], contents=data, user_id=data["user_id"], today=data["today"]
        ),
        _nothing,
    ),
    "send_back": Act(
        _plain(ReasonForm),
        lambda row, who, data: services.send_back(**who, reason=data["reason"], today=data["today"]),
        _nothing,
    ),
    "sign": Act(
        _plain(ActForm),
        lambda row, who, data: services.sign(**who, user_id=data["user_id"], today=data["today"]),
        _nothing,
    ),
    "deliver": Act(
        _plain(DeliverForm),
        lambda row, who, data: services.deliver(
            **who, sent_on=data["sent_on"], proof=data["proof"], today=data["today"]
        ),
        lambda row, today: {"sent_on": today},
    ),
}
