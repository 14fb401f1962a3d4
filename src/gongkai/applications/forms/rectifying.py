"""Forms of art. 41: for who asks that a record be put right, and for the officer who answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.applications.enums import Identity
from gongkai.applications.rules import notices
from gongkai.applications.services.rectifying import Request
from gongkai.files.forms import UploadField
from gongkai.ui.words import by_law

from .applying import ApplicationForm
from .handling import ActForm

LONGEST = 2000
KEPT = ("organ", "applicant_name", "identity_kind", "identity_number", "phone", "email", "key")


def _text(label: Any, hint: Any, wrong: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label, help_text=hint, widget=widget, max_length=LONGEST, error_messages={"required": wrong}
    )


class RectificationForm(ApplicationForm):
    """Who asks, which record, what is wrong with it, what proves it."""

    record = _text(
        _("哪一条记录"), _("文件的名称、文号、日期，或者在哪里看到。"), _("请写明是哪一条记录，机关据此查找。")
    )
    wrong = _text(
        _("哪里不准确，应当是什么"),
        _("只能要求更正与您自己有关的记录。"),
        by_law(_("请写明哪里不准确、应当是什么（{law}）。"), "disclosure_regulation 41"),
    )
    evidence = UploadField(
        label=_("证据材料"),
        error_messages={"required": by_law(_("请上传证明记录不准确的材料（{law}）。"), "disclosure_regulation 41")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = ("organ", "record", "wrong", "evidence", *KEPT[1:])
        self.fields = {name: self.fields[name] for name in order}
        self.fields["organ"].label = _("哪个机关的记录")

    def request(self) -> Request:
        """What was said; only after `is_valid`."""
        data = self.cleaned_data
        return Request(
            organ=data["organ"],
            name=data["applicant_name"],
            identity_kind=Identity(data["identity_kind"]),
            identity_number=data["identity_number"],
            phone=data["phone"],
            record=data["record"],
            wrong=data["wrong"],
            email=data["email"],
        )


class AnswerRectificationForm(ActForm):
    """What the paper of an answer must say."""

    def __init__(self, *args: Any, paper: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in notices.notices()[paper].fields:
            self.fields[field.name] = forms.CharField(
                label=field.label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
            )
