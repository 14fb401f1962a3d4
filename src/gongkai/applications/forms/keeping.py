"""Forms about old cases."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .handling import ActForm


class RefuseDisposalForm(ActForm):
    """不同意：why a list is not carried out."""

    reason = forms.CharField(
        label=_("不同意的理由"),
        max_length=500,
        error_messages={"required": _("请写明不同意的理由，提出人据此核对。")},
    )


class KeepForm(forms.Form):
    """暂缓处置：why a case is kept whole beyond its years."""

    reason = forms.CharField(
        label=_("暂缓处置的理由"),
        max_length=500,
        help_text=_("例如审计正在进行，并写明由谁要求。不要写申请人的姓名。"),
        error_messages={"required": _("请写明暂缓处置的理由。")},
    )
