"""Forms of promotions at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.applications.forms import ActForm
from gongkai.catalogue.rules.declared import kinds


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
    kind = forms.ChoiceField(
        label=_("信息类别"),
        initial="other",
        required=False,
        help_text=_("审查通过以后，公文库里生成这一类的草稿，由您补充正文和附件后送审。"),
    )
    reason = forms.CharField(
        label=_("转为主动公开的理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：多人申请同一信息；属于应当主动公开的范围。只在内部留存。"),
        error_messages={"required": _("请填写理由。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            # What asks for columns of its own is drafted in the library itself.
            plain = (one for one in kinds().values() if not any(column.required for column in one.fields))
            field.choices = [(one.code, gettext(one.label)) for one in plain]

    def clean_kind(self) -> str:
        """What nobody chose is other information."""
        return self.cleaned_data["kind"] or "other"


class OpinionForm(ActForm):
    """审查意见、撤下的理由."""

    opinion = forms.CharField(
        label=_("意见"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


def _long(label: object, hint: object) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # a text that is translated when it is shown
        help_text=hint,  # type: ignore[arg-type]
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请填写。")},
    )


class BeginForm(forms.Form):
    """新编."""

    organ = forms.ChoiceField(label=_("编写机关"), error_messages={"required": _("请选择编写机关。")})
    year = forms.IntegerField(label=_("年度"), min_value=2008, max_value=2200)

    def __init__(self, *args: object, organs: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        chosen = self.fields["organ"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = organs


class EnterForm(ActForm):
    """选入案例；选过的再选一次，是修改."""

    number = forms.CharField(
        label=_("申请编号"),
        max_length=40,
        help_text=_("已经办结的申请。"),
        error_messages={"required": _("请填写申请编号。")},
    )
    question = _long(_("申请了什么，难在哪里"), _("不写任何人的姓名、名称、号码和地址。"))
    lesson = _long(_("怎样办理，启示"), _("办理结果和依据由系统按答复填入。"))


class TakeOutForm(ActForm):
    """移出案例."""

    example = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
