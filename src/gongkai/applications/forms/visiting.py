"""The form that asks for a link to one's own applications."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MailLinkForm(forms.Form):
    """我的申请：the address that was given when applying."""

    email = forms.EmailField(
        label=_("申请时填写的电子邮箱"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("请填写申请时留的电子邮箱。"),
            "invalid": _("电子邮箱的写法不对，例如 name@example.com。"),
        },
    )
