"""Forms of uploaded reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 20 * 1024 * 1024


class UploadForm(forms.Form):
    """The report's file, and whose it is."""

    organ = forms.ChoiceField(label=_("编制机关"), error_messages={"required": _("请选择编制机关。")})
    file = forms.FileField(
        label=_("年度报告文件"),
        help_text=_("Word（docx）、PDF 或者文本，不超过 20 MB。扫描图片不能读。"),
        error_messages={
            "required": _("请选择文件。"),
            "empty": _("文件是空的，没有内容可读。"),
            "missing": _("请选择文件。"),
        },
    )

    def __init__(self, *args: Any, organs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["organ"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = organs

    def clean_file(self) -> Any:
        """No larger than the reader reads."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("文件有 %(n)d MB，超过 20 MB 的上限。年度报告不会这么大，请只提供报告本身。")
                % {"n": file.size // 1024 // 1024}
            )
        return file


class StepForm(forms.Form):
    """What every act carries: the version seen, and the key of the submission."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, min_length=16, widget=forms.HiddenInput)


class CorrectForm(StepForm):
    """One figure set right."""

    value = forms.CharField(label=_("更正为"), max_length=30, error_messages={"required": _("请填写更正后的数。")})
    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        help_text=_("例如：原文为 45，读作 54。理由随报告留存。"),
        error_messages={"required": _("请写明更正的理由。")},
    )


class PublishForm(StepForm):
    """公布."""

    replace = forms.BooleanField(
        label=_("替换已经公布的报告（版次加一）"), required=False, help_text=_("同一机关同一年度已有报告公布时才需要。")
    )
