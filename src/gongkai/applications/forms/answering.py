"""Forms by which an applicant, or a third party, answers an organ on the portal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.applications.enums import Opinion
from gongkai.files.forms import UploadField

LONGEST = 2000


class AnswerForm(forms.Form):
    """What is said, with files, on the state of the case that was seen; each kind says what it asks for."""

    label: Any = ""
    hint: Any = ""
    missing: Any = ""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={"max_length": _("最多 %(limit_value)d 字，现有 %(show_value)d 字。更多的内容请作为附件上传。")},
    )
    attached = UploadField(label=_("附件"), required=False, help_text=_("证明材料等。没有的不用传。"))
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label, text.help_text = self.label, self.hint
        text.error_messages["required"] = self.missing


class SupplementAnswerForm(AnswerForm):
    """补正."""

    label = _("补正的内容")
    missing = _("请写明补正的内容，照补正告知书列出的事项逐项写。")


class ReasonsAnswerForm(AnswerForm):
    """说明理由."""

    label = _("您的理由")
    missing = _("请写明理由：为什么需要这样多、这样频繁地申请。")


class PaidAnswerForm(AnswerForm):
    """报告已缴费."""

    label = _("何时、怎样缴纳，票据号码")
    hint = _("可以附上缴款凭证的照片。机关核对到账以后，答复期限重新起算。")
    missing = _("请写明何时、怎样缴纳，票据号码是多少。")


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

    unreasoned: Any = _("您不同意公开，请写明理由，机关据此审查。")

    def clean(self) -> dict[str, object]:
        """A refusal has its reason."""
        data = super().clean() or {}
        if data.get("opinion") == Opinion.REFUSE.value and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", self.unreasoned)
        return data


class OrganOpinionForm(ThirdPartyOpinionForm):
    """共同制作机关的意见 (art. 34)."""

    key = forms.CharField(max_length=64, min_length=16, widget=forms.HiddenInput)
    unreasoned = _("本机关不同意公开，请写明理由，对方据此决定。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinion"].label = _("本机关是否同意公开")
        self.fields["reason"].help_text = _("不同意的，写明哪些内容不能公开、依据哪一条。")
