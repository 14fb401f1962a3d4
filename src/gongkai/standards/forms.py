"""Forms of the standard catalogues at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.kernel.labelled import Labelled

from .enums import Audience, Carrier, Tier, Way
from .rules.areas import areas
from .rules.sheet import LONGEST, Line, cleaned

CHECK, BRING = "check", "bring"


def _boxes(label: Any, words: type[Labelled], *, required: bool = False, fault: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=words.choices(),
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": fault},
    )


def _text(
    label: Any, name: str, *, rows: int = 0, required: bool = True, hint: Any = "", fault: Any = ""
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        max_length=LONGEST[name],
        required=required,
        widget=widget,
        help_text=hint,
        error_messages={"required": fault},
    )


class RowForm(forms.Form):
    """One row of a catalogue."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    matter = _text(_("一级事项"), "matter", fault=_("请填写一级事项。"))
    sub_matter = _text(_("二级事项"), "sub_matter", required=False)
    contents = _text(_("公开内容（要素）"), "contents", rows=5, fault=_("请填写公开内容。"))
    basis = _text(_("公开依据"), "basis", rows=4, required=False)
    time_limit = _text(
        _("公开时限"),
        "time_limit",
        hint=_("写“每月”“每季度”“每半年”“每年”的，到期没有新的公开就变成待更新、未公开。"),
        fault=_("请填写公开时限。"),
    )
    organ = _text(_("公开主体"), "organ", required=False)
    carriers = _boxes(_("公开渠道和载体"), Carrier)
    audience = _boxes(_("公开对象"), Audience)
    ways = _boxes(_("公开方式"), Way, required=True, fault=_("请至少选一种公开方式。"))
    tiers = _boxes(_("公开层级"), Tier)

    def line(self) -> Line:
        """What was written, as the sheet has it."""
        data = self.cleaned_data
        columns: dict[str, Any] = {name: cleaned(data[name]) for name in LONGEST}
        columns |= {name: tuple(data[name]) for name in ("carriers", "audience", "ways", "tiers")}
        return Line(**columns)


class BringForm(forms.Form):
    """A whole catalogue from its workbook."""

    organ = forms.ChoiceField(label=_("机关"), error_messages={"required": _("请选择机关。")})
    area = forms.ChoiceField(label=_("领域"), error_messages={"required": _("请选择领域。")})
    file = forms.FileField(
        label=_("文件"),
        help_text=_("国家标准目录样式的 xlsx，合并的单元格照样读取。"),
        error_messages={
            "required": _("请选择文件。重新提交时须再选一次。"),
            "empty": _("文件是空的。"),
        },
    )
    how = forms.ChoiceField(
        label=_("怎样办"),
        choices=[(CHECK, _("只核对，不导入")), (BRING, _("全部正确才导入"))],
        initial=CHECK,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, organs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("organ", organs), ("area", [(code, one.label) for code, one in areas().items()])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = choices
