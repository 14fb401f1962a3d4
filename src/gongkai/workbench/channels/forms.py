"""The form by which a receiver is set up."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.channels.rules import declared
from gongkai.organisations import selectors as organisations


class ReceiverForm(forms.Form):
    """Which library or archives, whose releases it gets, and where."""

    channel = forms.ChoiceField(label=_("渠道"), error_messages={"required": _("请选择渠道。")})
    name = forms.CharField(
        label=_("接收单位名称"),
        max_length=100,
        help_text=_("例如“区图书馆查阅点”。"),
        error_messages={"required": _("请填写接收单位的名称。")},
    )
    organ = forms.ChoiceField(
        label=_("推送哪个机关的发布"),
        help_text=_("连同下属机关发布的一起推送。"),
        error_messages={"required": _("请选择机关。")},
    )
    url = forms.CharField(
        label=_("接收地址"),
        max_length=500,
        help_text=_("对方系统接收推送的网址，以 https:// 开头。"),
        error_messages={"required": _("请填写接收地址。")},
    )

    def __init__(self, *args: Any, organs: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(one.code, one.name) for one in organisations.by_codes(sorted(organs)).values()]
        channels = [(code, one.label) for code, one in declared.pushed().items()]
        for name, choices in (("organ", own), ("channel", channels)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
