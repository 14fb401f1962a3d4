"""Forms for applicants. Each message says what is missing, why it is asked for, and how to write it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from gongkai.applications.enums import Delivery, Form, Identity
from gongkai.applications.rules import identity
from gongkai.applications.services import Draft
from gongkai.audit.rules import Actor
from gongkai.deadlines.enums import Channel
from gongkai.files.forms import UploadField
from gongkai.organisations import selectors as organisations
from gongkai.organisations.enums import ApplicantKind, OrganKind
from gongkai.ui.words import by_law, choices

LONGEST_DESCRIPTION = 2000
CHOOSE = ("", _("请选择"))


def organ_choices() -> list[Any]:
    """The organs that may be asked, grouped as the directory shows them: one query."""
    groups: dict[str, list[tuple[str, str]]] = {}
    shown = (OrganKind.DISTRICT_GOVERNMENT, OrganKind.DEPARTMENT, OrganKind.SUB_DISTRICT_OFFICE)
    for organ in organisations.organs():
        if OrganKind(organ.kind) in shown:
            groups.setdefault(gettext(organ.kind_label), []).append((organ.code, organ.name))
    return [CHOOSE, *groups.items()]


class ChineseOptions(forms.Select):
    """A list of names that are Chinese in whatever language the page is."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One option, marked with its language; the first, which is no name, is left alone."""
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["lang"] = "zh-CN"
        return option


class ApplicationForm(forms.Form):
    """Art. 29: who applies, what is wanted, in which form. Nothing else is asked for; no purpose, no reason."""

    organ = forms.ChoiceField(
        label=_("向哪个机关申请"),
        widget=ChineseOptions,
        help_text=_("谁制作、谁保存，向谁申请。拿不准的，选区人民政府办公室。"),
        error_messages={"required": _("请选择向哪个机关申请。"), "invalid_choice": _("请在列表中选择机关。")},
    )
    description = forms.CharField(
        label=_("您需要什么政府信息"),
        help_text=by_law(
            _("写明名称、文号或者其他特征，例如时间、地点、事项，便于机关查找（{law}）。"), "disclosure_regulation 29"
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_DESCRIPTION,
        error_messages={
            "required": by_law(_("请写明您需要的政府信息（{law}）。"), "disclosure_regulation 29"),
            "max_length": _("最多 %(limit_value)d 字，现有 %(show_value)d 字。一份申请写一项内容，多项请分别申请。"),
        },
    )
    applicant_kind = forms.ChoiceField(
        label=_("您是"),
        choices=choices(ApplicantKind),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择申请人类别（年度报告按此统计）。")},
    )
    applicant_name = forms.CharField(
        label=_("姓名或者单位名称"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": by_law(_("请填写姓名或者单位名称（{law}）。"), "disclosure_regulation 29")},
    )
    identity_kind = forms.ChoiceField(
        label=_("证件类型"), choices=choices(Identity), error_messages={"required": _("请选择证件类型。")}
    )
    identity_number = forms.CharField(
        label=_("证件号码"),
        max_length=40,
        help_text=by_law(_("用来证明身份（{law}）。加密保存，办理以外不使用。"), "disclosure_regulation 29"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": by_law(_("请填写证件号码（{law}）。"), "disclosure_regulation 29")},
    )
    phone = forms.CharField(
        label=_("联系电话"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={
            "required": by_law(_("请填写联系电话，机关用它与您确认收到申请（{law}）。"), "disclosure_regulation 31")
        },
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("电子邮箱的写法不对，应当像 name@example.com。")},
    )
    address = forms.CharField(
        label=_("联系地址"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    form = forms.ChoiceField(
        label=_("以什么形式获取"),
        choices=choices(Form),
        widget=forms.RadioSelect,
        initial=Form.ELECTRONIC.value,
        error_messages={"required": by_law(_("请选择获取信息的形式（{law}）。"), "disclosure_regulation 29")},
    )
    delivery = forms.ChoiceField(
        label=_("怎样送给您"),
        choices=choices(Delivery),
        widget=forms.RadioSelect,
        initial=Delivery.ONLINE.value,
        error_messages={"required": by_law(_("请选择获取信息的途径（{law}）。"), "disclosure_regulation 29")},
    )
    key = forms.CharField(max_length=64, min_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organs = organ_choices()
        chosen = self.fields["organ"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = self.organs

    def clean_identity_number(self) -> str:
        """The number in capitals and half-width signs, right for its kind."""
        number = "".join(unicodedata.normalize("NFKC", self.cleaned_data["identity_number"]).upper().split())
        kind = self.cleaned_data.get("identity_kind")
        if kind == Identity.IDENTITY_CARD.value and not identity.is_identity_card(number):
            raise forms.ValidationError(_("居民身份证号码应为 18 位，请逐位核对；最后一位可能是 X。"))
        if kind == Identity.CREDIT_CODE.value and not identity.is_credit_code(number):
            raise forms.ValidationError(_("统一社会信用代码应为 18 位，请对照执照逐位核对。"))
        return number

    def clean_phone(self) -> str:
        """The number in half-width signs."""
        phone = unicodedata.normalize("NFKC", self.cleaned_data["phone"]).strip()
        if not identity.is_phone(phone):
            raise forms.ValidationError(_("电话号码应为 7 至 20 位数字，例如 13800000000 或者 021-00000000。"))
        return phone

    def clean(self) -> dict[str, Any]:
        """What a way of delivery needs must be there."""
        data = super().clean() or {}
        if data.get("delivery") == Delivery.E_MAIL.value and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("您选择了以电子邮件送达，请填写电子邮箱。"))
        if data.get("delivery") == Delivery.POST.value and not data.get("address"):
            self.add_error("address", _("您选择了邮寄，请填写联系地址。"))
        return data

    def draft(self) -> Draft:
        """What was said, for `services.submit`; only after `is_valid`."""
        data = self.cleaned_data
        return Draft(
            organ=data["organ"],
            applicant_kind=ApplicantKind(data["applicant_kind"]),
            applicant_name=data["applicant_name"],
            identity_kind=Identity(data["identity_kind"]),
            identity_number=data["identity_number"],
            phone=data["phone"],
            description=data["description"],
            form=Form(data["form"]),
            delivery=Delivery(data["delivery"]),
            email=data["email"],
            address=data["address"],
        )


class StatusForm(forms.Form):
    """What an applicant holds in hand."""

    number = forms.CharField(
        label=_("申请编号"), max_length=40, error_messages={"required": _("请填写申请编号，例如 2025-000068。")}
    )
    code = forms.CharField(
        label=_("查询码"),
        max_length=40,
        help_text=_("提交申请时给您的 10 位字符，例如 HK7M-4QXD-92。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请填写查询码。")},
    )


class IntakeForm(ApplicationForm):
    """What came over the counter, by post, by fax or by word of mouth, recorded by an officer (art. 29, 31)."""

    channel = forms.ChoiceField(
        label=_("怎样收到的"),
        choices=[(found.value, gettext_lazy(found.label)) for found in Channel if found is not Channel.INTERNET],
        error_messages={"required": _("请选择申请渠道：它决定收到申请之日。")},
    )
    arrived_on = forms.DateField(
        label=_("到达日期"),
        help_text=_("当面、口头的，是提出之日；邮寄的，是信件到达之日；传真的，是收到传真之日。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填写到达日期。"), "invalid": _("请填写日期，例如 2025-09-15。")},
    )
    scans = UploadField(label=_("扫描件"), required=False, help_text=_("申请书、身份证明、信封等的扫描件或者照片。"))

    def __init__(self, *args: Any, organs: Collection[str], by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scans = self.fields["scans"]
        assert isinstance(scans, UploadField)  # noqa: S101 - declared above
        scans.actor = by
        chosen = self.fields["organ"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.help_text = ""
        chosen.choices = [
            CHOOSE,
            *((organ.code, organ.name) for organ in organisations.by_codes(sorted(organs)).values()),
        ]
        self.order_fields(["channel", "arrived_on"])
