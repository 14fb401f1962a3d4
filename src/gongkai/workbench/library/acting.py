"""Which form and which service belong to each act of the flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.catalogue import forms, services
from gongkai.catalogue.selectors import Item, courses
from gongkai.catalogue.selectors.rows import row_of

REASON = ("reason",)
REVIEW = ("opinion", "user_id", "today")


@dataclass(frozen=True)
class Act:
    """The form to fill in, the service that does it, and what the service is given beside version and key."""

    form: type[forms.ActForm]
    do: Callable[..., Any]
    words: tuple[str, ...] = ()


CORRECTION = ("data", "note", "size", "changed_on", "uploads", "dropped", "user_id", "today")
ACTS: Mapping[str, Act] = {
    "submit": Act(forms.ActForm, services.submit, ("user_id", "today")),
    "approve": Act(forms.ActForm, services.approve, ("user_id",)),
    "return": Act(forms.RemarkForm, services.send_back, ("remark",)),
    "secrecy_pass": Act(forms.OpinionForm, services.secrecy_pass, REVIEW),
    "legality_pass": Act(forms.OpinionForm, services.legality_pass, REVIEW),
    "coordination_pass": Act(forms.OpinionForm, services.coordination_pass, REVIEW),
    "override": Act(forms.OverrideForm, services.override, ("findings", "reason", "user_id")),
    "exempt": Act(forms.ReasonForm, services.exempt, ("reason", "user_id")),
    "release": Act(forms.ActForm, services.release, ("user_id", "now")),
    "schedule": Act(forms.ScheduleForm, services.schedule, ("at", "user_id", "now")),
    "unschedule": Act(forms.ActForm, services.unschedule),
    "file": Act(forms.ActForm, services.file, ("user_id", "today")),
    "ask_forced_release": Act(forms.ReasonForm, services.ask_forced_release, ("reason", "user_id")),
    "forced_release": Act(forms.ActForm, services.forced_release, ("user_id", "now")),
    "abandon": Act(forms.ReasonForm, services.abandon, REASON),
    "propose_correction": Act(forms.CorrectionForm, services.propose_correction, CORRECTION),
    "correction_secrecy_pass": Act(forms.OpinionForm, services.correction_secrecy_pass, REVIEW),
    "correction_legality_pass": Act(forms.OpinionForm, services.correction_legality_pass, REVIEW),
    "correction_coordination_pass": Act(forms.OpinionForm, services.correction_coordination_pass, REVIEW),
    "correct": Act(forms.ActForm, services.correct, ("user_id", "today")),
    "drop_correction": Act(forms.ActForm, services.drop_correction),
    "withdraw": Act(forms.ReasonForm, services.withdraw, ("reason", "today")),
    "restore": Act(forms.ReasonForm, services.restore, ("reason", "today")),
    "archive": Act(forms.ReasonForm, services.archive, ("reason", "today")),
    "remove": Act(forms.RemoveForm, services.remove, ("reason", "redirect_to", "today")),
    "consolidate": Act(forms.ConsolidateForm, services.consolidate, ("reason", "redirect_to", "today")),
    "reclassify": Act(forms.ReclassifyForm, services.reclassify, ("disclosure_class", "reason", "today")),
    "open_up": Act(forms.ReasonForm, services.open_up, ("reason", "user_id", "today")),
    "reassess": Act(forms.ReasonForm, services.reassess, ("reason", "today")),
}


def form_of(act: str, item: Item, sent: tuple[Any, Any], first: dict[str, Any]) -> forms.ActForm:
    """The form of an act on an item, with what was sent: words and files."""
    data, uploaded = sent
    kind = ACTS[act].form
    if act == "propose_correction":
        initial = {**forms.initial_of(row_of(item)), **first}
        attached = [(one.pk, one.name) for one in item.attachments.all() if one.released or not one.file]
        return forms.CorrectionForm(data, uploaded, kind=item.kind, attached=attached, initial=initial)
    if act == "override":
        found = courses.open_findings(item, courses.course_of(item))
        choices = [(one.key, f"{one.part}：{one.label} {one.excerpt}") for one in found]
        return forms.OverrideForm(data, initial=first, choices=choices)
    return kind(data, initial=first)


def do(act: str, item: Item, form: forms.ActForm, who: Mapping[str, Any]) -> Any:
    """Do the act with what was filled in."""
    words = {**who, **form.cleaned_data}
    if isinstance(form, forms.ContentForm):
        enclosed = {"uploads": form.cleaned_data["attached"], "dropped": form.cleaned_data.get("dropped", [])}
        words |= {"data": form.data_of_item, **enclosed}
    names = ("version", "key", *ACTS[act].words)
    return ACTS[act].do(pk=item.pk, by=who["by"], **{name: words[name] for name in names})
