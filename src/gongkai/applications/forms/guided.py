"""The application form in steps: each page asks one thing, and the whole is checked at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongkai.files.forms import UploadField, drafts_of, token_of

from .applying import ApplicationForm

STEPS: Mapping[str, tuple[str, ...]] = {
    "organ": ("organ",),
    "wanted": ("description",),
    "who": ("applicant_kind", "applicant_name", "identity_kind", "identity_number", "phone", "attached"),
    "how": ("form", "delivery", "email", "address"),
}
WRONG = "wrong"  # under this name stands the page that was sent with a mistake
LONGEST_KEPT = 4000  # signs of one answer
STEP_OF = {field: step for step, fields in STEPS.items() for field in fields}


class GuidedForm(ApplicationForm):
    """All of it, or the fields of one step alone."""

    attached = UploadField(
        label=_("附件"),
        required=False,
        help_text=_("身份证明、授权委托书，或者帮助查找的材料；照片、扫描件都可以。"),
    )

    def __init__(self, *args: Any, step: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step:
            self.fields = {name: self.fields[name] for name in STEPS[step]}

    def said(self) -> dict[str, str]:
        """What was filled in, right or wrong, to be kept until the next page; only after `is_valid` was asked."""
        found = {name: str(self.data.get(name, ""))[:LONGEST_KEPT] for name in self.fields if name != "attached"}
        if "attached" in self.fields:
            found["attached"] = token_of(self.cleaned_data.get("attached", []))
        return {**found, WRONG: ""}


def unfinished(contents: Mapping[str, str], step: str) -> GuidedForm:
    """A page with what was filled in before; with its mistakes, if it had any when it was sent."""
    if contents.get(WRONG) == step:
        return GuidedForm({**contents, "attached-kept": contents.get("attached", "")}, step=step)
    initial: dict[str, Any] = {name: contents[name] for name in STEPS[step] if name in contents}
    if "attached" in initial:
        initial["attached"] = drafts_of(initial["attached"])
    return GuidedForm(step=step, initial=initial)


def whole(contents: Mapping[str, str]) -> GuidedForm:
    """Everything that was filled in, to be checked."""
    return GuidedForm({**contents, "attached-kept": contents.get("attached", "")})
