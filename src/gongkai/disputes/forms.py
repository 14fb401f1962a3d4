"""Forms of disputes at the desk. Each message says what is missing and how to write it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.applications.forms import ActForm
from gongkai.ui.words import choices

from .enums import Cause, Kind, Procedure, Result

CHOOSE = ("", _("请选择"))


def _date(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = {"invalid": _("请填写日期，例如 2025-09-15。"), "required": _("请填写日期，例如 2025-09-15。")}
    return forms.DateField(label=label, widget=widget, help_text=hint, error_messages=wrong)


def _text(label: Any, *, rows: int = 4, most: int = 4000, required: bool = False, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=most, required=required, help_text=hint)


class OpenForm(forms.Form):
    """登记复议、诉讼."""

    key = forms.CharField(max_length=64, min_length=16, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("案件类型"), choices=[CHOOSE, *choices(Kind)], error_messages={"required": _("请选择案件类型。")}
    )
    authority = forms.CharField(
        label=_("复议机关或者法院"), max_length=100, error_messages={"required": _("请填写复议机关或者法院。")}
    )
    number = forms.CharField(label=_("案号"), max_length=80, required=False, help_text=_("还没有案号的，受理时再填。"))
    filed_on = _date(_("申请或者起诉之日"))
    cause = forms.ChoiceField(
        label=_("争议原因"), choices=[CHOOSE, *choices(Cause)], error_messages={"required": _("请选择争议原因。")}
    )
    claim = _text(_("请求事项和理由"), hint=_("写清对答复的哪一部分不服，不写申请人的姓名和联系方式。"))

    def data_for_service(self) -> dict[str, Any]:
        """What was filled in, in the words of this context; only after `is_valid`."""
        data = self.cleaned_data
        return {**data, "kind": Kind(data["kind"]), "cause": Cause(data["cause"])}


class AcceptForm(ActForm):
    """登记受理."""

    accepted_on = _date(_("受理之日"))
    copy_on = _date(_("收到申请书或者起诉状副本之日"), _("答复（答辩）期限从次日起算。"))
    number = forms.CharField(label=_("案号"), max_length=80, required=False)
    procedure = forms.ChoiceField(label=_("审理程序"), choices=choices(Procedure))
    representative = forms.CharField(label=_("本机关的代理人"), max_length=200, required=False)


class AnswerForm(ActForm):
    """提交答复（答辩状）."""

    on = _date(_("提交之日"))


class NoteForm(ActForm):
    """记录进展."""

    on = _date(_("日期"))
    text = _text(
        _("进展"),
        most=1000,
        required=True,
        hint=_("例如：开庭审理；调解；一审判决（尚未生效）。结果生效后再登记结果。"),
    )


class ConcludeForm(ActForm):
    """登记结果."""

    result = forms.ChoiceField(
        label=_("结果"),
        choices=[CHOOSE, *choices(Result)],
        help_text=_("撤回、终止、不予受理、驳回起诉的，选“其他结果”。诉讼在裁判生效后登记。"),
        error_messages={"required": _("请选择结果。")},
    )
    result_on = _date(_("决定或者判决之日"))
    told_on = _date(_("收到决定或者判决之日"))
    reply_within = forms.IntegerField(
        label=_("责令重新答复的期限（工作日）"),
        min_value=1,
        max_value=60,
        required=False,
        help_text=_("结果纠正并限期重新答复的才填；没有限期的留空，按法定期限。"),
    )
    lesson = _text(_("经验教训"), hint=_("写给本机关和其他机关看，不写个人信息。"))


class LearnForm(ActForm):
    """补充经验教训."""

    lesson = _text(_("经验教训"), required=True)


class BecauseForm(ActForm):
    """撤回结果登记."""

    reason = _text(_("理由"), rows=3, most=200, required=True)
