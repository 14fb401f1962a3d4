"""Forms of promotions at the desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.applications.forms import ActForm


class ProposeForm(forms.Form):
    """提出转主动公开."""

    key = forms.CharField(max_length=64, min_length=16, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("信息名称"),
        max_length=200,
        help_text=_("写信息本身的名称，不写谁申请的。"),
        error_messages={"required": _("请填写信息名称。")},
    )
    summary = forms.CharField(
        label=_("内容概述"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请填写内容概述。")},
    )
    reason = forms.CharField(
        label=_("转为主动公开的理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：多人申请同一信息；属于应当主动公开的范围。只在内部留存。"),
        error_messages={"required": _("请填写理由。")},
    )


class OpinionForm(ActForm):
    """审查意见、撤下的理由."""

    opinion = forms.CharField(
        label=_("意见"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
