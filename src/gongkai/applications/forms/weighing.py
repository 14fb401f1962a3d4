"""Art. 32: what an officer says about the reasons of a third party that does not agree, when recording and when deciding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.applications import selectors
from gongkai.applications.enums import Weighed
from gongkai.applications.rules import reply
from gongkai.ui.words import by_law

LONGEST = 2000


def reasons_fields(form: forms.Form) -> None:
    """When recording an opinion: whether the reasons are reasonable may be said at once, or when deciding."""
    form.fields["weighed"] = _weighed(
        _("不同意的理由是否合理"),
        by_law(
            _("第三方说明了理由才填写；不填的，拟定答复时认定。没有合理理由的，公开不须以公共利益为由（{law}）。"),
            "disclosure_regulation 32",
        ),
        required=False,
    )
    form.fields["why"] = _why()


def deciding_fields(form: forms.Form, application: selectors.Application, code: str) -> None:
    """When deciding to disclose: each refusal with its reasons is weighed, then what stands against it is outweighed."""
    course = selectors.course_of(application)
    if not course.refused:
        return
    for found in selectors.to_weigh(application):
        label = _("第三方“%(party)s”不同意的理由是否合理") % {"party": found.party}
        form.fields[f"weighed_{found.pk}"] = _weighed(label, found.reason, required=True)
        form.fields[f"why_{found.pk}"] = _why()
        form.initial.update({f"weighed_{found.pk}": found.weighed, f"why_{found.pk}": found.weighed_why})
    if code == "P":
        form.fields["disclosed_anyway"] = forms.BooleanField(
            label=_("公开的部分包括第三方不同意公开的内容（将书面告知第三方）"), required=False
        )
    if course.reasons_given:
        form.fields["public_interest"] = _interest()


def _interest() -> forms.CharField:
    return forms.CharField(
        label=_("不公开将对公共利益造成的重大影响"),
        help_text=by_law(
            _("第三方有合理理由不同意公开而仍决定公开的，须写明，并书面告知第三方（{law}）。理由不合理的不用写。"),
            "disclosure_regulation 32",
        ),
        max_length=reply.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _weighed(label: Any, hint: Any, *, required: bool) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[(Weighed.REASONABLE.value, _("理由合理")), (Weighed.UNREASONABLE.value, _("理由不合理"))],
        widget=forms.RadioSelect,
        required=required,
        error_messages={"required": _("请选择第三方的理由合理还是不合理。")},
    )


def _why() -> forms.CharField:
    return forms.CharField(
        label=_("认定理由不合理的依据"),
        help_text=_("认定不合理的必须写明，会写进给第三方的告知书。"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
