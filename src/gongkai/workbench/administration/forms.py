"""Forms of administration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.organisations.enums import OrganKind
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
