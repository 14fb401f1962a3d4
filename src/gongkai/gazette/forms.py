"""Forms of the gazette at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import selectors
from .enums import Movement


class IssueForm(forms.Form):
    """A new issue."""

    year = forms.IntegerField(
        label=_("年"),
        min_value=2000,
        max_value=2100,
        error_messages={"required": _("请填写哪一年，例如 2025。"), "invalid": _("年份应当是四位数字，例如 2025。")},
    )
    number = forms.IntegerField(
        label=_("期"), min_value=1, max_value=99, error_messages={"required": _("请填写第几期，例如 2。")}
    )


class ActForm(forms.Form):
    """An act on an issue as it was when the page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)


PLACE = "place-"


def placed(values: Mapping[str, str]) -> tuple[list[int], str]:
    """The articles that have a number beside them, in the order of the numbers; or why they are in no order."""
    found: list[tuple[int, int]] = []
    for name, value in values.items():
        text = str(value).strip()
        if not name.startswith(PLACE) or not text:
            continue
        article = name.removeprefix(PLACE)
        if not (article.isascii() and article.isdigit() and text.isascii() and text.isdigit() and int(text)):
            return [], gettext("序号应当是 1 以上的整数。不编入这一期的留空。")
        found.append((int(text), int(article)))
    if len({place for place, _article in found}) != len(found):
        return [], gettext("有两篇写了同一个序号。请改成不同的序号。")
    return [article for _place, article in sorted(found)], ""


class EntryForm(forms.Form):
    """A movement of printed copies."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    kind = forms.ChoiceField(label=_("事由"), choices=Movement.choices)
    count = forms.IntegerField(
        label=_("册数"),
        min_value=1,
        max_value=1_000_000,
        error_messages={"required": _("请填写册数。"), "min_value": _("册数应当大于 0。请填写实际册数。")},
    )
    point = forms.TypedChoiceField(
        label=_("发放点"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("印入时不选，其余必选。"),
    )
    on = forms.DateField(
        label=_("日期"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("请填写日期。"), "invalid": _("日期读不懂。请写成 2025-06-30 的样子。")},
    )
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.value, gettext(one.label)) for one in Movement]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field
        points = [(str(point.pk), point.name) for point in selectors.points()]
        self.fields["point"].choices = [("", _("不针对发放点")), *points]  # type: ignore[attr-defined]  # a choice field


class PointForm(forms.Form):
    """A new distribution point."""

    name = forms.CharField(label=_("名称"), max_length=100, error_messages={"required": _("请填写发放点的名称。")})
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
