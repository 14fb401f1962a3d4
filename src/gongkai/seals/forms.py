"""The form with which anybody checks a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .rules import codes

if TYPE_CHECKING:
    _UploadedFile = UploadedFile[bytes]
else:
    _UploadedFile = UploadedFile


class HashedFile(_UploadedFile):
    """An upload of which nothing was kept but its digest, in hexadecimal figures."""

    def __init__(self, name: str, size: int, sha256: str) -> None:
        super().__init__(file=None, name=name, size=size)
        self.sha256 = sha256


class VerifyForm(forms.Form):
    """核验码, or the PDF, or both."""

    code = forms.CharField(
        label=_("核验码"),
        required=False,
        max_length=60,
        help_text=_("印在文书末页下方，16 位，例如 7K3M-9QXD-2R8V-TB4H。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("文书的 PDF 文件"),
        required=False,
        help_text=_("最大 50 MB。只计算摘要，不保存文件。"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_code(self) -> str:
        """The code as it is kept."""
        typed = str(self.cleaned_data["code"])
        code = codes.cleaned(typed)
        if typed and not code:
            raise forms.ValidationError(_("核验码是 16 位数字和字母，没有 I、L、O、U。请对照文书末页下方再填一次。"))
        return code

    def clean(self) -> dict[str, Any]:
        """One of both is needed."""
        found = super().clean() or {}
        if not self.errors and not found.get("code") and not found.get("file"):
            self.add_error("code", _("请填写核验码，或者选择文书的 PDF 文件。"))
        return found
