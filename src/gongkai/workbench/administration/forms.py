"""Forms of administration."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.house_rules import rules
from gongkai.organisations.enums import OrganKind
from gongkai.statutes import Parameter
from gongkai.statutes.units import label_of
from gongkai.ui.words import choices


class OrganForm(forms.Form):
    """What is told of an organ. A new name keeps the old one findable."""

    name = forms.CharField(label=_("全称"), max_length=100, error_messages={"required": _("请填写机关的全称。")})
    short_name = forms.CharField(label=_("简称"), max_length=40, error_messages={"required": _("请填写机关的简称。")})
    name_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    document_word = forms.CharField(
        label=_("发文代字"),
        max_length=20,
        required=False,
        help_text=_("答复书文号的开头，例如“虹府办”；空着就用简称。"),
    )
    address = forms.CharField(label=_("办公地址"), max_length=160, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=60, required=False)
    hours = forms.CharField(label=_("办公时间"), max_length=120, required=False)
    website = forms.URLField(
        label=_("网址"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("网址的写法不对，应当像 https://www.example.gov.cn/。")},
    )
    recording_days = forms.IntegerField(
        label=_("录入、登记申请的工作日"),
        min_value=1,
        max_value=20,
        required=False,
        help_text=_("申请到达以后几个工作日内录入、登记；空着就用全区的规定。"),
    )


class NewOrganForm(OrganForm):
    """A new organ; its code stays for ever."""

    code = forms.CharField(
        label=_("代码"),
        max_length=60,
        help_text=_("小写英文字母、数字和连字符，公布后不再改变，例如 civil-affairs。"),
        error_messages={"required": _("请填写代码。")},
    )
    kind = forms.ChoiceField(label=_("类别"), choices=choices(OrganKind))
    parent = forms.ChoiceField(label=_("上级机关"))
    field_order = ("code", "kind", "parent")

    def __init__(self, *args: Any, parents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = self.fields["parent"]
        assert isinstance(above, forms.ChoiceField)  # noqa: S101 - declared above
        above.choices = parents


class WordingForm(forms.Form):
    """The words of one notice."""

    subject = forms.CharField(label=_("标题"), max_length=200, required=False)
    body = forms.CharField(
        label=_("正文"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("双花括号中的名称发送时换成内容。清空后保存，就恢复系统原来的用语。"),
    )


class HouseRuleForm(forms.Form):
    """A decision about one number of the law: how its value is written depends on its unit."""

    value = forms.CharField(
        label=_("新值"),
        max_length=rules.LONGEST,
        strip=True,
        error_messages={"required": _("请填写新值。")},
    )
    since = forms.DateField(
        label=_("自何日起"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填写自何日起。"), "invalid": _("日期写作 2026-01-01。")},
    )
    reason = forms.CharField(
        label=_("依据和理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明由谁、何时、据何决定，例如会议纪要或者文件的文号；凡用到这个值的文书和页面，都会写出来。"),
        error_messages={"required": _("请写明依据和理由。")},
    )
    serial = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, parameter: Parameter, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parameter, unit = parameter, parameter.unit
        value = self.fields["value"]
        if unit == "flag":
            value.widget = forms.Select(choices=[(word, word) for word in (rules.YES, rules.NO)])
        elif unit == "table" or len(str(self.initial.get("value", ""))) > SHORT:
            value.widget = forms.Textarea(attrs={"rows": 8})
        elif unit == "list":
            value.widget = forms.Textarea(attrs={"rows": 6})
        elif unit == "day":
            value.widget = forms.DateInput(attrs={"type": "date"})
        elif unit in rules.MOST:
            value.widget = forms.NumberInput(attrs={"min": rules.LEAST.get(unit, 0), "max": rules.MOST[unit]})
        value.help_text = _hint(unit)
        self.fields["since"].help_text = gettext("最早 %(day)s。") % {"day": rules.earliest(parameter, today)}

    def clean_value(self) -> object:
        try:
            return rules.read(self.parameter, self.cleaned_data["value"])
        except rules.Unfit as error:
            raise forms.ValidationError(str(error)) from error

    def clean_serial(self) -> int:
        text = self.cleaned_data["serial"]
        return int(text) if text.isdecimal() and len(text) <= DIGITS else -1

    def seen(self, serial: int) -> None:
        """The person has now been shown every decision up to this one; what was typed stays."""
        self.data = {**self.data.dict(), "serial": str(serial)} if isinstance(self.data, QueryDict) else self.data


DIGITS = 6  # of a serial number
SHORT = 60  # characters that fit into one line of a form


def _hint(unit: str) -> str:
    if unit == "list":
        return gettext("每行一项。")
    if unit == "table":
        return gettext("每行一项，写作“名称: 内容”；内容是几项的，写作 [甲, 乙]。名称不要改动。")
    if unit == "month_day":
        return gettext("月-日，例如 01-31。")
    if unit in rules.MOST:
        return gettext("单位：%(unit)s") % {"unit": label_of(unit)}
    return ""
