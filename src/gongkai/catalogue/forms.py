"""Forms of the library at the desk. A kind's own columns become fields by its declaration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.files.forms import UploadField

from .enums import Audience, DisclosureClass, Language, Level, RelationKind, Size
from .rules import declared
from .rules.interchange import Row

FACT = "fact-"
_LINES = ("joint_organs", "keywords")
_EMPTY = [("", "—")]


def _date(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("日期读不懂。请写成 2023-05-04 的样子。")},
    )


def _text(label: Any, *, rows: int = 0, most: int = 1000, required: bool = False, hint: Any = "") -> forms.CharField:
    widget: forms.Widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=widget,
        error_messages={"required": format_lazy(_("请填写“{label}”。"), label=label)},
    )


class ActForm(forms.Form):
    """What every act at the desk carries: the version seen, and the key of the submission."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, min_length=16, widget=forms.HiddenInput)


class ContentForm(ActForm):
    """The words of an item: what a draft and a correction have in common."""

    title = _text(_("标题"), most=300, required=True)
    document_number = _text(
        _("发文字号"), most=80, hint=_("例如：虹府规〔2023〕4号。哪种括号都可以，系统会改成规范的写法。")
    )
    joint_organs = _text(_("联合发文机关"), rows=2, hint=_("一行一个。"))
    theme = forms.ChoiceField(label=_("主题分类"))
    genre = forms.ChoiceField(label=_("体裁"))
    signed_on = _date(_("成文日期"), _("送审之前须填写，公开的期限从这一天起算。"))
    effective_on = _date(_("施行日期"))
    expires_on = _date(_("有效期至"), _("文件写明的才填。没有写明的规范性文件，系统按规定的有效期计算。"))
    summary = _text(_("内容概述"), rows=3, most=4000)
    keywords = _text(_("关键词"), rows=2, hint=_("一行一个。"))
    tags = forms.MultipleChoiceField(label=_("特色标签"), required=False, widget=forms.CheckboxSelectMultiple)
    audience = forms.MultipleChoiceField(
        label=_("面向对象"), required=False, widget=forms.CheckboxSelectMultiple, choices=Audience.choices()
    )
    relations = _text(
        _("与其他文件的关系"),
        rows=3,
        most=4000,
        hint=_("一行一个，先写关系再写对方的索引号、发文字号或者标题。例如：废止 虹府规〔2018〕2号"),
    )
    body = _text(
        _("正文"),
        rows=20,
        most=2_000_000,
        hint=_("一段一行。第几条、一、（一）等开头的段落自动认作结构；表格写成 | 甲 | 乙 | 的样子。"),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = declared.kinds()[kind]
        for name, table in (("theme", declared.themes()), ("genre", declared.genres()), ("tags", declared.features())):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(code, _now(label)) for code, label in table.items()]
        for column in self.kind.fields:
            self.fields[FACT + column.name] = _column(column)

    def clean_relations(self) -> list[dict[str, str]]:
        """The relations, each a kind and a name."""
        found = []
        labels = {kind.label: kind.value for kind in RelationKind}
        for line in str(self.cleaned_data["relations"]).splitlines():
            word, _gap, named = line.strip().replace("　", " ").partition(" ")
            if not line.strip():
                continue
            if word not in labels or not named.strip():
                raise forms.ValidationError(
                    _("“%(line)s”读不懂。请先写%(kinds)s中的一个，空一格，再写对方的名称或者文号。"),
                    params={"line": line.strip()[:40], "kinds": "、".join(labels)},
                )
            found.append({"kind": labels[word], "target": named.strip()})
        return found

    @property
    def data_of_item(self) -> dict[str, Any]:
        """What was filled in, in the interchange form."""
        plain = {name: value for name, value in self.cleaned_data.items() if not name.startswith(FACT)}
        for name in _LINES:
            plain[name] = [line.strip() for line in str(plain.get(name, "")).splitlines() if line.strip()]
        facts = {name.removeprefix(FACT): value for name, value in self.cleaned_data.items() if name.startswith(FACT)}
        plain["facts"] = {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in facts.items()
            if value not in (None, "")
        }
        return {**plain, "kind": self.kind.code}


class DraftForm(ContentForm):
    """起草：the words, and what is decided of them at the source (art. 17)."""

    level = forms.ChoiceField(label=_("层级"), choices=Level.choices(), initial=Level.DISTRICT.value)
    language = forms.ChoiceField(label=_("语种"), choices=Language.choices(), initial=Language.CHINESE.value)
    translation_of = _text(_("原文的索引号"), most=60, hint=_("译文才填。"))
    joint_party = forms.BooleanField(label=_("党政联合发文"), required=False)
    disclosure_class = forms.ChoiceField(
        label=_("公开属性"),
        required=False,
        choices=DisclosureClass.choices(),
        widget=forms.RadioSelect,
        help_text=_("拟稿时就要确定，随公文一并报批。"),
    )
    class_reason = _text(_("公开属性的理由"), rows=2, hint=_("不主动公开的必须写明。"))
    attached = UploadField(label=_("附件"), required=False)


class NewForm(DraftForm):
    """新建：also whose item it is."""

    organ = forms.ChoiceField(label=_("发文机关"), error_messages={"required": _("请选择发文机关。")})

    def __init__(self, *args: Any, organs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organ"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(organs)
        self.order_fields(["version", "key", "organ", "title"])


class CorrectionForm(ContentForm):
    """提出修订."""

    size = forms.ChoiceField(
        label=_("修订的大小"),
        choices=Size.choices(),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择修订的大小。")},
    )
    changed_on = _date(_("变更之日"), _("内容从哪一天起与公开的不一致；变更后的公开期限从这一天起算。空着就是今天。"))
    note = _text(_("修订说明"), rows=2, required=True, hint=_("向所有人显示：改了什么，为什么。"))
    attached = UploadField(label=_("新的附件"), required=False)
    dropped = forms.TypedMultipleChoiceField(
        label=_("去掉的附件"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("没有这个附件。页面打开之后附件有变动的，请刷新页面再选。")},
    )

    def __init__(self, *args: Any, attached: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dropped"]
        if isinstance(field, forms.ChoiceField) and attached:
            field.choices = list(attached)
        else:
            del self.fields["dropped"]


def initial_of(row: Row) -> dict[str, Any]:
    """What a content form starts with."""
    found: dict[str, Any] = {**row.as_object}
    for name in _LINES:
        found[name] = "\n".join(found[name])
    found["relations"] = "\n".join(f"{RelationKind(one.kind).label} {one.target}" for one in row.relations)
    return found | {FACT + name: value for name, value in row.facts.items()}


def _column(column: declared.Field) -> forms.Field:
    label = _now(column.label)
    if column.type == "choice":
        return forms.ChoiceField(
            label=label, required=False, choices=[*_EMPTY, *((one, _now(one)) for one in column.choices)]
        )
    if column.type == "date":
        return _date(label)
    if column.type == "number":
        return forms.FloatField(label=label, required=False)
    return _text(label, rows=3, most=4000) if column.type == "long" else _text(label, most=2000)


class ReasonForm(ActForm):
    """理由."""

    reason = _text(_("理由"), rows=3, required=True)


class RemarkForm(ActForm):
    """退回的意见."""

    remark = _text(_("退回的意见"), rows=3, required=True, hint=_("写明要改什么，起草人会看到。"))


class OpinionForm(ActForm):
    """审查意见."""

    opinion = _text(_("审查意见"), rows=3)


class ScheduleForm(ActForm):
    """定时发布."""

    at = forms.DateTimeField(
        label=_("发布时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={
            "required": _("请填写发布时间。"),
            "invalid": _("时间读不懂。请写成 2026-01-05 09:00 的样子。"),
        },
    )


class OverrideForm(ReasonForm):
    """放行核对过的疑点."""

    findings = forms.MultipleChoiceField(
        label=_("疑点"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请勾选核对过、可以公开的疑点。")},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["findings"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)


class RemoveForm(ReasonForm):
    """移除：why, and where its address leads."""

    redirect_to = _text(_("转到哪一条"), most=60, hint=_("填索引号。留空时，原地址显示移除的理由。"))


class ConsolidateForm(ReasonForm):
    """合并：where its address leads."""

    redirect_to = _text(_("合并到哪一条"), most=60, required=True, hint=_("填索引号。"))


class ReclassifyForm(ReasonForm):
    """改为不主动公开."""

    disclosure_class = forms.ChoiceField(
        label=_("公开属性"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (DisclosureClass.ON_APPLICATION, DisclosureClass.WITHHELD)],
        error_messages={"required": _("请选择依申请公开或者不予公开。")},
    )


class BatchForm(forms.Form):
    """批量起草：the table."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("按模板填写的 CSV（UTF-8 或者 GB18030）、xlsx，或者 JSON、JSONL；最多两万行、20 MB。"),
        error_messages={
            "required": _("请选择文件。重新提交时须再选一次。"),
            "empty": _("文件是空的。"),
        },
    )
