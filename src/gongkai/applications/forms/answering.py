"""Forms by which an applicant, or a third party, answers an organ on the portal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.applications.enums import Opinion
from gongkai.files.forms import UploadField

LONGEST = 2000


class AnswerForm(forms.Form):
    """What is said, with files, on the state of the case that was seen."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={"max_length": _("最多 %(limit_value)d 字，现有 %(show_value)d 字。更多的内容请作为附件上传。")},
    )
    attached = UploadField(label=_("附件"), required=False, help_text=_("证明材料等。没有的不用传。"))
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SupplementAnswerForm(AnswerForm):
    """补正."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # whatever a form takes
        self.fields["text"].label = _("补正的内容")
        self.fields["text"].error_messages["required"] = _("请写明补正的内容，照补正告知书列出的事项逐项写。")


class ReasonsAnswerForm(AnswerForm):
    """说明理由."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # whatever a form takes
        self.fields["text"].label = _("您的理由")
        self.fields["text"].error_messages["required"] = _("请写明理由：为什么需要这样多、这样频繁地申请。")


class PaidAnswerForm(AnswerForm):
    """报告已缴费."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # whatever a form takes
        self.fields["text"].label = _("何时、怎样缴纳，票据号码")
        self.fields["text"].help_text = _("可以附上缴款凭证的照片。机关核对到账以后，答复期限重新起算。")
        self.fields["text"].error_messages["required"] = _("请写明何时、怎样缴纳，票据号码是多少。")


class ThirdPartyKeyForm(forms.Form):
    """What a third party holds in hand: the number of the letter and the code printed in it."""

    letter = forms.CharField(
        label=_("征求意见书的文号"),
        max_length=60,
        help_text=_("在征求意见书的标题上方，方括号、六角括号都可以。"),
        error_messages={"required": _("请填写征求意见书的文号。")},
    )
    code = forms.CharField(
        label=_("答复码"),
        max_length=40,
        help_text=_("印在征求意见书里的 10 位字符，例如 HK7M-4QXD-92。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请填写答复码。")},
    )


class ThirdPartyOpinionForm(forms.Form):
    """第三方的意见 (art. 32)."""

    opinion = forms.ChoiceField(
        label=_("您是否同意公开"),
        choices=[(Opinion.CONSENT.value, _("同意公开")), (Opinion.REFUSE.value, _("不同意公开"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择同意公开或者不同意公开。")},
    )
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        help_text=_("不同意的，写明哪些内容涉及商业秘密、个人隐私，公开会造成什么损害。"),
        error_messages={"max_length": _("最多 %(limit_value)d 字，现有 %(show_value)d 字。请精简后再提交。")},
    )

    def clean(self) -> dict[str, object]:
        """A refusal has its reason."""
        data = super().clean() or {}
        if data.get("opinion") == Opinion.REFUSE.value and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("您不同意公开，请写明理由，机关据此审查。"))
        return data
