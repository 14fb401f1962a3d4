"""The form by which a program is registered."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.clients.enums import Scope
from gongkai.clients.rules import PER_MINUTE
from gongkai.organisations import selectors as organisations
from gongkai.ui.words import choices


class ClientForm(forms.Form):
    """Which program, of which organ, and what it may do."""

    name = forms.CharField(
        label=_("系统名称"),
        max_length=100,
        help_text=_("例如“一网通办平台”。写明是哪个系统，以后好辨认。"),
        error_messages={"required": _("请填写系统名称。")},
    )
    organ = forms.ChoiceField(label=_("机关"), error_messages={"required": _("请选择机关。")})
    scopes = forms.MultipleChoiceField(
        label=_("权限范围"),
        choices=choices(Scope),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只给这个系统用得着的。"),
        error_messages={"required": _("请至少选择一项权限范围。")},
    )
    officer = forms.CharField(
        label=_("以谁的名义办理（登录名）"),
        max_length=60,
        required=False,
        help_text=_("只在选了“办理本机关的申请”时填写：须在本机关有职责，系统所办的都记在其名下。"),
    )
    per_minute = forms.IntegerField(label=_("每分钟最多请求数"), min_value=1, max_value=10_000, initial=PER_MINUTE)

    def __init__(self, *args: Any, organs: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["organ"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = [(one.code, one.name) for one in organisations.by_codes(sorted(organs)).values()]

    def clean(self) -> dict[str, Any]:
        """Who handles cases does so in somebody's name."""
        data = super().clean() or {}
        if Scope.ACT.value in data.get("scopes", ()) and not data.get("officer"):
            self.add_error("officer", _("请填写以谁的名义办理。"))
        return data
