"""Forms of this context."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .rules import LIMITS, Notice, UnfitNotice, read_notice
from .rules.notices import LONGEST_PAPER

# Limits that a citizen may want to count: those of the organ towards people.
PUBLIC_LIMITS = ("reply", "extension", "supplement_notice", "third_party", "payment", "proactive")


class NoticeForm(forms.Form):
    """A yearly notice handed in as a file."""

    file = forms.FileField(
        label=_("放假通知"),
        help_text=_("JSON 或者 CSV 文件，UTF-8 或者 GB18030 编码。CSV 的第一行是 day,kind,name。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.csv"}),
    )
    year = forms.IntegerField(label=_("年份"), required=False, min_value=2004, max_value=2100)
    year.help_text = _("CSV 文件必填，例如 2027。")
    paper = forms.CharField(label=_("通知文号"), required=False, max_length=LONGEST_PAPER)
    paper.help_text = _("文件里没有写的必填，例如 国办发明电〔2025〕7号。")

    def clean(self) -> dict[str, Any]:
        """Read the notice, and put what is wrong with it to the file."""
        given = super().clean() or {}
        if self.errors:
            return given
        papers = [given["paper"]] if given.get("paper") else []
        try:
            given["notice"] = read_notice(given["file"].read(), year=given.get("year"), papers=papers)
        except UnfitNotice as error:
            self.add_error("file", ValidationError(list(error.faults)))
        return given

    @property
    def notice(self) -> Notice:
        """The notice read; only after `is_valid`."""
        found: Notice = self.cleaned_data["notice"]
        return found


class DeadlineForm(forms.Form):
    """Which limit, from which day."""

    rule = forms.ChoiceField(
        label=_("哪一种期限"), choices=[(name, _(LIMITS[name].label)) for name in PUBLIC_LIMITS], initial="reply"
    )
    received = forms.DateField(
        label=_("从哪一天起"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": _("请填写日期。"), "invalid": _("请填写 2025-09-15 这样的日期。")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    received.help_text = _("答复申请从机关收到申请的那一天算起，这一天本身不计。")
