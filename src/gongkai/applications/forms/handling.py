"""Forms of the acts at the desk. Each message says what is missing, why it is asked for, and how to write it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.applications.enums import Opinion, Scale, Way
from gongkai.files.forms import UploadField
from gongkai.ui.words import by_law, choices

from .applying import CHOOSE, ChineseOptions, organ_choices

SCANS = _("申请人来信、当面提交的材料，扫描或者拍照后附在案卷里。")


class ActForm(forms.Form):
    """What every act of an officer carries: the version seen, and the key of the submission."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, min_length=16, widget=forms.HiddenInput)


class RegisterForm(ActForm):
    """登记：the day of receipt by channel. Where the way it came has settled it, it is shown, and another one refused."""

    day = forms.DateField(
        label=_("收到申请之日"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("请填写日期，例如 2025-09-15。")},
    )

    def __init__(self, *args: Any, settled: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settled:
            self.fields["day"].widget.attrs["readonly"] = True


class SupplementForm(ActForm):
    """告知补正."""

    wanted = forms.CharField(
        label=_("需要补正的事项"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        help_text=by_law(_("一次写全（{law}）。"), "disclosure_regulation 30"),
        error_messages={"required": by_law(_("请写明需要补正的事项（{law}）。"), "disclosure_regulation 30")},
    )
    working_days = forms.IntegerField(label=_("补正期限（工作日）"), min_value=1, max_value=60)


class SupplementedForm(ActForm):
    """收到补正; after the term with the good reason for it."""

    text = forms.CharField(
        label=_("补正的内容"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2000, required=False
    )
    reason = forms.CharField(
        label=_("逾期补正的正当理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, required=False
    )
    attached = UploadField(label=_("扫描件"), required=False, help_text=SCANS)

    def __init__(self, *args: Any, late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if late:
            self.fields["reason"].required = True
        else:
            self.fields["reason"].widget = forms.HiddenInput()


def _text(label: Any, *, rows: int = 4, most: int = 2000, required: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=most, required=required, help_text=hint)


def _date(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = {"invalid": _("请填写日期，例如 2025-09-15。")}
    return forms.DateField(label=label, widget=widget, help_text=hint, error_messages=wrong)


class TransferForm(ActForm):
    """转交其他机关."""

    organ = forms.ChoiceField(label=_("转交给"), widget=ChineseOptions)
    reason = _text(_("转交的理由"), rows=3, most=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["organ"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = organ_choices()


class AssignForm(ActForm):
    """分办."""

    handler_id = forms.TypedChoiceField(label=_("承办人"), coerce=int, widget=ChineseOptions)
    note = _text(_("交办意见"), rows=3, most=1000, required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["handler_id"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = [CHOOSE, *people]


class TermForm(ActForm):
    """要求说明理由."""

    facts = _text(_("数量、频次的情况"), hint=by_law(_("写明期间、件数和内容（{law}）。"), "disclosure_regulation 35"))
    working_days = forms.IntegerField(label=_("说明理由的期限（工作日）"), min_value=1, max_value=60)


class SaidForm(ActForm):
    """收到理由."""

    text = _text(_("申请人说明的理由"))
    attached = UploadField(label=_("扫描件"), required=False, help_text=SCANS)


class DeferForm(ActForm):
    """延迟答复."""

    until = _date(_("延迟到"), _("应当是现有期限之后的工作日。"))
    reason = _text(_("不能按期答复的原因"), rows=3, most=1000)


class ConsultForm(ActForm):
    """征求第三方意见."""

    party = forms.CharField(label=_("第三方的姓名或者名称"), max_length=200)
    contact = forms.CharField(label=_("联系方式、地址"), max_length=200, required=False)
    question = _text(_("征求意见的内容"), hint=_("写明拟公开的信息；不得透露申请人的身份。"))


class ConsultOrganForm(ActForm):
    """征求共同制作机关意见."""

    organ = forms.ChoiceField(label=_("共同制作机关"), widget=ChineseOptions)
    question = _text(_("征求意见的内容"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["organ"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = organ_choices()


class OpinionForm(ActForm):
    """收到意见."""

    consultation = forms.TypedChoiceField(label=_("谁的意见"), coerce=int, widget=ChineseOptions)
    on = _date(_("收到意见的日期"))
    opinion = forms.ChoiceField(
        label=_("意见"),
        widget=forms.RadioSelect,
        choices=[(found.value, found.label) for found in (Opinion.CONSENT, Opinion.REFUSE)],
    )
    reason = _text(_("理由"), required=False)

    def __init__(self, *args: Any, waiting: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["consultation"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = list(waiting)


class ChargeForm(ActForm):
    """发出收费通知."""

    scale = forms.ChoiceField(
        label=_("计收标准"),
        choices=choices(Scale),
        widget=forms.RadioSelect,
        help_text=_("一件申请只按一种标准计收。按件的，按申请人当月在本机关的件数累进。"),
    )
    pages = forms.IntegerField(label=_("页数（按量计收时填写）"), min_value=0, max_value=100_000, required=False)
    how = _text(_("缴纳方式"), rows=3, most=500)


class PaidForm(ActForm):
    """收到缴费."""

    on = _date(_("缴费日期"))
    receipt = forms.CharField(label=_("票据号码"), max_length=60)


class ConferForm(ActForm):
    """会商."""

    on = _date(_("会商日期"))
    present = _text(_("参加会商的单位和人员"), rows=2, most=500)
    conclusion = _text(_("会商意见"))


class ReviewForm(ActForm):
    """保密审查、法制审核."""

    opinion = _text(_("审查意见"), rows=3, most=1000, required=False)


class ReopenForm(ActForm):
    """依法重新处理."""

    on = _date(_("收到决定书或者判决书的日期"))
    working_days = forms.IntegerField(
        label=_("限定的答复期限（工作日）"),
        min_value=1,
        max_value=90,
        required=False,
        help_text=_("决定书、判决书限定期限的填写；没有限定的不填，按法定答复期限。"),
    )
    reason = _text(_("决定书、判决书的文号和要求"), rows=3, most=1000)


class ExtendForm(ActForm):
    """延长答复期限."""

    working_days = forms.IntegerField(label=_("延长的工作日"), min_value=1, max_value=60)
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class ReasonForm(ActForm):
    """退回修改."""

    reason = forms.CharField(
        label=_("需要修改之处"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": _("请写明退回的理由，承办人据此修改。")},
    )


class WithdrawnForm(ActForm):
    """撤回申请，由承办人记录."""

    proof = forms.CharField(
        label=_("怎样撤回，有什么凭证"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=200,
        help_text=_(
            "例如：2025-09-20 当面撤回，已在撤回书上签字；来信撤回，挂号信号码。申请人口头表示的，请其在查询页撤回。"
        ),
        error_messages={"required": _("请写明申请人怎样撤回。没有凭证的，不能代为撤回。")},
    )


class DeliverForm(ActForm):
    """送达."""

    sent_on = forms.DateField(label=_("送达日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    proof = forms.CharField(
        label=_("送达方式和凭证"),
        max_length=200,
        help_text=_("例如：挂号信函，号码；网上送达，申请人可凭查询码下载。"),
    )


class ServeForm(ActForm):
    """登记送达."""

    letter = forms.TypedChoiceField(label=_("文书"), coerce=int, widget=ChineseOptions)
    on = _date(_("送达日期"), _("对方收到文书的日期；期限从这一日的次日起算。"))
    way = forms.ChoiceField(label=_("送达方式"), choices=choices(Way))
    proof = forms.CharField(label=_("送达凭证"), max_length=100, help_text=_("例如：签收的挂号信号码、送达回证编号。"))
    note = forms.CharField(label=_("备注"), max_length=60, required=False)

    def __init__(self, *args: Any, letters: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["letter"]).choices = list(letters)


class PurposeForm(forms.Form):
    """查看申请人个人信息的目的."""

    purpose = forms.CharField(
        label=_("查看的目的"),
        max_length=200,
        error_messages={"required": _("请填写查看的目的。每次查看都会留痕。")},
    )
