"""How each act of the flow is asked for and done: its form, and the service behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from gongkai.applications import selectors, services
from gongkai.applications.enums import Consulted, Opinion, Review, Scale, Way
from gongkai.applications.forms import (
    ActForm,
    AssignForm,
    ChargeForm,
    ConferForm,
    ConsultForm,
    ConsultOrganForm,
    DeferForm,
    DeliverForm,
    ExtendForm,
    OpinionForm,
    PaidForm,
    ReasonForm,
    RegisterForm,
    ReopenForm,
    ReviewForm,
    SaidForm,
    ServeForm,
    SupplementedForm,
    SupplementForm,
    TermForm,
    TransferForm,
    WithdrawnForm,
)
from gongkai.applications.rules import reply
from gongkai.applications.rules.deciding import GRANTING
from gongkai.applications.selectors import Application
from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import receipt_of
from gongkai.files.forms import UploadField
from gongkai.statutes import in_force

from .weighing import deciding_fields, reasons_fields

Data = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """The form that an act asks for, what stands in it at first, and what is done with it."""

    form: Callable[[Application, str, Any, Data], forms.Form]
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


def _plain(form: type[ActForm]) -> Callable[[Application, str, Any, Data], forms.Form]:
    return lambda application, kind, data, initial: form(data, initial=initial)


def _reason(label: Any, missing: Any) -> Callable[[Application, str, Any, Data], forms.Form]:
    """The form that asks for a reason, in the words of its act."""

    def form(application: Application, kind: str, data: Any, initial: Data) -> forms.Form:
        made = ReasonForm(data, initial=initial)
        made.fields["reason"].label, made.fields["reason"].error_messages["required"] = label, missing
        return made

    return form


def _register(application: Application, kind: str, data: Any, initial: Data) -> forms.Form:
    settled = selectors.expected_receipt(application) is not None
    form = RegisterForm(data, initial=initial, settled=settled)
    text = receipt_of(Channel(application.channel), initial["today"]).text
    kept = gettext_lazy("登记时不能另定。") if settled else ""
    form.fields["day"].help_text = f"{text}。{kept}"
    return form


def _day_of_receipt(application: Application, today: date) -> Data:
    return {"day": selectors.expected_receipt(application) or today}


def _decide(application: Application, kind: str, data: Any, initial: Data) -> forms.Form:
    chosen = reply.kinds()[kind]
    form = DecideForm(data, initial["files"], initial={**initial, **application.contents}, kind=chosen)
    if chosen.code in GRANTING:
        upload = UploadField(label=gettext_lazy("随答复提供的文件"), required=False)
        upload.actor = initial["by"]
        form.fields["attachments"] = upload
        deciding_fields(form, application, chosen.code)
    return form


def _transfer(application: Application, kind: str, data: Any, initial: Data) -> forms.Form:
    return TransferForm(data, initial=initial)


def _assign(application: Application, kind: str, data: Any, initial: Data) -> forms.Form:
    people = selectors.handlers_of(application.organ.code, initial["today"])
    return AssignForm(data, initial=initial, people=[(person.pk, person.name) for person in people])


def _opinion(application: Application, kind: str, data: Any, initial: Data, *, third: bool) -> forms.Form:
    waiting = selectors.waiting_opinions(application, third=third)
    form = OpinionForm(data, initial=initial, waiting=[(found.pk, label) for found, label in waiting])
    if third:
        reasons_fields(form)
    return form


def _late(application: Application, kind: str, data: Any, initial: Data) -> forms.Form:
    waiting = selectors.late_opinions(application, initial["today"])
    form = OpinionForm(data, initial=initial, waiting=[(found.pk, label) for found, label in waiting])
    if not application.decided and any(found.kind == Consulted.THIRD_PARTY.value for found, _label in waiting):
        reasons_fields(form)
    return form


def _serve(application: Application, kind: str, data: Any, initial: Data) -> forms.Form:
    letters = [(letter.pk, label) for letter, label in selectors.servable(application)]
    return ServeForm(data, initial=initial, letters=letters)


def _supplemented(application: Application, kind: str, data: Any, initial: Data) -> forms.Form:
    late = application.supplement_by is not None and initial["today"] > application.supplement_by
    return _scanned(SupplementedForm(data, initial["files"], initial=initial, late=late), initial)


def _reasons(application: Application, kind: str, data: Any, initial: Data) -> forms.Form:
    return _scanned(SaidForm(data, initial["files"], initial=initial), initial)


def _scanned(form: forms.Form, initial: Data) -> forms.Form:
    """What is scanned at the desk is the officer's upload."""
    cast("UploadField", form.fields["attached"]).actor = initial["by"]
    return form


def _extend(application: Application, kind: str, data: Any, initial: Data) -> forms.Form:
    return ExtendForm(data, initial={**initial, **selectors.asked_extension(application)})


def _nothing(application: Application, today: date) -> Data:
    return {}


def _who(name: str, *fields: str, **fixed: Any) -> Callable[[Application, Data, Data], Any]:
    """Do an act of the services with these fields of the form."""

    def do(row: Application, who: Data, data: Data) -> Any:
        service = getattr(services, name)
        return service(**who, today=data["today"], **{field: data[field] for field in fields}, **fixed)

    return do


def _answered(row: Application, who: Data, data: Data, *, take: Callable[..., Any]) -> Any:
    return take(
        **who,
        consultation=int(data["consultation"]),
        on=data["on"],
        opinion=Opinion(data["opinion"]),
        reason=data["reason"],
        today=data["today"],
        weighed=data.get("weighed", ""),
        why=data.get("why", ""),
    )


def _brought(name: str, *fields: str) -> Callable[[Application, Data, Data], Any]:
    """The same for what comes with scans."""

    def do(row: Application, who: Data, data: Data) -> Any:
        scans = [file.pk for file in data.get("attached") or ()]
        return _who(name, *fields, attachments=scans)(row, who, data)

    return do


def _served(row: Application, who: Data, data: Data) -> Any:
    given = {name: data[name] for name in ("letter", "on", "proof", "note", "today")}
    return services.serve(**who, **given, way=Way(data["way"]))


def _reviewing(review: Review) -> Act:
    return Act(_plain(ReviewForm), _who("pass_review", "user_id", "opinion", review=review), _nothing)


def _register_it(row: Application, who: Data, data: Data) -> Any:
    return services.register(**who, day=data.get("day"), today=data["today"], handler_id=data["user_id"])


def _decide_it(row: Application, who: Data, data: Data) -> Any:
    given = [file.pk for file in data.get("attachments") or ()]
    return services.decide(
        **who, kind=data["kind"], contents=data, user_id=data["user_id"], today=data["today"], attachments=given
    )


def _charge_it(row: Application, who: Data, data: Data) -> Any:
    scale = Scale(data["scale"])
    return services.charge(**who, today=data["today"], scale=scale, pages=data["pages"] or 0, how=data["how"])


def _days(parameter: str) -> Callable[[Application, date], Data]:
    return lambda row, today: {"working_days": in_force(parameter, today).integer}


def _on_today(field: str) -> Callable[[Application, date], Data]:
    return lambda row, today: {field: today}


ACTS: dict[str, Act] = {
    "register": Act(_register, _register_it, _day_of_receipt),
    "transfer": Act(_transfer, _who("transfer", "organ", "reason"), _nothing),
    "assign": Act(_assign, _who("assign", "handler_id", "note"), _nothing),
    "accept": Act(_plain(ActForm), _who("accept"), _nothing),
    "decline": Act(
        _reason(gettext_lazy("退回的理由"), gettext_lazy("请写明退回的理由，以便重新分办。")),
        _who("decline", "reason"),
        _nothing,
    ),
    "ask_supplement": Act(
        _plain(SupplementForm), _who("ask_supplement", "wanted", "working_days"), _days("supplement_term")
    ),
    "supplement": Act(_supplemented, _brought("supplement", "text", "reason"), _nothing),
    "lapse": Act(_plain(ActForm), _who("lapse"), _nothing),
    "ask_reasons": Act(_plain(TermForm), _who("ask_reasons", "facts", "working_days"), _days("explanation_term")),
    "give_reasons": Act(_reasons, _brought("give_reasons", "text"), _nothing),
    "no_reasons": Act(_plain(ActForm), _who("no_reasons"), _nothing),
    "defer": Act(_plain(DeferForm), _who("defer", "until", "reason"), _nothing),
    "ask_third_party": Act(_plain(ConsultForm), _who("ask_third_party", "party", "contact", "question"), _nothing),
    "third_party_answered": Act(
        partial(_opinion, third=True), partial(_answered, take=services.take_opinion), _on_today("on")
    ),
    "ask_co_producer": Act(_plain(ConsultOrganForm), _who("ask_co_producer", "organ", "question"), _nothing),
    "co_producer_answered": Act(
        partial(_opinion, third=False), partial(_answered, take=services.take_opinion), _on_today("on")
    ),
    "late_opinion": Act(_late, partial(_answered, take=services.take_late_opinion), _on_today("on")),
    "end_consultation": Act(_plain(ActForm), _who("end_consultation"), _nothing),
    "ask_extension": Act(
        _plain(ExtendForm), _who("ask_extension", "working_days", "reason"), _days("reply_extension_limit")
    ),
    "extend": Act(_extend, _who("extend", "working_days", "reason"), _days("reply_extension_limit")),
    "refuse_extension": Act(
        _reason(gettext_lazy("不同意的理由"), gettext_lazy("请写明不同意延期的理由，承办人据此办理。")),
        _who("refuse_extension", "reason"),
        _nothing,
    ),
    "charge": Act(_plain(ChargeForm), _charge_it, _nothing),
    "pay": Act(_plain(PaidForm), _who("pay", "on", "receipt"), _on_today("on")),
    "unpaid": Act(_plain(ActForm), _who("unpaid"), _nothing),
    "confer": Act(_plain(ConferForm), _who("confer", "on", "present", "conclusion"), _on_today("on")),
    "decide": Act(_decide, _decide_it, _nothing),
    "pass_secrecy": _reviewing(Review.SECRECY),
    "pass_legal": _reviewing(Review.LEGAL),
    "send_back": Act(_plain(ReasonForm), _who("send_back", "reason"), _nothing),
    "sign": Act(_plain(ActForm), _who("sign", "user_id"), _nothing),
    "seal": Act(_plain(ActForm), _who("seal"), _nothing),
    "deliver": Act(_plain(DeliverForm), _who("deliver", "sent_on", "proof"), _on_today("sent_on")),
    "withdraw": Act(_plain(WithdrawnForm), _who("take_withdrawal", "proof"), _nothing),
    "serve": Act(_serve, _served, _on_today("on")),
    "archive": Act(_plain(ActForm), _who("archive"), _nothing),
    "correct_letter": Act(
        _reason(gettext_lazy("需要更正之处"), gettext_lazy("请写明更正的理由，附在案卷里。")),
        _who("correct_letter", "reason"),
        _nothing,
    ),
    "reopen": Act(_plain(ReopenForm), _who("reopen", "on", "working_days", "reason"), _on_today("on")),
}
