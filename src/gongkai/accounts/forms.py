"""Forms of people and duties. What may be chosen is given by the page; the services look again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .enums import Role
from .models import User

Choices = Iterable[tuple[str, str]]


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PersonForm(forms.Form):
    """A person to be added."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    username = forms.CharField(
        label=_("登录名"),
        max_length=60,
        help_text=_("3 至 60 个小写英文字母、数字、点、连字符；以后不能更改。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("电子邮箱"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    organ = forms.ChoiceField(label=_("所在机关"))

    def __init__(self, *args: Any, organs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "organ", organs)


class DutyForm(forms.Form):
    """A duty to be given."""

    role = forms.ChoiceField(label=_("角色"), choices=[("", _("请选择")), *Role.choices()])
    organ = forms.ChoiceField(label=_("机关"))
    subtree = forms.BooleanField(label=_("含下级机关"), required=False)
    valid_from = _day(_("起始日期"))
    valid_until = _day(_("截止日期"), required=False, help_text=_("不填，即长期有效。"))

    def __init__(self, *args: Any, organs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "organ", organs)


class EndDutyForm(forms.Form):
    """When a duty ends."""

    last_day = _day(_("最后一天"), help_text=_("当天仍有职责。填昨天，即从现在起不再有效。"))


class AbsenceForm(forms.Form):
    """When a person is away, and who stands in."""

    deputy = forms.TypedChoiceField(label=_("代理人"), coerce=int, help_text=_("本机关另一位在用人员。"))
    first_day = _day(_("首日"))
    last_day = _day(_("末日"))

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "deputy", named(people))


class LeaveForm(forms.Form):
    """Who takes over when a person leaves."""

    successor = forms.TypedChoiceField(
        label=_("接办人"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("尚未办结的事项转给接办人。不选的，事项回到本机关待分办。"),
    )
    confirmed = forms.BooleanField(label=_("确认此人离岗：职责全部结束，登录全部退出"))

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "successor", named(people))


class ProfileForm(forms.Form):
    """A person's own address and language."""

    email = forms.EmailField(label=_("电子邮箱"), required=False, help_text=_("用于接收通知。"))
    language = forms.ChoiceField(label=_("界面语言"), choices=settings.LANGUAGES)


def named(people: Iterable[User]) -> list[tuple[str, str]]:
    """People as a list to choose from: name and sign-in name, since names are not unique."""
    return [(str(person.pk), f"{person.name}（{person.username}）") for person in people]


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", _("请选择")), *choices]
